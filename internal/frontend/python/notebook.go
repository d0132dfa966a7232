package python

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
)

// A program is Python that runs in one namespace: a script, the cells of a notebook, a file that a cell writes.
type program struct {
	// file is the script or notebook on disk.
	file *source.File
	// path is where the program lies, which is where its imports are looked for: that of a file that a cell writes is the
	// written file's.
	path string
	// name is what subjects call it: the path of the file on disk, and which part of it the program is.
	name  string
	texts []*text
	// drafts are the files that the notebook's cells write.
	drafts *drafts
}

// A notebook is what the code cells of a file hold.
type notebook struct {
	file *source.File
	kernel
	// cells are what the kernel runs; aside is what another machine does: the notebook's own, under a kernel that sends its
	// cells to a cluster, or the cluster, under one that doesn't.
	cells, aside []*text
	// others are the cells that another Python runs, each by itself.
	others []*text
	drafts *drafts
	// broken are the cells of which not all is Python, faults what is wrong with the file itself.
	broken []brokenCell
	faults []finding.Finding
}

// A brokenCell is one that Python refuses, and why.
type brokenCell struct {
	text    *text
	message string
}

// nbformat's versions: https://nbformat.readthedocs.io/en/latest/changelog.html. Before the third, which is of 2012, there
// was no SDK that a notebook could use.
const oldestFormat = "3"

// readNotebook reads the code cells of a notebook in document order, each a document inside of it; nil where it has none in
// Python. What stands before a place where the file is no JSON is read. The first thing that can't be read is a finding,
// where the notebook certainly uses SageMaker.
func readNotebook(f *source.File) *notebook {
	root, errs := doctree.ParseJSONPart(f, passedOver)
	nb := &notebook{file: f, drafts: &drafts{first: map[string]*draft{}, latest: map[string]*draft{}}}
	if len(errs) > 0 && isNotebookOfOurs(f.Bytes) {
		at, msg := errs[0].Span.FirstLine(), "the notebook is no valid JSON: "+errs[0].Msg
		if conflict, ok := conflictMarker(f, at); ok {
			at, msg = conflict, "the notebook has a merge conflict that nobody has resolved"
		}
		nb.faults = append(nb.faults, frontend.Unreadable(at, msg))
	}
	if format := root.Get("nbformat"); format != nil && len(format.Text) == 1 && format.Text < oldestFormat {
		return nb
	}
	nb.kernel = kernelOf(root.Get("metadata"))
	number := 0
	for _, c := range cellsOf(root) {
		if kind := c.Get("cell_type"); kind == nil || kind.Text != "code" {
			continue
		}
		number++
		src := c.Get("source")
		if src == nil {
			src = c.Get("input")
		}
		if src == nil {
			continue
		}
		nb.read(embedCell(f, src, "cell "+itoa(number)), number, c)
	}
	return nb
}

// passedOver names what a notebook's outputs stand under: nearly all of a large notebook's bytes.
func passedOver(key string) bool { return key == "outputs" || key == "attachments" }

// cellsOf returns the cells: nbformat 4 has them in one list, nbformat 3 in worksheets.
func cellsOf(root *doctree.Node) []*doctree.Node {
	if cells := root.Get("cells"); cells != nil {
		return cells.Items
	}
	var cells []*doctree.Node
	if sheets := root.Get("worksheets"); sheets != nil {
		for _, sheet := range sheets.Items {
			if c := sheet.Get("cells"); c != nil {
				cells = append(cells, c.Items...)
			}
		}
	}
	return cells
}

// isNotebookOfOurs reports whether a file that is no valid JSON is certainly a notebook that uses SageMaker. A pointer of Git
// LFS and a page that was saved in the notebook's stead are none.
func isNotebookOfOurs(b []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(text, []byte("{")) && !bytes.HasPrefix(text, []byte("<<<<<<< ")) {
		return false
	}
	for _, mark := range [...]string{"import sagemaker", "from sagemaker", `client(\"sagemaker\"`, "client('sagemaker'"} {
		if bytes.Contains(b, []byte(mark)) {
			return true
		}
	}
	return false
}

// conflictMarker returns the marker of Git's that makes a notebook invalid: it stands in its line alone.
func conflictMarker(f *source.File, at source.Span) (source.Span, bool) {
	n := f.Position(at.Start).Line
	// A conflict within a string or behind a comma shows at the marker's first character.
	line, start := f.Line(n)
	for _, marker := range [...]string{"<<<<<<< ", "=======", ">>>>>>> ", "||||||| "} {
		if bytes.HasPrefix(line, []byte(marker)) {
			return f.Span(start, start+len(line)), true
		}
	}
	return source.Span{}, false
}

// A kernel is what runs a notebook's cells.
type kernel struct {
	// foreign tells that it isn't Python, old that it is Python 2.
	foreign, old bool
	// remote tells that it sends the cells to a cluster.
	remote bool
	// databricks tells that a line magic in a cell's first line makes the whole cell another language.
	databricks bool
	// mixed tells that each cell says what runs it.
	mixed bool
}

// kernelOf tells a kernel from a notebook's metadata; one that doesn't say is taken to be Python.
func kernelOf(metadata *doctree.Node) kernel {
	spec, info := metadata.Get("kernelspec"), metadata.Get("language_info")
	name := lowerText(spec.Get("name"))
	language := lowerText(info.Get("name"))
	if language == "" {
		language = lowerText(spec.Get("language"))
	}
	k := kernel{
		databricks: metadata.Get("application/vnd.databricks.v1+notebook") != nil,
		mixed:      language == "sos" || name == "sos",
		old: strings.Contains(name, "python2") || strings.HasSuffix(name, "_p27") ||
			strings.HasPrefix(lowerText(info.Get("version")), "2."),
	}
	// Sparkmagic's kernels and Glue's sessions; %%local is run beside them. https://github.com/jupyter-incubator/sparkmagic
	for _, sends := range [...]string{"sparkkernel", "sparkrkernel", "glue_pyspark", "glue_spark", "glue_python"} {
		k.remote = k.remote || strings.Contains(name, sends)
	}
	k.remote = k.remote || language == "python_glue_session"
	switch {
	case k.mixed:
	case language != "":
		k.foreign = !strings.HasPrefix(language, "python") && !strings.HasPrefix(language, "ipython") && language != "pyspark"
	default:
		k.foreign = name == "ir" || strings.Contains(name, "scala") || strings.Contains(name, "julia") || name == "bash"
	}
	if strings.Contains(name, "glue_spark") || strings.HasPrefix(name, "sparkkernel") || strings.Contains(name, "sparkrkernel") {
		k.foreign = true
	}
	return k
}

func lowerText(n *doctree.Node) string {
	if n == nil || n.Kind != doctree.String {
		return ""
	}
	return strings.ToLower(n.Text)
}

// isForeign reports whether a cell says that it is in another language than Python.
func (k kernel) isForeign(c *doctree.Node) bool {
	metadata := c.Get("metadata")
	if k.mixed {
		return !strings.Contains(lowerText(metadata.Get("kernel")), "python")
	}
	return isOther(c.Get("language")) || // nbformat 3
		isOther(metadata.Get("dotnet_interactive").Get("language")) ||
		isOther(metadata.Get("polyglot_notebook").Get("kernelName"))
}

// isLabelled reports whether an editor takes a cell for another language than Python. The kernel runs it nevertheless, and in
// public notebooks most of these cells are Python.
func isLabelled(c *doctree.Node) bool {
	return isOther(c.Get("metadata").Get("vscode").Get("languageId"))
}

func isOther(n *doctree.Node) bool {
	language := lowerText(n)
	return language != "" && !strings.HasPrefix(language, "python") && language != "pyspark"
}

// read takes in one code cell.
func (nb *notebook) read(f *source.File, number int, cell *doctree.Node) {
	magic, at := cellMagic(f.Bytes)
	body := func() *source.File { return behind(f, at) }
	switch {
	case nb.isForeign(cell) && magic == nil:
	case isLabelled(cell) && magic == nil:
		if t := parseCell(f); len(t.tree.Errors) == 0 && !nb.foreign {
			nb.cells = append(nb.cells, t)
		}
	case magic == nil:
		if !nb.foreign && !(nb.databricks && isDatabricks(f.Bytes)) && !isMarkdown(f.Bytes) {
			nb.cells = nb.add(nb.cells, f, nil)
		}
	case magic.name == "local":
		if nb.remote || nb.foreign {
			nb.aside = nb.add(nb.aside, body(), magic)
		} else {
			nb.cells = nb.add(nb.cells, body(), magic)
		}
	case magic.name == "writefile" || magic.name == "file" || magic.name == "write_and_execute":
		nb.write(f, at, number, magic)
		if magic.name == "write_and_execute" {
			nb.cells = nb.add(nb.cells, body(), magic)
		}
	case processMagics[magic.name] || magic.name == "script" && strings.HasPrefix(magic.args, "python"):
		if !nb.isFull(f) {
			nb.others = nb.add(nb.others, body(), magic)
		}
	case isShellMagic(magic):
		whole := f.Span(at, len(f.Bytes))
		nb.cells = append(nb.cells, &text{file: f, tree: &pyast.Module{}, magic: magic, shell: []source.Span{whole}})
	case nb.foreign:
	case magic.name == "pyspark":
		// SageMaker Unified Studio names the connection that runs the cell behind the magic.
		nb.aside = nb.add(nb.aside, body(), magic)
	case cellMagics[magic.name]:
		nb.cells = nb.add(nb.cells, body(), magic)
	default:
		if _, runs := codeMagics[magic.name]; runs {
			nb.cells = nb.add(nb.cells, f, nil)
		}
	}
}

// cellMagic returns the magic that a cell begins with, and where the cell goes on behind its line; nil where it begins with
// none. IPython wants it in the first line; people put comments and blank lines before it.
func cellMagic(b []byte) (*command, int) {
	for at := 0; at < len(b); {
		end := len(b)
		if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		line := bytes.TrimSpace(b[at:end])
		switch {
		case len(line) == 0 || line[0] == '#':
			at = end
			continue
		case !bytes.HasPrefix(line, []byte("%%")):
			return nil, 0
		}
		name, args, _ := strings.Cut(string(line[2:]), " ")
		if strings.HasSuffix(name, "?") {
			return nil, 0
		}
		return &command{name: name, args: strings.TrimSpace(args)}, end
	}
	return nil, 0
}

// behind returns a cell from an offset on, its lines where they are.
func behind(f *source.File, at int) *source.File {
	e := source.Embed(f, f.Label)
	e.Decoded(strings.Repeat("\n", bytes.Count(f.Bytes[:at], []byte("\n"))), 0, at)
	e.Verbatim(at, len(f.Bytes))
	return e.File()
}

// below returns a cell from an offset on, as a document of its own.
func below(f *source.File, at int, label string) *source.File {
	e := source.Embed(f, label)
	e.Verbatim(at, len(f.Bytes))
	return e.File()
}

// isMarkdown reports whether a cell is Databricks' prose or one of its other languages, which Jupyter has no magics for.
func isMarkdown(b []byte) bool {
	word, _, _ := bytes.Cut(bytes.TrimLeft(b, " \t\r\n"), []byte("\n"))
	first, _, _ := strings.Cut(strings.TrimSpace(string(word)), " ")
	return first == "%md" || first == "%scala" || string(word) == "%sql" || string(word) == "%r"
}

// isDatabricks reports whether a cell of a notebook of Databricks' begins with the magic of another language.
// https://docs.databricks.com/aws/en/notebooks/notebooks-code
func isDatabricks(b []byte) bool {
	first := bytes.Fields(bytes.TrimLeft(b, " \t\r\n"))
	if len(first) == 0 {
		return false
	}
	switch string(first[0]) {
	case "%sql", "%sh", "%fs", "%r", "%scala", "%md", "%md-sandbox":
		return true
	}
	return false
}

// add parses a cell and appends it. One of which nothing is Python is passed over, since prose, other languages and drafts
// are common in notebooks.
func (nb *notebook) add(to []*text, f *source.File, magic *command) []*text {
	t := parseCell(f)
	if magic != nil {
		t.magic = magic
	}
	if len(t.tree.Errors) > 0 {
		nb.broken = append(nb.broken, brokenCell{t, "the cell is no valid Python"})
		if len(t.tree.Body) == 0 {
			return to
		}
	}
	return append(to, t)
}

// findings returns what can't be read, as far as it matters: what the file is no JSON for, or else the first cell that
// certainly uses SageMaker, or that calls what makes a workload in a notebook that certainly does.
func (nb *notebook) findings(files *library) []finding.Finding {
	if len(nb.faults) > 0 || len(nb.broken) == 0 || nb.old {
		return nb.faults
	}
	ours := isNotebookOfOurs(nb.file.Bytes)
	for _, b := range nb.broken {
		if isOurs(b.text.file.Bytes) || ours && files.callsOurs(b.text.file.Bytes) {
			e := b.text.tree.Errors[0]
			at := b.text.file.Span(e.Pos, e.End).FirstLine()
			return []finding.Finding{frontend.Unreadable(at, b.message+": "+e.Msg)}
		}
	}
	return nil
}

// callsOurs reports whether a text that is no Python has what looks like the call of a class or method that makes a workload.
func (l *library) callsOurs(b []byte) bool {
	for start := 0; start < len(b); start++ {
		if !isLetter(b[start]) {
			continue
		}
		end := start
		for end < len(b) && (isLetter(b[end]) || b[end] >= '0' && b[end] <= '9') {
			end++
		}
		if end < len(b) && b[end] == '(' {
			name := b[start:end]
			_, request := operations[string(name)]
			if l.signatures.names[string(name)] || request && start > 0 && b[start-1] == '.' {
				return true
			}
		}
		start = end
	}
	return false
}

// parseCell parses a cell with its magics.
func parseCell(f *source.File) *text {
	plain, commands := dress(f)
	return &text{file: plain, tree: pyast.Parse(plain.Bytes), commands: commands}
}

// maxPrograms bounds the files that one notebook writes, and the cells that it hands to other processes.
const maxPrograms = 1_000

// isFull reports whether a notebook has as many programs as are followed, and says so where the next one stands.
func (nb *notebook) isFull(at *source.File) bool {
	full := len(nb.drafts.all)+len(nb.others) >= maxPrograms
	if full && len(nb.faults) == 0 {
		nb.faults = append(nb.faults, frontend.Unreadable(at.Whole(), "the notebook holds more scripts than are followed; this one and those after it are not seen"))
	}
	return full
}

// programs returns what there is to interpret of a notebook: the programs that can make a workload.
func (nb *notebook) programs(files *library) []program {
	p := nb.file.Path
	var out []program
	// What a draft names may be made by whoever imports it.
	written := nb.drafts.texts()
	drafts := files.isFertile(p, written)
	for _, texts := range [...][]*text{nb.cells, nb.aside} {
		if len(texts) > 0 && (drafts || files.isFertile(p, append(written[:len(written):len(written)], texts...))) {
			out = append(out, program{file: nb.file, path: p, name: p, texts: texts, drafts: nb.drafts})
		}
	}
	for _, t := range nb.others {
		t.within = "!" + strings.ReplaceAll(t.file.Label, " ", "")
		if texts := []*text{t}; drafts || files.isFertile(p, texts) {
			out = append(out, program{file: nb.file, path: p, name: p + t.within, texts: texts, drafts: nb.drafts})
		}
	}
	for _, d := range nb.drafts.all {
		if d.shell && !d.superseded && d.content != nil && !d.isIn(files) {
			t := &text{file: d.content, tree: &pyast.Module{}, shell: []source.Span{d.content.Span(0, len(d.content.Bytes))}}
			out = append(out, program{file: nb.file, path: cmp.Or(d.path, p), name: p + d.within(), texts: []*text{t}, drafts: nb.drafts})
		}
		if len(d.texts) == 0 || d.superseded {
			continue
		}
		if d.inTree = d.isIn(files); drafts && !d.inTree {
			out = append(out, program{file: nb.file, path: d.path, name: p + d.within(), texts: d.texts, drafts: nb.drafts})
		}
	}
	return out
}
