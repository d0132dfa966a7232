package python

import (
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
)

// A vocabulary is what one file names, as far as it tells whether the file can make a workload.
type vocabulary struct {
	// request tells that it names a method of a client whose request makes a workload.
	request bool
	// common tells that it names such a method whose name others have too, client that it names the service of one.
	common, client bool
	// class tells that it names a class, or a function, of the SDK that makes one.
	class bool
	// sdk tells that it imports the SDK: without that a class of that name is somebody else's.
	sdk     bool
	imports []string // files of the tree
}

// fertile reports whether files with this vocabulary can make a workload.
func (v vocabulary) fertile() bool {
	return v.request || v.class && v.sdk || v.common && (v.client || v.sdk)
}

func (v vocabulary) with(o vocabulary) vocabulary {
	return vocabulary{
		request: v.request || o.request, common: v.common || o.common, client: v.client || o.client,
		class: v.class || o.class, sdk: v.sdk || o.sdk, imports: append(v.imports, o.imports...),
	}
}

// maxClosure is how many files are looked through for what a script and its imports name; with more it is interpreted.
const maxClosure = 1_000

// isFertile reports whether a script can make a workload at all. Every class and method that makes one is found by its own
// name, in the script or in a file of the tree that it imports; most files that mention SageMaker are training scripts,
// which name none, and needn't be interpreted.
func (l *library) isFertile(p string, texts []*text) bool {
	var all vocabulary
	for _, t := range texts {
		all = all.with(l.vocabularyOf(t, path.Dir(p)))
	}
	seen := map[string]bool{p: true}
	for !all.fertile() && len(seen) <= maxClosure {
		if len(all.imports) == 0 {
			return false
		}
		file := all.imports[0]
		all.imports = all.imports[1:]
		if !seen[file] {
			seen[file] = true
			all = all.with(l.vocabularyIn(file))
		}
	}
	return true
}

// vocabularyIn returns the vocabulary of a file of the tree.
func (l *library) vocabularyIn(file string) vocabulary {
	texts := l.sources(file)
	l.mu.Lock()
	v, known := l.words[file]
	l.mu.Unlock()
	if known {
		return v
	}
	for _, t := range texts {
		v = v.with(l.vocabularyOf(t, path.Dir(file)))
	}
	l.mu.Lock()
	l.words[file] = v
	l.mu.Unlock()
	return v
}

// wrappers are the packages of others whose names make SageMaker's workloads.
var wrappers = map[string]bool{"airflow": true, "aws_cdk": true, "stepfunctions": true}

func (l *library) vocabularyOf(t *text, dir string) vocabulary {
	if dir == "." {
		dir = ""
	}
	var v vocabulary
	session, call, dynamic := false, false, false
	word := func(name string) {
		op, request := operations[name]
		v.request = v.request || definitions[name].member != "" || name == "put_parameter" || accessCalls[name] != nil
		// Sessions have methods that are called train and process: so have most training scripts.
		session, call = session || name == "Session", call || sessionMethods[name] != nil
		v.request, v.common = v.request || request && !op.common, v.common || op.common
		dynamic = dynamic || name == "getattr"
		v.class = v.class || l.signatures.names[name] || session && call || decoratorModules[name] ||
			airflowOperators[name].known() || name == last(hookClass) || cdkClass(name) || cdkStructures[name] ||
			resourceParameters[name] != ""
	}
	root := func(module string) {
		first, _, _ := strings.Cut(module, ".")
		v.sdk = v.sdk || slices.Contains(externalPackages, first) && !strings.HasPrefix(first, "boto") || wrappers[first]
	}
	found := func(name string, level int) {
		if file := l.find(dir, name, level); file != "" {
			v.imports = append(v.imports, file)
		}
	}
	for _, s := range t.shell {
		v.request = v.request || mayRequest(s.File.Bytes[s.Start:s.End])
	}
	for _, c := range t.commands {
		v.request = v.request || !c.written.IsZero() && strings.Contains(c.args, "create-")
		v.request = v.request || strings.HasSuffix(c.name, "env") && strings.Contains(c.args, "AWS_")
		if file := runFile(dir, c, l.exists); file != "" {
			v.imports = append(v.imports, file)
		}
	}
	slices.Sort(v.imports)
	var imports []pyast.Stmt
	pyast.Inspect(t.tree, func(n pyast.Node) bool {
		switch n := n.(type) {
		case *pyast.Name:
			word(n.ID)
		case *pyast.Attribute:
			word(n.Attr)
			v.client = v.client || n.Attr == "sagemaker_client"
		case *pyast.Import:
			imports = append(imports, n)
			for _, a := range n.Names {
				root(a.Name)
				word(last(a.Name))
			}
		case *pyast.Keyword:
			// A client that nothing is known of is told by the members that it is given.
			v.client = v.client || l.typical[n.Arg]
			v.request = v.request || frontend.SessionMembers[n.Arg] != ""
		case *pyast.Constant:
			if n.Kind == pyast.ConstStr {
				v.client = v.client || l.typical[n.Str]
				v.request = v.request || isCommand(n.Str) || frontend.SessionMembers[n.Str] != ""
				v.client = v.client || n.Str == "sagemaker"             // boto3.client("sagemaker")
				v.sdk = v.sdk || strings.HasPrefix(n.Str, "sagemaker.") // import_module("sagemaker.estimator")
			}
		case *pyast.ImportFrom:
			root(n.Module)
			word(last(n.Module))
			imports = append(imports, n)
			for _, a := range n.Names {
				word(a.Name)
			}
		}
		return !v.fertile()
	})
	// getattr may be asked for any name, of the SDK or of a client.
	v.request = v.request || dynamic && (v.client || v.sdk)
	if v.fertile() {
		return v
	}
	for _, n := range imports {
		switch n := n.(type) {
		case *pyast.Import:
			for _, a := range n.Names {
				// import a.b runs a, and then a.b.
				for i := range len(a.Name) + 1 {
					if i == len(a.Name) || a.Name[i] == '.' {
						found(a.Name[:i], 0)
					}
				}
			}
		case *pyast.ImportFrom:
			found(n.Module, n.Level)
			for _, a := range n.Names {
				found(strings.TrimPrefix(n.Module+"."+a.Name, "."), n.Level)
			}
		}
	}
	return v
}
