package python

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
)

// doubles are the parts of a test in which SageMaker is replaced by a double: what they make exists nowhere. A test that
// replaces something else, such as the command line, may well start a real job.
type doubles struct {
	// all tells that everything in the file runs against doubles: a fixture or a set-up method sees to it.
	all bool
	// in are the functions that replace SageMaker by themselves.
	in map[*pyast.FunctionDef]bool
	// fixtures are the fixtures that hand out doubles, which tests ask for by the name of a parameter.
	fixtures map[string]bool
	// replacing are the fixtures that replace SageMaker for as long as the test runs.
	replacing map[string]bool
	// defined are all fixtures by that name. The nearest of a name is the one that is meant.
	defined map[string]fixture
}

// isTest reports whether a file is a test by where it lies, or how it is called.
func isTest(p string) bool {
	base := path.Base(p)
	if strings.HasPrefix(base, "test_") || strings.HasSuffix(base, "_test.py") || base == "conftest.py" {
		return true
	}
	return inTestDirectory(p)
}

// findDoubles looks through a test, and the conftest.py files that pytest reads along with it.
func (in *interp) findDoubles(texts []*text) {
	if !isTest(in.path) {
		return
	}
	d := &doubles{in: map[*pyast.FunctionDef]bool{}, fixtures: map[string]bool{}, replacing: map[string]bool{}, defined: map[string]fixture{}}
	for _, t := range texts {
		in.doublesOf(d, t, t.tree.Body, false)
	}
	for dir := path.Dir(in.path); ; dir = path.Dir(dir) {
		file := path.Join(dir, "conftest.py")
		if file != in.path && in.files.exists(file) {
			if t := in.files.parsed(file); t != nil {
				// Of the functions there only fixtures count: the others are run by nothing that this file tells of.
				in.doublesOf(d, t, t.tree.Body, true)
			}
		}
		if dir == "." {
			break
		}
	}
	in.doubles = d
}

func (in *interp) doublesOf(d *doubles, t *text, body []pyast.Stmt, shared bool) {
	for _, n := range body {
		var f *pyast.FunctionDef
		switch n := n.(type) {
		case *pyast.ClassDef:
			for _, e := range n.Decorators {
				d.all = d.all || !shared && in.replaces(t, e)
			}
			in.doublesOf(d, t, n.Body, shared)
			continue
		case *pyast.FunctionDef:
			f = n
		case *pyast.AsyncFunctionDef:
			f = (*pyast.FunctionDef)(n)
		default:
			d.all = d.all || !shared && in.replaces(t, n)
			continue
		}
		replaces := in.replaces(t, f)
		switch {
		case isFixture(t, f):
			name := d.define(t, f)
			body := t.span(f).Text()
			d.all = d.all || replaces && strings.Contains(body, "autouse")
			d.replacing[name] = d.replacing[name] || replaces && yields(f)
			d.fixtures[name] = d.fixtures[name] || replaces || strings.Contains(body, "Mock(") ||
				strings.Contains(body, "create_autospec(") || strings.Contains(body, "Stubber(")
		case setUps[f.Name]:
			d.all = d.all || replaces && !shared
		}
		d.in[f] = replaces
	}
}

// setUps are the functions that run before each test of a file or class.
var setUps = map[string]bool{
	"setUp": true, "setUpClass": true, "setUpModule": true, "asyncSetUp": true, "setup": true,
	"setup_method": true, "setup_class": true, "setup_module": true, "setup_function": true,
}

// yields reports whether a fixture hands out its result by a yield, so that what surrounds it lasts until the test is over.
func yields(f *pyast.FunctionDef) bool {
	found := false
	pyast.Inspect(f, func(n pyast.Node) bool {
		_, is := n.(*pyast.Yield)
		found = found || is
		return !found
	})
	return found
}

func isFixture(t *text, f *pyast.FunctionDef) bool {
	for _, e := range f.Decorators {
		if strings.Contains(t.written(e), "fixture") {
			return true
		}
	}
	return false
}

// replaces reports whether a piece of a test puts a double in SageMaker's place: with unittest.mock or what is built on it,
// with botocore's Stubber, or with moto.
func (in *interp) replaces(t *text, n pyast.Node) bool {
	found := false
	pyast.Inspect(n, func(n pyast.Node) bool {
		switch n := n.(type) {
		case *pyast.Name:
			found = found || motoDoubles[n.ID]
		case *pyast.Assign:
			for _, e := range n.Targets {
				if s, ok := e.(*pyast.Subscript); ok && t.written(s.Value) == "sys.modules" {
					found = found || in.concerns(t.written(s.Slice))
				}
			}
		case *pyast.Call:
			name := t.written(n.Func)
			short := last(name)
			isPatch := short == "patch" || strings.Contains(name, "patch.") || short == "setattr" && strings.Contains(name, "monkeypatch")
			switch {
			case short == "Stubber":
				found = true
			case (name == "sys.modules.setdefault" || name == "sys.modules.update") && len(n.Args) > 0:
				found = found || in.concerns(t.written(n.Args[0]))
			case isPatch && len(n.Args) > 0:
				found = found || in.concerns(strings.Join(targets(t, n.Args), "."))
			}
		}
		return !found
	})
	return found
}

// motoDoubles answer for AWS in the process itself (https://docs.getmoto.org).
var motoDoubles = map[string]bool{"mock_aws": true, "mock_sagemaker": true, "mock_all": true}

// targets returns what a patch names: its first argument, a dotted name or an object, and the attribute that follows.
func targets(t *text, args []pyast.Expr) []string {
	var out []string
	for _, e := range args[:min(2, len(args))] {
		if c, ok := e.(*pyast.Constant); ok {
			if c.Kind == pyast.ConstStr {
				out = append(out, c.Str)
			}
			continue
		}
		out = append(out, t.written(e))
	}
	return out
}

// concerns reports whether what a patch replaces is SageMaker's, or the way there.
func (in *interp) concerns(target string) bool {
	lower := strings.ToLower(target)
	if strings.Contains(lower, "sagemaker") || strings.Contains(lower, "boto") {
		return true
	}
	for _, part := range strings.Split(target, ".") {
		switch strings.Trim(strings.ToLower(part), "_") {
		case "session", "client", "sm", "sm_client", "get_client", "get_session":
			return true
		}
		if in.files.signatures.names[part] {
			return true
		}
	}
	return false
}

// isDouble reports whether a function runs against doubles: it, or a fixture that it asks for, puts them there.
func (d *doubles) isDouble(f *pyast.FunctionDef) bool {
	if d == nil {
		return false
	}
	if d.all || d.in[f] {
		return true
	}
	for _, p := range f.Args.Args {
		if d.replacing[p.Arg] || d.fixtures[p.Arg] && (strings.Contains(p.Arg, "sagemaker") || strings.Contains(p.Arg, "boto")) {
			return true
		}
	}
	return false
}

// handsOut reports whether a parameter of a test is a double: a fixture's, or what a patch hands to the function.
func (d *doubles) handsOut(param string) bool {
	if d == nil {
		return false
	}
	return d.fixtures[param] || param == "mocker" || param == "monkeypatch" || strings.HasPrefix(param, "mock_") ||
		strings.HasSuffix(param, "_mock")
}
