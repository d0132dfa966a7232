package python

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A site is a call that makes a workload, however often scripts come by.
type site struct {
	operation string
	spelling  map[string]string
	span      source.Span
	name      string // the subject without its path
	// within is what follows the path in the subject, of a program within the file.
	within string
	runs   []run
	// serves tells that what is made serves the model of an object: it goes by that object, and beside its model.
	serves bool
	// crowded tells that there are more runs than are told apart.
	crowded bool
}

// A spot is a call with what it makes: one of several callees may make something else.
type spot struct {
	call      *pyast.Call
	operation string
}

// A run is what one pass by a site makes.
type run struct {
	chain  []callSite
	props  value.Value
	exists value.Truth
	// of is the object that a constructor made; nil for a request.
	of *place
	// path are the conditions around the call.
	path value.World
	// by is the program that was interpreted.
	by string
	// shadow is what becomes resource.Raw's.
	shadow *value.Truth
}

// maxRuns bounds the calls that one constructor is told apart by.
const maxRuns = 32

// add keeps a run, if there is room for one or none that makes the same.
func (s *site) add(r run) {
	if len(s.runs) < maxRuns {
		s.runs = append(s.runs, r)
		return
	}
	s.crowded = s.crowded || !slices.ContainsFunc(s.runs, func(o run) bool { return equal(o.props, r.props) })
}

// path is the file that a site stands in.
func (s *site) path() string { return s.span.Host().File.Path }

// resource returns what a site makes.
func (s *site) resource(name string) resource.Raw {
	props, exists := s.merged()
	unit, dialect := s.path(), resource.API
	if strings.HasPrefix(s.operation, "AWS::") {
		dialect = resource.CloudFormation
	}
	return resource.Raw{
		Dialect: dialect, Type: s.operation,
		Addr:     value.Address{Unit: unit, Name: s.within + name},
		Subject:  unit + s.within + ":" + name,
		Exists:   exists,
		Props:    props,
		Span:     s.span,
		Spelling: s.spelling,
		Shadow:   s.shadow(),
	}
}

// shadow says of jobs of Clarify's in which worlds any of them asks a model: all of them have one network.
func (s *site) shadow() *value.Truth {
	var out *value.Truth
	for _, r := range s.runs {
		switch {
		case r.shadow == nil:
		case out == nil:
			out = r.shadow
		default:
			t := out.Or(*r.shadow)
			out = &t
		}
	}
	return out
}

// linesOf says where a call is; its file only where that is another.
func (s *site) linesOf(c callSite) string {
	line := "line " + itoa(c.at.line(c.call))
	if p := c.at.file.Host().Path; p != s.path() {
		line += " of " + p
	}
	return line
}

// merged returns what a site makes over all of its runs: where they differ, each call is a world of its own.
func (s *site) merged() (value.Value, value.Truth) {
	groups := s.groups()
	first := s.runs[0]
	exists, alike := value.No(), true
	for _, r := range s.runs {
		exists = exists.Or(r.exists)
		alike = alike && sameToPeople(first.exists, r.exists)
	}
	switch {
	case alike:
		exists = first.exists
	case exists.Size() > maxExists:
		// The conditions of many calls tell nobody anything, and none of them weakens a verdict.
		exists = value.Yes()
	}
	if len(groups) == 1 && !s.crowded {
		return first.props, exists
	}
	ids, texts, made := make([]string, len(groups)), s.texts(groups), make([]value.Value, len(groups))
	for i, g := range groups {
		ids[i], made[i] = itoa(i)+" "+g[0].id(), g[0].props
	}
	if s.crowded {
		const reason = "it is called in more ways than are told apart"
		ids, texts = append(ids, "another"), append(texts, reason)
		made = append(made, value.OfOpenObject(nil, reason).WithOrigin(first.props.Origin()))
	}
	arms := make([]value.Arm, len(ids))
	for i, id := range ids {
		arms[i] = value.Arm{Value: made[i], When: value.World{{
			Var: s.path() + ":" + itoa(s.span.Host().Start) + " call", Is: id, Text: texts[i], Domain: value.Values(ids),
		}}}
	}
	return mergeObjects(arms), exists
}

// maxExists is how many cases and facts the existence of what several calls make may hang on.
const maxExists = 8

// groups puts the runs together that make the same.
func (s *site) groups() [][]run {
	var out [][]run
	for _, r := range s.runs {
		i := slices.IndexFunc(out, func(g []run) bool { return equal(g[0].props, r.props) })
		if i < 0 {
			out = append(out, []run{r})
			continue
		}
		out[i] = append(out[i], r)
	}
	return out
}

// texts says by which calls groups of runs come about: by as many calls outwards as it takes to tell them apart.
func (s *site) texts(groups [][]run) []string {
	for depth := 1; ; depth++ {
		out := make([]string, len(groups))
		seen := map[string]bool{}
		apart := true
		for i, g := range groups {
			out[i] = s.called(g, depth)
			apart = apart && !seen[out[i]]
			seen[out[i]] = true
		}
		if apart {
			return out
		}
		if depth > maxCalls {
			break
		}
	}
	// One call makes different things where its callee is one of several.
	out := make([]string, len(groups))
	for i, g := range groups {
		if out[i] = g[0].path.String(); out[i] == "" {
			out[i] = s.called(g, maxCalls)
		}
	}
	return out
}

// maxNamedCalls is how many calls a condition names.
const maxNamedCalls = 2

// called says by which calls runs come about, the innermost first.
func (s *site) called(g []run, depth int) string {
	text, named := "", map[string]bool{}
	for _, r := range g {
		var where []string
		name := ""
		for i := len(r.chain) - 1; i >= max(len(r.chain)-depth, 0); i-- {
			c := r.chain[i]
			if name == "" {
				name = c.fn.name
			}
			if c.call == nil {
				where = append(where, "from elsewhere")
				break
			}
			where = append(where, "at "+s.linesOf(c))
		}
		one := strings.Join(where, ", ")
		switch {
		case named[one]:
			continue
		case len(r.chain) == 0:
			one = "the call is reached directly"
		case text == "":
			one = name + "() is called " + one
		case len(named) == maxNamedCalls:
			return text + " or elsewhere"
		}
		named[strings.Join(where, ", ")] = true
		if text != "" {
			text += " or "
		}
		text += one
	}
	return text
}

// id tells a run from those that came by other calls.
func (r run) id() string {
	ids := make([]string, len(r.chain))
	for i, c := range r.chain {
		ids[i] = c.id
	}
	return strings.Join(ids, " ")
}

// sameToPeople reports whether two truths read alike: the same condition in two calls of a function is one to the reader,
// who would take "when x is true, or x is false and x is true" for nonsense.
func sameToPeople(a, b value.Truth) bool {
	return slices.EqualFunc(a.Cases(), b.Cases(), func(x, y value.Case) bool {
		return x.Holds == y.Holds && x.When.String() == y.When.String()
	})
}
