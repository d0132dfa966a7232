package terraform

import (
	"bytes"
	"cmp"
	"embed"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/source"
)

// What public modules make is known also where they are not in the tree. A summary is a small module in HCL that says what
// such a module makes of its arguments, as far as a network is concerned, under the same addresses, and what its outputs
// mean; it is evaluated in the module's place. Each module has a directory, by its address in the registry. A file there
// whose name is a version is for the versions that its first line says, any other for all.

//go:embed summaries
var summaryFiles embed.FS

// maxSummaryBytes bounds the text of the summaries that are parsed, one for each call: each holds a tree of its own, so that
// its places are those of its call, which takes some fifty times as much memory. It is enough for 300 calls of the longest.
const maxSummaryBytes = 16 << 20

// A summary says what some versions of a module make.
type summary struct {
	// label is how people call it: "terraform-aws-modules/vpc/aws 5.x".
	label       string
	from, below version
	// files are the paths of its files.
	files []string
}

// summariesOf returns the summaries of a module, the newest first.
func summariesOf(name string) []summary {
	dir := path.Join("summaries", name)
	entries, err := summaryFiles.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []summary
	var shared []string
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		file := path.Join(dir, e.Name())
		text, err := summaryFiles.ReadFile(file)
		if err != nil {
			continue
		}
		if s, ok := headed(name, string(bytes.SplitN(text, []byte("\n"), 2)[0])); ok {
			s.files = []string{file}
			out = append(out, s)
			continue
		}
		shared = append(shared, file)
	}
	for i := range out {
		out[i].files = append(out[i].files, shared...)
	}
	slices.SortFunc(out, func(a, b summary) int { return b.from.compare(a.from) })
	return out
}

// headed reads the first line of a version's file: "# Holds for versions from 5.0 below 6.0 of terraform-aws-modules/vpc/aws."
func headed(name, line string) (summary, bool) {
	words := strings.Fields(strings.TrimPrefix(line, "#"))
	if len(words) < 7 || words[0] != "Holds" || words[3] != "from" || words[5] != "below" {
		return summary{}, false
	}
	from, _, ok1 := parseVersion(words[4])
	below, _, ok2 := parseVersion(words[6])
	label := name
	if parts := strings.SplitN(name, "/", 4); len(parts) == 4 {
		label = strings.Join(parts[:3], "/") + "//" + parts[3]
	}
	label += " " + strconv.Itoa(from[0]) + ".x"
	if last := below[0] - 1; below[0] > from[0]+1 {
		label += " to " + strconv.Itoa(last) + ".x"
	}
	return summary{label: label, from: from, below: below}, ok1 && ok2
}

// summarize finds what a call of a missing module makes, or why that isn't known.
func (l *loader) summarize(c *call) {
	if c.local || c.source == "" {
		return
	}
	p, ok := registryModuleAt(c.source)
	if !ok {
		return
	}
	known := summariesOf(p.name)
	if len(known) == 0 {
		return
	}
	admitted, ok := p.constraints(c.version)
	if !ok || c.versioned && c.version == "" {
		c.missing = "which version of it is called is not known"
		return
	}
	for _, s := range known {
		if !admitSome(admitted, s.from, s.below) {
			continue
		}
		if l.summarized >= maxSummaryBytes {
			c.missing = "so many public modules are called that this one is not followed"
			return
		}
		c.summary = l.instead(c, s)
		return
	}
	c.missing = "what " + cmp.Or(c.version, p.ref) + " makes is not known"
}

// instead parses a summary in the place of the module that a call names. All of it stands where the call does: nobody can
// open the files of a summary.
func (l *loader) instead(c *call, s summary) *module {
	m := newModule(s.label)
	m.stands = s.label
	at := header(c.block)
	host := l.parsed[at.Filename]
	if host == nil {
		return m
	}
	call := host.file.Span(at.Start.Byte, at.End.Byte)
	l.labels[call] = s.label
	for _, name := range s.files {
		text, err := summaryFiles.ReadFile(name)
		if err != nil {
			continue
		}
		l.summarized += len(text)
		file := source.NewFile(at.Filename+"\x00"+strconv.Itoa(at.Start.Byte)+"\x00"+name, text)
		l.summaries[file] = call
		parsed, diags := hclsyntax.ParseConfig(text, file.Path, hcl.InitialPos)
		body, ok := parsed.Body.(*hclsyntax.Body)
		if !ok || diags.HasErrors() {
			panic("the summary " + name + " can't be read: " + diags.Error())
		}
		for _, b := range body.Blocks {
			m.add(b, false)
		}
	}
	return m
}
