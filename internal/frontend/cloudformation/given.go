package cloudformation

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// maxSets bounds the sets of one template that are told apart.
const maxSets = 32

// A setting is what a parameter is by one set; the value is meaningless where it isn't given.
type setting struct {
	given bool
	value value.Value
}

// give gives the parameter what comes from outside of the template. Its default, or that it has none, holds for the
// sets that leave it out.
func (p *parameter) give(fixed map[string]given, sets []*parameterSet) {
	if g, ok := fixed[p.name]; ok {
		p.take(p.valueOf(g))
		return
	}
	settings := make([]setting, len(sets))
	values := map[string]bool{}
	left := false
	for i, d := range sets {
		g, ok := d.keys[p.name]
		if !ok && d.open {
			g, ok = given{by: d.name, at: d.file.Whole().FirstLine(), unknown: "it is not read", open: true}, true
		}
		if left = left || !ok; !ok {
			continue
		}
		settings[i] = setting{given: true, value: p.valueOf(g)}
		values[fmt.Sprint(g.unknown, "\x00", g.text, "\x00", g.resolved)] = true
	}
	for i, d := range sets {
		if !settings[i].given && d.partial && len(values) > 0 {
			reason := fmt.Sprintf("%s leaves out the parameter %s, which other files set", d.name, p.name)
			settings[i] = setting{given: true, value: value.OfOpaque(reason).From(p.key)}
		}
	}
	switch {
	case len(values) == 0:
	case len(values) == 1 && !left:
		p.take(settings[0].value)
	case len(sets) > maxSets:
		reason := fmt.Sprintf("more than %d files give values to the parameter %[2]s; pass --parameter %[2]s=...", maxSets, p.name)
		p.take(value.OfOpaque(reason).From(p.key))
	default:
		p.settings = settings
	}
}

// take makes a value the parameter's, whatever its default is.
func (p *parameter) take(v value.Value) {
	p.value, p.fixed, p.allowed = v, v.Kind() != value.KindOpaque, nil
}

// valueOf returns what a given text is to the parameter.
func (p *parameter) valueOf(g given) value.Value {
	at := g.at
	if at.IsZero() {
		at = p.key
	}
	text, note := g.text, fmt.Sprintf("%s sets %s", g.by, p.name)
	if p.isStored() {
		if g.resolved == "" {
			if v, ok := p.storedUnder(value.OfString(g.text).From(at).Noted(note + " to " + strconv.Quote(g.text))); ok {
				return v
			}
			return unread(p)
		}
		text, note = g.resolved, note+" to what the parameter store had"
	} else if !p.secret {
		note += " to " + strconv.Quote(text)
	}
	unknown := func(why string) value.Value {
		reason := fmt.Sprintf("%s sets the parameter %s, and %s", g.by, p.name, why)
		if g.open {
			reason = fmt.Sprintf("%s may set the parameter %s in a form that is not read", g.by, p.name)
		}
		if p.isValidated() {
			return value.OfPresent(reason).From(at)
		}
		return value.OfOpaque(reason).From(at)
	}
	switch {
	case g.unknown != "":
		return unknown(g.unknown)
	case text == "" && p.isValidated() && g.inFile():
		return unknown("it is still to be filled in")
	case p.isList():
		return asList(resolve(value.OfString(text).From(at).Noted(note), p.stored), func(member string) (value.Value, bool) {
			return unknown(p.placeholder(member)), g.inFile() && isPlaceholder(member)
		})
	case isPlaceholder(text) && g.inFile():
		return unknown(p.placeholder(text))
	}
	return resolve(value.OfString(text).From(at).Noted(note), p.stored)
}

// inFile reports whether the value stands in a file of the tree, which may be one that people copy and fill in.
func (g given) inFile() bool { return !g.at.IsZero() }

// asList returns the members of a list, which is given as one text with commas. They are trimmed, and an empty text is a
// list of one empty member, as CloudFormation has it:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
// A member may have another value than its text.
func asList(v value.Value, other func(member string) (value.Value, bool)) value.Value {
	text, known := v.AsString()
	if !known {
		return v
	}
	members := strings.Split(text, ",")
	elems := make([]value.Value, len(members))
	for i, m := range members {
		m = strings.TrimSpace(m)
		elems[i] = value.OfString(m).WithOrigin(v.Origin())
		if w, differs := other(m); differs {
			if len(members) == 1 {
				return w // of several members, for all that is known
			}
			elems[i] = w
		}
	}
	return value.OfList(elems, false).WithOrigin(v.Origin())
}

func (p *parameter) placeholder(text string) string {
	if p.secret {
		return "it is still to be filled in"
	}
	return strconv.Quote(strings.TrimSpace(text)) + " is still to be filled in"
}

// isStored reports whether what is given is the path of the value in Parameter Store:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
func (p *parameter) isStored() bool { return strings.HasPrefix(p.typ, "AWS::SSM::Parameter::Value<") }

// storedUnder returns what the tree stores under the path that the parameter is given.
func (p *parameter) storedUnder(path value.Value) (value.Value, bool) {
	if p.stored == nil {
		return value.Value{}, false
	}
	found := true
	v := path.Map(func(path value.Value) value.Value {
		v, ok := p.stored(path)
		if found = found && ok; !ok {
			return path
		}
		note := "the parameter " + p.name + " is what is stored there"
		if text, known := path.AsString(); known {
			note = fmt.Sprintf("the parameter %s is what the SSM parameter %s holds", p.name, text)
		}
		if strings.Contains(p.typ, "<List<") || strings.Contains(p.typ, "<CommaDelimitedList>") {
			list := trimmed(splitText(v, ",", p.key))
			elems := make([]value.Value, len(list.Elems()))
			for i, e := range list.Elems() {
				elems[i] = e.WithOrigin(v.Origin()).NotedAt(p.key, note)
			}
			if list.Kind() == value.KindList {
				v = withElems(list, elems).WithOrigin(v.Origin())
			}
		}
		return v.NotedAt(p.key, note)
	})
	return v, found
}

// unread is the value of a parameter that is read from Parameter Store, which holds no empty values.
func unread(p *parameter) value.Value {
	return value.OfPresent(fmt.Sprintf("the parameter %s is read from the SSM parameter store at deployment", p.name)).From(p.key)
}

// settingValue returns the value of a parameter that some sets give, where it is read.
func (t *template) settingValue(p *parameter, at source.Span, in scope) value.Value {
	var arms []value.Arm
	for i, s := range p.settings {
		w := value.World{t.deployed(i)}
		if !in.allows(w) {
			continue
		}
		var v value.Value
		switch {
		case !s.given:
			v = t.ownValue(p, at, in)
		default:
			v = t.use(p.shown(s.value), at)
		}
		arms = append(arms, value.Arm{When: w, Value: v})
	}
	return choice(arms, at)
}

// deployed returns the fact that the template is deployed with one of its sets of values.
func (t *template) deployed(i int) value.Fact {
	names := make([]string, len(t.sets))
	for j, d := range t.sets {
		names[j] = d.name
	}
	return value.Fact{
		Var: t.file.Path + "|parameters", Is: names[i], Domain: value.Values(names),
		Text:     "the parameters are those of " + names[i],
		Opposite: "the parameters are not those of " + names[i],
	}
}

// shown returns a value of the parameter's without what nobody is to see: that stands in no message and no dump, and is
// never compared, since a world that it decides would tell.
func (p *parameter) shown(v value.Value) value.Value {
	if !p.secret {
		return v
	}
	reason := "the parameter " + p.name + " is not to be shown"
	return v.Map(func(v value.Value) value.Value {
		switch v.Kind() {
		case value.KindSymbol, value.KindOpaque, value.KindAbsent:
			return v
		}
		switch v.NonEmpty().Known() {
		case tri.True:
			return value.OfPresent(reason, v.Refs()...).Hiding(v)
		case tri.False:
			return v
		}
		return value.OfOpaque(reason, v.Refs()...).Hiding(v).MaybeAs(v)
	})
}

// placeholders matches what a person or a tool is to replace: <your subnet>, ${VAR}, $(VAR), {{ name }}, {name}, %VAR%,
// @VAR@, __VAR__, $[taskcat_name], xxxx.
var placeholders = regexp.MustCompile(`<[^<>]+>|\$\{[^{}]*\}|\$\([^()]*\)|\$\[[^][]*\]|\{\{.*?\}\}|\{%.*?%\}|\{[A-Za-z_][\w.]*\}` +
	`|%[A-Z][A-Z0-9_]*%|@[A-Za-z_]\w*@|__[A-Za-z][A-Za-z0-9_]*__|[xX]{4,}|\.\.\.|…`)

// fillers matches a text that is a word for what is to be filled in, as a whole: REPLACE_ME, your-subnet-id, subnet-xxx,
// $VAR, TODO.
var fillers = regexp.MustCompile(`(?i)^(\$[a-z_]\w*|.*(change|replace)[-_ ]?me.*|todo|tbd|fixme|placeholder.*|.*placeholder` +
	`|(your|insert|enter|replace)[-_ ].*` +
	`|(subnet|sg|vpc|rtb|igw|eni|vpce)-?([xyz0?*#-]+|id|ids|a{3,}|b{3,}|[xyz?*0]+[0-9a-z]?))$`)

// isPlaceholder reports whether a text is, or holds, what is still to be filled in. A dynamic reference is none.
func isPlaceholder(text string) bool {
	text = strings.TrimSpace(text)
	if fillers.MatchString(text) {
		return true
	}
	return slices.ContainsFunc(placeholders.FindAllString(text, -1), func(m string) bool { return !strings.HasPrefix(m, dynamic) })
}
