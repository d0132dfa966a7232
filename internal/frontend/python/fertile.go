package python

import (
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
)

// A vocabulary is what one file names, as far as it tells whether the file can make a workload.
type vocabulary struct {
	// fertile tells that it names a class or a method that makes one.
	fertile bool
	imports []string // files of the tree
}

// isFertile reports whether a script can make a workload at all. Every class and method that makes one is found by its own
// name, in the script or in a file of the tree that it imports; most files that mention SageMaker are training scripts,
// which name none, and needn't be interpreted.
func (l *library) isFertile(p string, texts []*text) bool {
	var own vocabulary
	for _, t := range texts {
		v := l.vocabularyOf(t, path.Dir(p))
		own.fertile = own.fertile || v.fertile
		own.imports = append(own.imports, v.imports...)
	}
	seen := map[string]bool{p: true}
	for todo := own; ; {
		if own.fertile || todo.fertile || len(seen) > maxModules {
			return true
		}
		if len(own.imports) == 0 {
			return false
		}
		file := own.imports[0]
		own.imports = own.imports[1:]
		if seen[file] {
			todo = vocabulary{}
			continue
		}
		seen[file] = true
		todo = l.vocabularyIn(file)
		own.imports = append(own.imports, todo.imports...)
	}
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
		w := l.vocabularyOf(t, path.Dir(file))
		v.fertile = v.fertile || w.fertile
		v.imports = append(v.imports, w.imports...)
	}
	l.mu.Lock()
	l.words[file] = v
	l.mu.Unlock()
	return v
}

func (l *library) vocabularyOf(t *text, dir string) vocabulary {
	if dir == "." {
		dir = ""
	}
	var v vocabulary
	session, call := false, false
	word := func(name string) {
		_, request := operations[name]
		// Sessions have methods that are called train and process: so have most training scripts.
		session, call = session || name == "Session", call || sessionMethods[name] != nil
		// getattr may be asked for any name, and a name of the SDK may be bound to another.
		v.fertile = v.fertile || request || name == "getattr" || l.signatures.names[name] || session && call ||
			decoratorModules[name]
	}
	found := func(name string, level int) {
		if file := l.find(dir, name, level); file != "" {
			v.imports = append(v.imports, file)
		}
	}
	for _, c := range t.commands {
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
		case *pyast.Import:
			imports = append(imports, n)
			for _, a := range n.Names {
				word(last(a.Name))
			}
		case *pyast.ImportFrom:
			imports = append(imports, n)
			for _, a := range n.Names {
				word(a.Name)
			}
		}
		return !v.fertile
	})
	if v.fertile {
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
			word(last(n.Module))
			for _, a := range n.Names {
				found(strings.TrimPrefix(n.Module+"."+a.Name, "."), n.Level)
			}
		}
	}
	return v
}
