package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
)

// inventoryFlags are the flags of inventory.
type inventoryFlags struct {
	treeFlags
	setFlags
	format string
}

func (a *app) inventory() *cobra.Command {
	f := &inventoryFlags{}
	c := &cobra.Command{
		Use:   "inventory [PATH...]",
		Short: "List every workload, where it is placed, and what each rule says of it",
		RunE:  func(cmd *cobra.Command, args []string) error { return a.runInventory(cmd, f, args) },
	}
	f.register(c)
	fl := c.Flags()
	fl.StringVar(&f.format, "format", "text", "output `FORMAT`: text, json or markdown")
	f.registerSet(c)
	return c
}

func (a *app) runInventory(cmd *cobra.Command, f *inventoryFlags, paths []string) error {
	if err := unset(cmd, "select", "ignore", "exclude", "var-file", "config"); err != nil {
		return err
	}
	write, ok := map[string]func(io.Writer, *lint.Inventory) error{
		"text": inventoryText, "json": inventoryJSON, "markdown": inventoryMarkdown,
	}[f.format]
	if !ok {
		return fmt.Errorf("unknown format %q: use text, json or markdown", f.format)
	}
	c, file, err := f.config(paths)
	if err != nil {
		return err
	}
	if c.Rules, err = f.running(cmd, file); err != nil {
		return err
	}
	c.Strict = f.profile == "strict"
	r, err := a.watched(cmd.Context(), c, false)
	if err != nil {
		return err
	}
	severity := map[string]finding.Severity{}
	configuredSeverities(file.Rules, severity)
	inv := r.Inventory()
	for i := range inv.Rules {
		if s, ok := severity[inv.Rules[i].ID]; ok {
			inv.Rules[i].Severity = s.String()
		}
	}
	var b bytes.Buffer
	if err := write(&b, inv); err != nil {
		return fmt.Errorf("writing %s: %w", f.format, err)
	}
	if _, err := a.stdout.Write(b.Bytes()); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

func inventoryJSON(w io.Writer, inv *lint.Inventory) error {
	return report.WriteJSON(w, inv)
}

// inventoryText writes a table of all workloads, and a paragraph about each.
func inventoryText(w io.Writer, inv *lint.Inventory) error {
	rows := [][]string{{"VERDICT", "WORKLOAD", "KIND", "VPC", "DECLARED"}}
	for i := range inv.Workloads {
		it := &inv.Workloads[i]
		rows = append(rows, []string{it.Verdict, report.Escape(it.Subject), it.Kind, report.Escape(whereabouts(it)), report.Escape(standsAt(it))})
	}
	if len(inv.Workloads) > 0 {
		table(w, "", rows)
	}
	for i := range inv.Workloads {
		it := &inv.Workloads[i]
		fmt.Fprintf(w, "\n%s: %s at %s%s\n", report.EscapeStart(it.Subject), it.Kind, report.Escape(standsAt(it)), report.Escape(when(it.When)))
		var rows [][]string
		for _, p := range it.Placements {
			rows = append(rows, placeRows(p)...)
		}
		table(w, "  ", append(rows, verdictRows(it)...))
	}
	if len(inv.Workloads) > 0 {
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintln(w, tally(inv.Summary))
	return err
}

func tally(t lint.Tally) string {
	noun := "workloads"
	if t.Workloads == 1 {
		noun = "workload"
	}
	return fmt.Sprintf("%d %s: %d fail, %d undecided, %d pass, %d not applicable", t.Workloads, noun, t.Fail, t.Undecided, t.Pass, t.NotApplicable)
}

func standsAt(it *lint.Item) string { return fmt.Sprintf("%s:%d", it.Path, it.Line) }

func when(world string) string {
	if world == "" {
		return ""
	}
	return ", when " + world
}

// whereabouts sums up where a workload is placed.
func whereabouts(it *lint.Item) string {
	var names []string
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, p := range it.Placements {
		switch {
		case p.State == lint.StateNone:
			add("none")
		case len(p.VPCs) == 0:
			add("unknown")
		default:
			for _, v := range p.VPCs {
				add(v)
			}
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// placeRows describes one place of a workload.
func placeRows(p lint.Placed) [][]string {
	var rows [][]string
	if p.Part != "" {
		rows = append(rows, []string{"part", report.Escape(p.Part)})
	}
	state := map[string]string{lint.StateNone: "no VPC", lint.StateUnknown: "not known"}[p.State]
	if state == "" {
		state = cmp.Or(strings.Join(p.VPCs, ", "), "a VPC that is not known")
	}
	if p.Note != "" {
		state += ": " + p.Note
	}
	rows = append(rows, []string{"placed in", report.Escape(state)})
	for _, list := range referenceLists(p) {
		title := list.title
		for _, ref := range list.of {
			rows = append(rows, []string{title, report.Escape(reference(ref))})
			title = ""
		}
	}
	return rows
}

// A referenceList is what a place names of one kind.
type referenceList struct {
	title string
	of    []lint.Reference
}

func referenceLists(p lint.Placed) []referenceList {
	return []referenceList{{"subnets", p.Subnets}, {"security groups", p.SecurityGroups}}
}

// reference says what a subnet or group is called and how it is known.
func reference(ref lint.Reference) string {
	text := ref.Name
	switch ref.Known {
	case lint.KnownDescribed:
		text += " (described under network:)"
	case lint.KnownFound:
		text += " (found during deployment)"
	case lint.KnownID:
		text += " (not in the tree)"
	case lint.KnownUnknown:
		text = "perhaps " + ref.Name + ": " + ref.Reason
		if ref.Name == "" {
			text = "not known: " + ref.Reason
		}
	}
	return text + when(ref.When)
}

// verdictRows are what the rules say: what fails and what is undecided with its reason, which several rules may share, the
// rest in a line each.
func verdictRows(it *lint.Item) [][]string {
	var rows [][]string
	for _, verdict := range []string{lint.VerdictFail, lint.VerdictUndecided} {
		var whys []string
		slugs := map[string][]string{}
		for _, v := range it.Verdicts {
			if v.Verdict != verdict {
				continue
			}
			why := strings.Join(v.Reasons, "; ") + unreported(v)
			if slugs[why] == nil {
				whys = append(whys, why)
			}
			slugs[why] = append(slugs[why], v.Rule)
		}
		for _, why := range whys {
			rows = append(rows, []string{verdict, strings.Join(slugs[why], ", ") + ": " + report.Escape(why)})
		}
	}
	for _, verdict := range []string{lint.VerdictPass, lint.VerdictNotApplicable} {
		if slugs := of(it, verdict); len(slugs) > 0 {
			rows = append(rows, []string{verdict, strings.Join(slugs, ", ")})
		}
	}
	return rows
}

// unreported says why a verdict isn't reported, where it isn't.
func unreported(v lint.ItemVerdict) string {
	if len(v.Ignored) == 0 {
		return ""
	}
	return " (ignored: " + strings.Join(v.Ignored, "; ") + ")"
}

// of returns the rules that say one thing of a workload.
func of(it *lint.Item, verdict string) []string {
	var slugs []string
	for _, v := range it.Verdicts {
		if v.Verdict == verdict {
			slugs = append(slugs, v.Rule)
		}
	}
	return slugs
}

// table writes rows in columns as wide as their widest cell, but for the last.
func table(w io.Writer, indent string, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		line := indent
		for i, cell := range row {
			line += cell
			if i < len(row)-1 {
				line += strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
}

// inventoryMarkdown writes a table of all workloads, and a section about each.
func inventoryMarkdown(w io.Writer, inv *lint.Inventory) error {
	fmt.Fprintf(w, "# SageMaker workloads\n\n%s.\n", tally(inv.Summary))
	if len(inv.Workloads) > 0 {
		fmt.Fprint(w, "\n| workload | kind | declared at | VPC | verdict | fails |\n|---|---|---|---|---|---|\n")
	}
	for i := range inv.Workloads {
		it := &inv.Workloads[i]
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s |\n", code(it.Subject), it.Kind, code(standsAt(it)), markdown(whereabouts(it)), it.Verdict, codes(of(it, lint.VerdictFail)))
	}
	for i := range inv.Workloads {
		it := &inv.Workloads[i]
		fmt.Fprintf(w, "\n## %s\n\n- %s, declared at %s%s\n", code(it.Subject), it.Kind, code(standsAt(it)), markdown(when(it.When)))
		for _, p := range it.Placements {
			markdownPlace(w, p)
		}
		if len(it.Verdicts) > 0 {
			fmt.Fprint(w, "\n| rule | verdict | why |\n|---|---|---|\n")
		}
		for _, v := range it.Verdicts {
			why := make([]string, len(v.Reasons))
			for i, reason := range v.Reasons {
				why[i] = markdown(reason)
			}
			fmt.Fprintf(w, "| %s | %s | %s |\n", code(v.Rule), v.Verdict, strings.Join(why, "<br>")+markdown(unreported(v)))
		}
	}
	return nil
}

func markdownPlace(w io.Writer, p lint.Placed) {
	part := ""
	if p.Part != "" {
		part = markdown(p.Part) + ", "
	}
	state := map[string]string{lint.StateNone: "no VPC", lint.StateUnknown: "not known"}[p.State]
	if state == "" {
		state = cmp.Or(codes(p.VPCs), "a VPC that is not known")
	}
	if p.Note != "" {
		state += ": " + markdown(p.Note)
	}
	fmt.Fprintf(w, "- %splaced in %s\n", part, state)
	for _, list := range referenceLists(p) {
		if len(list.of) == 0 {
			continue
		}
		var names []string
		for _, ref := range list.of {
			text := markdown(reference(ref))
			if ref.Name != "" && ref.Known != lint.KnownUnknown {
				text = code(ref.Name) + markdown(strings.TrimPrefix(reference(ref), ref.Name))
			}
			names = append(names, text)
		}
		fmt.Fprintf(w, "- %s%s: %s\n", part, list.title, strings.Join(names, ", "))
	}
}

// code returns text as a code span, in which a table's cell may stand.
func code(text string) string {
	text = strings.ReplaceAll(report.Escape(text), "|", "\\|")
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}

func codes(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = code(t)
	}
	return strings.Join(out, ", ")
}

// markdown returns text in which nothing means anything to Markdown. Underscores within words don't.
func markdown(text string) string {
	var b strings.Builder
	runes := []rune(report.Escape(text))
	word := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
	}
	for i, r := range runes {
		if strings.ContainsRune("\\`*{}[]<>#|~&", r) || r == '_' && !(word(i-1) && word(i+1)) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
