package iamtest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The search tries requests until one is allowed. It is exhaustive: what a policy says of a request turns on how each value
// compares with those that its conditions name, and on nothing else about it. For every key the pool has values of each
// class that the pool's patterns tell apart (TestClasses), two of those classes that have several members; of them the search
// takes one for each answer that the conditions at hand give, and two, with what variables make of the other keys' values,
// where variables compare one key with another. A key of several values has every set of those. Keys that no policy of the
// principal mentions are left out.

// A space is what requests for one action may be, as far as some policies tell them apart.
type space struct {
	action    string
	resources []string
	names     []string
	// options are what each key may have; nil is a key that is absent.
	options [][][]string
	// tooMany says that a key has more sets of values than are tried.
	tooMany bool
}

// maxMembers bounds the values of which every set is tried.
const maxMembers = 9

// values of a policy, wherever they may have variables.
func (l levels) each(f func(p policy, s statement)) {
	for _, level := range append([][]policy{l.grants}, l.bounds...) {
		for _, p := range level {
			for _, s := range p.statements {
				f(p, s)
			}
		}
	}
}

// mentioned are the keys in policies' variables, with the texts that they stand in.
func (l levels) mentioned() map[string][]string {
	out := map[string][]string{}
	l.each(func(p policy, s statement) {
		if !p.variables {
			return
		}
		list := slices.Clone(s.resources)
		for _, c := range s.conditions {
			list = append(list, c.values...)
		}
		for _, text := range list {
			for _, m := range variable.FindAllStringSubmatch(text, -1) {
				name, _, _ := strings.Cut(m[1], ", '")
				out[strings.ToLower(name)] = append(out[strings.ToLower(name)], text)
			}
		}
	})
	return out
}

// spaceOf returns the requests that a question is about.
func spaceOf(l levels, q question) space {
	sp := space{action: q.action}
	variables := l.mentioned()
	conditions := map[string][]condition{}
	compared := false
	l.each(func(_ policy, s statement) {
		for _, c := range s.conditions {
			conditions[c.key] = append(conditions[c.key], c)
			compared = compared || slices.ContainsFunc(c.values, func(v string) bool { return strings.Contains(v, "${") })
		}
	})
	kept := map[string][]string{}
	for _, k := range keys {
		name := strings.ToLower(k.name)
		if conditions[name] == nil && variables[name] == nil {
			continue
		}
		kept[name] = nil
		if slices.ContainsFunc(q.absent, func(a string) bool { return strings.EqualFold(a, k.name) }) || !k.has(q.action) {
			continue
		}
		most := 1
		if compared || variables[name] != nil {
			most = 2
		}
		values := k.values
		if k.compares == "string" {
			// A part that isn't known may be filled with what the pool doesn't have.
			values = slices.Concat(values, plains(conditions[name]))
		}
		kept[name] = representatives(values, conditions[name], most)
		if l.unnamed {
			kept[name] = append(kept[name], strangers[name]...)
		}
	}
	// Twice, since what a variable of one key makes of another's values may be compared with a third key's.
	for range 2 {
		l.compare(kept, conditions, variables)
	}
	for _, k := range keys {
		name := strings.ToLower(k.name)
		if values, ok := kept[name]; ok {
			slices.Sort(values)
			sp.names = append(sp.names, name)
			values = slices.Compact(values)
			sp.tooMany = sp.tooMany || k.several && len(values) > maxMembers
			sp.options = append(sp.options, k.options(values))
		}
	}
	sp.resources = resourcesOf(l, q.action, variables, kept)
	return sp
}

// compare makes values of one key those of another that a variable compares with it, and texts where they are none.
func (l levels) compare(kept map[string][]string, conditions map[string][]condition, variables map[string][]string) {
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		for _, c := range conditions[name] {
			for _, text := range c.values {
				if !strings.Contains(text, "${") || len(kept[name]) == 0 {
					continue
				}
				kept[name] = append(kept[name], text, letters.Replace(text))
				for _, other := range slices.Sorted(maps.Keys(variables)) {
					if !strings.Contains(strings.ToLower(text), "${"+other) {
						continue
					}
					kept[name] = append(kept[name], expanded(text, other, kept[other])...)
					if kept[other] != nil && strings.HasPrefix(text, "${") && strings.HasSuffix(text, "}") {
						kept[other] = append(kept[other], plains(conditions[name])...)
						if l.unnamed && len(kept[other]) > 0 {
							kept[other] = append(kept[other], strangers[name]...) // they know what they are called
						}
					}
				}
			}
		}
	}
	for name := range kept {
		slices.Sort(kept[name])
		kept[name] = slices.Compact(kept[name])
	}
}

// plains are the texts that conditions name, without variables, and what their wildcards may stand for.
func plains(conditions []condition) (out []string) {
	for _, c := range conditions {
		for _, text := range c.values {
			if !strings.Contains(text, "${") && c.operator.name != "null" {
				out = append(out, text, strings.NewReplacer("*", "x", "?", "x").Replace(text))
			}
		}
	}
	return out
}

// letters spells the variables that are letters.
var letters = strings.NewReplacer("${*}", "*", "${?}", "?", "${$}", "$")

// representatives returns some of those values that all conditions answer alike.
func representatives(values []string, conditions []condition, most int) (out []string) {
	count := map[string]int{}
	for _, v := range values {
		var answers strings.Builder
		for _, c := range conditions {
			if c.operator.name != "null" {
				for _, one := range c.values {
					fmt.Fprint(&answers, condition{c.operator, c.key, []string{one}}.matches(v, request{}, false))
				}
			}
		}
		if count[answers.String()]++; count[answers.String()] <= most {
			out = append(out, v)
		}
	}
	return out
}

// expanded returns what a text with a variable stands for: with each value of its key, as it is and with any text for wildcards.
func expanded(text, key string, values []string) (out []string) {
	for _, v := range append(slices.Clone(values), "ml") {
		plain := variable.ReplaceAllLiteralString(text, v)
		out = append(out, plain, strings.ReplaceAll(plain, "*", "x"))
	}
	return out
}

// options are what a key may have: nothing, a value or, of several, any set of them.
func (k key) options(values []string) [][]string {
	var out [][]string
	if !k.always || len(values) == 0 {
		out = append(out, nil)
	}
	if !k.several {
		for _, v := range values {
			out = append(out, []string{v})
		}
		return out
	}
	for set := 1; set < 1<<min(len(values), maxMembers); set++ {
		var some []string
		for i, v := range values {
			if set>>i&1 == 1 {
				some = append(some, v)
			}
		}
		out = append(out, some)
	}
	return out
}

// account is one in the ARN of something of SageMaker's.
var account = regexp.MustCompile(`^[^:]*:[^:]*:sagemaker:[^:]*:(\d{12}):`)

// accounts are those that what an action makes may belong to. Of one who is nobody in particular it is known that he belongs
// to an account whose resources the policies name, where they name any.
func (l levels) accounts(action string) (out []string) {
	if l.unnamed {
		l.each(func(_ policy, s statement) {
			for _, text := range s.resources {
				if m := account.FindStringSubmatch(text); m != nil && s.acts(action) != no && !slices.Contains(out, m[1]) {
					out = append(out, m[1])
				}
			}
		})
	}
	if len(out) == 0 {
		out = []string{"111122223333", "444455556666", "999988887777"}
	}
	return out
}

// resourcesOf returns ARNs of what an action makes, some of each class that policies tell apart.
func resourcesOf(l levels, action string, variables map[string][]string, kept map[string][]string) (out []string) {
	names := []string{"ml-x", "ml-xx", "ml", "zz"}
	open := false
	l.each(func(p policy, s statement) {
		for _, text := range s.resources {
			for key := range variables {
				if p.variables && strings.Contains(strings.ToLower(text), "${"+key) {
					_, name, _ := strings.Cut(text, "/")
					names = append(names, expanded(name, key, kept[key])...)
					open = true
				}
			}
		}
	})
	slices.Sort(names)
	seen := map[string]bool{}
	for _, region := range []string{"us-east-1", "eu-west-1", "ap-southeast-2"} {
		for _, account := range l.accounts(action) {
			for _, name := range slices.Compact(names) {
				arn := "arn:aws:sagemaker:" + region + ":" + account + ":" + types[action] + "/" + name
				var answers strings.Builder
				if open {
					answers.WriteString(name)
				}
				l.each(func(_ policy, s statement) {
					for _, text := range s.resources {
						fmt.Fprint(&answers, of(glob(literal(text), arn)))
					}
				})
				if !seen[answers.String()] {
					seen[answers.String()] = true
					out = append(out, arn)
				}
			}
		}
	}
	return out
}

// maxRequests bounds how many requests are tried of one space.
const maxRequests = 400_000

// searchable reports whether a space has so few requests that all of them are tried.
func (sp space) searchable() bool {
	n := len(sp.resources)
	for _, options := range sp.options {
		if n *= len(options); n > maxRequests {
			return false
		}
	}
	return !sp.tooMany
}

// find returns the surest answer of all requests of a space, and one that has it.
func (sp space) find(l levels) (best answer, witness request) {
	at := make([]int, len(sp.names)+1)
	counts := []int{len(sp.resources)}
	for _, options := range sp.options {
		counts = append(counts, len(options))
	}
	m := memo(l, sp)
	for {
		if a := m.evaluate(at); a > best {
			best, witness = a, sp.request(at)
			if best == yes {
				return best, witness
			}
		}
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < counts[i] {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			return best, witness
		}
	}
}

// request returns the request that takes these of the options.
func (sp space) request(at []int) request {
	r := request{action: sp.action, resource: sp.resources[at[0]], keys: map[string][]string{}}
	for i, name := range sp.names {
		if values := sp.options[i][at[i+1]]; values != nil {
			r.keys[name] = values
		}
	}
	return r
}

// A memory keeps what each part of a statement says of each option, so that no part is asked twice of the same values.
type memory struct {
	sp     space
	levels [][]rememberedStatement
}

type rememberedStatement struct {
	deny  bool
	parts []part
}

// A part is a condition of a statement, or what it is about.
type part struct {
	// on are the dimensions that it turns on: 0 is the resource, the others are the keys.
	on    []int
	known map[int]answer
	ask   func(r request) answer
}

func memo(l levels, sp space) *memory {
	m := &memory{sp: sp}
	for _, level := range append([][]policy{l.grants}, l.bounds...) {
		var list []rememberedStatement
		for _, p := range level {
			for _, s := range p.statements {
				rs := rememberedStatement{deny: s.deny}
				named := s.deny && l.unnamed
				rs.parts = append(rs.parts, part{sp.dimensions(true, "", s.resources), map[int]answer{}, func(r request) answer { return s.about(r, p.variables) }})
				for _, c := range s.conditions {
					rs.parts = append(rs.parts, part{sp.dimensions(false, c.key, c.values), map[int]answer{}, func(r request) answer {
						if named && c.names(r) {
							return yes
						}
						return c.met(r, p.variables)
					}})
				}
				list = append(list, rs)
			}
		}
		m.levels = append(m.levels, list)
	}
	return m
}

// strangers are values of the keys that say who asks which no pattern of the pool names but those for everybody.
var strangers = map[string][]string{
	"aws:principaltag/team": {"zz", "zy"},
	"aws:username":          {"zz", "zy"},
	"aws:principalarn":      {"arn:aws:iam::999988887777:role/zz", "arn:aws:iam::999988887777:user/zz"},
}

// names reports whether a condition is on who asks, and that is somebody whom policies may name.
func (c condition) names(r request) bool {
	unnamed, identity := strangers[c.key]
	values := r.keys[c.key]
	return identity && len(values) > 0 && !slices.Contains(unnamed, values[0])
}

// dimensions are those that texts turn on, beside a key.
func (sp space) dimensions(resource bool, key string, list []string) (out []int) {
	if resource {
		out = append(out, 0)
	}
	for i, name := range sp.names {
		if name == key || slices.ContainsFunc(list, func(text string) bool { return strings.Contains(strings.ToLower(text), "${"+name) }) {
			out = append(out, i+1)
		}
	}
	return out
}

func (m *memory) evaluate(at []int) answer {
	result := yes
	for _, level := range m.levels {
		allow, deny := no, no
		for i := range level {
			s := &level[i]
			if s.deny && deny == yes || !s.deny && allow == yes {
				continue
			}
			applies := yes
			for j := range s.parts {
				if applies = applies.and(s.parts[j].answer(m.sp, at)); applies == no {
					break
				}
			}
			if s.deny {
				deny = deny.or(applies)
			} else {
				allow = allow.or(applies)
			}
		}
		if result = result.and(allow).and(deny.not()); result == no {
			return no
		}
	}
	return result
}

func (p *part) answer(sp space, at []int) answer {
	index := 0
	for _, d := range p.on {
		index = index<<10 | at[d]
	}
	a, ok := p.known[index]
	if !ok {
		a = p.ask(sp.request(at))
		p.known[index] = a
	}
	return a
}

// Every class of values that the patterns of a key tell apart has a member in the pool.
func TestClasses(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	random := map[string]func(k key) string{
		"string": func(k key) string { return altered(r, pick(maker{r}, k.patterns...)) },
		"arn":    func(k key) string { return altered(r, pick(maker{r}, k.patterns...)) },
		"bool":   func(key) string { return fmt.Sprint(r.IntN(2) == 0) },
		"number": func(key) string { return fmt.Sprint(r.IntN(100_000)) },
		"date":   func(key) string { return fmt.Sprint(1_650_000_000 + r.IntN(150_000_000)) },
		"address": func(k key) string {
			if r.IntN(2) == 0 {
				return fmt.Sprintf("%d.%d.%d.%d", r.IntN(256), r.IntN(3), r.IntN(256), r.IntN(256))
			}
			return fmt.Sprintf("2001:%x::%x", 0xdb8+r.IntN(2), r.IntN(9))
		},
	}
	for _, k := range keys {
		answers := func(value string) string {
			var out strings.Builder
			for _, name := range operators[k.compares] {
				o, _ := parse(name)
				for _, pattern := range k.patterns {
					fmt.Fprint(&out, condition{o, k.name, []string{pattern}}.matches(value, request{}, false))
				}
			}
			return out.String()
		}
		known := map[string]bool{}
		for _, v := range k.values {
			known[answers(v)] = true
		}
		for range 3 * *policyCount {
			value := random[k.compares](k)
			if k.compares == "arn" && strings.Count(value, ":") < 5 {
				continue
			}
			if a := answers(value); !known[a] && value != "" {
				t.Errorf("%s: no value in the pool is answered as %q is: %s", k.name, value, a)
				known[a] = true
			}
		}
	}
}

// altered returns a text that is near a pattern: what its wildcards stand for, other cases, letters more or fewer.
func altered(r *rand.Rand, pattern string) string {
	var out strings.Builder
	for _, l := range pattern {
		switch {
		case l == '*' && r.IntN(3) > 0:
			out.WriteString(pick(maker{r}, "", "l", "p3.x", "1"))
		case l == '?' && r.IntN(3) > 0:
			out.WriteString(pick(maker{r}, "l", "m", "a"))
		case r.IntN(12) == 0:
			out.WriteString(strings.ToUpper(string(l)))
		case r.IntN(24) == 0:
			out.WriteString("z")
		case r.IntN(24) > 0:
			out.WriteRune(l)
		}
	}
	return out.String()
}
