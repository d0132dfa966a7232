package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// Settings are what the user and the tree set of the parameters of templates.
type settings struct {
	// given is what holds for every template: --parameter. Those that a file of the user's gives are in named, too.
	given map[string]given
	named map[string]bool
	// sets are those that files of the tree give, by the path of their template.
	sets map[string][]*parameterSet
	// files are those of sets that a template has, covers the templates of each, used the settings of the user's that some
	// template declares.
	files   []*source.File
	covers  map[string][]string
	used    map[string]bool
	refused []string
}

// settle reads what is set.
func settle(in *frontend.Input, units []unit, p *project) settings {
	s := settings{given: map[string]given{}, named: map[string]bool{}, used: map[string]bool{}, covers: map[string][]string{}}
	var templates []*declared
	parameters := map[string]bool{}
	for _, d := range p.docs {
		t := declaredBy(d)
		for name := range t.parameters {
			parameters[name] = true
		}
		templates = append(templates, t)
	}
	s.byUser(in, parameters)
	p.nestAll(s.given)
	called := called(p.docs)
	for i, d := range p.docs {
		templates[i].nested = called[d]
	}
	// Where the user names a file, it is what the template is deployed with.
	templates = slices.DeleteFunc(templates, func(t *declared) bool {
		for name := range t.parameters {
			if s.named[name] {
				return true
			}
		}
		return len(t.parameters) == 0
	})
	if len(templates) == 0 {
		return s
	}
	found := make([][]*parameterSet, len(in.Files))
	in.Each(len(in.Files),
		func(i int) source.Span { return in.Files[i].Whole() },
		func(i int) {
			if units[i].doc == nil && mayHoldParameters(in.Files[i]) {
				found[i] = setsOf(in, in.Files[i])
			}
		})
	s.sets = assign(templates, slices.Concat(found...))
	used := map[*source.File]bool{}
	for _, t := range templates {
		for _, set := range s.sets[t.path] {
			used[set.file] = true
			s.covers[set.file.Path] = append(s.covers[set.file.Path], t.path)
		}
	}
	for _, f := range in.Files {
		if used[f] {
			s.files = append(s.files, f)
		}
	}
	return s
}

// setsOf returns the sets of values that a file of the tree holds.
func setsOf(in *frontend.Input, f *source.File) []*parameterSet {
	docs, errs := parseAny(f, in.Documents)
	// Who can't read a file to its end doesn't deploy with it.
	if len(docs) != 1 || len(errs) > 0 {
		in.Documents.Forget(f)
		return nil
	}
	var sets []*parameterSet
	for _, set := range readParameterSets(f, docs[0].Root) {
		if !set.plain || saysParameters(f.Path) {
			sets = append(sets, set)
		}
	}
	if len(sets) == 0 {
		in.Documents.Forget(f)
	}
	return sets
}

// byUser takes --parameter, of which the later wins.
func (s *settings) byUser(in *frontend.Input, declared map[string]bool) {
	vars := in.Settings.Parameters
	for i := 0; i <= len(in.Settings.ParameterFiles); i++ {
		for ; len(vars) > 0 && vars[0].After <= i; vars = vars[1:] {
			s.given[vars[0].Name] = given{text: vars[0].Text, by: "--parameter"}
			if declared[vars[0].Name] {
				s.used[vars[0].Name] = true
			}
		}
		if i == len(in.Settings.ParameterFiles) {
			return
		}
		f := in.Settings.ParameterFiles[i]
		set, problem := onlySet(in, f)
		if problem != "" {
			s.refused = append(s.refused, fmt.Sprintf("--parameter %s%s: %s", frontend.FileScheme, f.Path, problem))
			continue
		}
		for key, g := range set.keys {
			s.given[key], s.named[key] = g, true
			if declared[key] {
				s.used[frontend.FileScheme+f.Path] = true
			}
		}
	}
}

// onlySet returns the set of values that a file holds which the user names, or says why it can't.
func onlySet(in *frontend.Input, f *source.File) (*parameterSet, string) {
	docs, errs := parseAny(f, in.Documents)
	if len(errs) > 0 {
		at := errs[0].Span.File.Position(errs[0].Span.Start)
		return nil, fmt.Sprintf("it can't be read: line %d: %s", at.Line, errs[0].Msg)
	}
	if len(docs) != 1 {
		return nil, "it is not one document"
	}
	sets := slices.DeleteFunc(readParameterSets(f, docs[0].Root), func(set *parameterSet) bool { return len(set.keys) == 0 })
	// SAM itself takes the environment that is called default where none is named.
	for _, set := range sets {
		if len(sets) > 1 && strings.HasPrefix(set.name, defaultEnvironment+" in ") {
			return set, ""
		}
	}
	switch len(sets) {
	case 0:
		return nil, "it gives no values to parameters in a form that is known"
	case 1:
		return sets[0], ""
	}
	return nil, "it holds several sets of values, none of which is the default"
}
