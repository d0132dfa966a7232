package cloudformation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Fn::ForEach is text replacement, done before anything is evaluated: what it repeats is copied, with each value of the
// collection in place of the identifier.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html

// maxCopies bounds the copies that the loops of one template make, those of loops within loops included. CloudFormation
// takes 500 resources.
const maxCopies = 2_000

// A loop is one Fn::ForEach: its identifier, and what it runs over.
type loop struct {
	key        *doctree.Node
	identifier string
	collection *doctree.Node
}

// loopOf returns the loop that a key of a mapping spells, and what it repeats; nil where it spells none.
func loopOf(p doctree.Pair) (loop, *doctree.Node) {
	if !isLoop(p.Key.Text) || p.Value == nil || p.Value.Kind != doctree.Sequence || len(p.Value.Items) != 3 {
		return loop{}, nil
	}
	items := p.Value.Items
	if items[0].Kind != doctree.String || items[0].Text == "" || items[2].Kind != doctree.Mapping {
		return loop{}, nil
	}
	return loop{key: p.Key, identifier: items[0].Text, collection: items[1]}, items[2]
}

// hasTurn reports whether a loop certainly has one turn at least: its collection is written out, and an element of it is.
func (l loop) hasTurn() bool {
	return l.collection.Kind == doctree.Sequence && l.collection.Tag == "" &&
		slices.ContainsFunc(l.collection.Items, func(item *doctree.Node) bool {
			name, arg, ok := intrinsic(item)
			return !ok || name == "Ref" && arg.Text != "AWS::NoValue"
		})
}

// unknown is whether a loop makes a copy where it isn't known over what it runs.
func (l loop) unknown() value.Truth {
	return value.Unknowable("it is not known what Fn::ForEach runs over", &value.Origin{Span: l.collection.Span})
}

func isLoop(key string) bool { return strings.HasPrefix(key, "Fn::ForEach::") }

// A turn is one value that a loop's identifier takes, and in which worlds.
type turn struct {
	text   string
	origin *value.Origin
	when   value.Truth
}

// turns returns the values that a loop's identifier takes, each once. Whole reports whether they are all there are.
func (t *template) turns(l loop, in scope) (turns []turn, whole bool) {
	if !t.isEarly(l.collection) {
		return nil, false
	}
	whole = true
	index := map[string]int{}
	for _, list := range t.eval(l.collection, in).Arms() {
		if list.Value.Kind() != value.KindList || list.Value.Encoded() || list.Value.MayBeMissing() {
			return nil, false
		}
		whole = whole && !list.Value.Open()
		for _, e := range list.Value.Elems() {
			for _, arm := range e.Arms() {
				w, possible := list.When.And(arm.When)
				text, known := arm.Value.AsString()
				if arm.Value.Kind() == value.KindAbsent {
					continue
				}
				if whole = whole && known && !e.MayBeMissing(); !possible || !known || e.MayBeMissing() {
					continue
				}
				i, again := index[text]
				if !again {
					i = len(turns)
					index[text] = i
					note := fmt.Sprintf("%s gives %s the value %s", l.key.Text, l.identifier, strconv.Quote(text))
					turns = append(turns, turn{text: text, origin: arm.Value.Noted(note).Origin(), when: value.No()})
				}
				turns[i].when = turns[i].when.Or(value.In(w))
			}
		}
	}
	for i, one := range turns {
		switch {
		case one.when.Known() == tri.True:
			turns[i].when = value.Yes()
		case !whole: // an element that isn't known may be this one
			turns[i].when = one.when.Or(l.unknown())
		}
	}
	return turns, whole
}

// isEarly reports whether an expression can be evaluated while the stacks of a group are being made: it asks no other
// stack, as the transform can't either, and no condition, of whose parameters not all comparisons may be known yet.
func (t *template) isEarly(n *doctree.Node) bool {
	name, arg, ok := intrinsic(n)
	switch {
	case !ok && n.Kind == doctree.Mapping:
		return false
	case !ok:
		return !slices.ContainsFunc(n.Items, func(item *doctree.Node) bool { return !t.isEarly(item) })
	case name == "Ref":
		return arg.Kind == doctree.String && t.isEarlyName(arg.Text)
	case name == "Fn::If":
		return t.surveyed && t.isEarly(arg)
	case name == "Fn::Sub":
		return arg.Kind == doctree.String && !slices.ContainsFunc(strings.Split(arg.Text, "${")[1:], func(s string) bool {
			name, _, _ := strings.Cut(s, "}")
			return !t.isEarlyName(strings.TrimSpace(name))
		})
	case name == "Fn::FindInMap" && len(arg.Items) == 4:
		def := arg.Items[3].Get("DefaultValue")
		return t.isEarly(arg.WithItems(arg.Items[:3])) && (def == nil || t.isEarly(def))
	case name == "Fn::FindInMap", name == "Fn::Join", name == "Fn::Split", name == "Fn::Select", name == "Fn::Cidr":
		return t.isEarly(arg)
	}
	return false
}

// isEarlyName is isEarly of a reference to a name.
func (t *template) isEarlyName(name string) bool {
	if p := t.parameters[name]; p != nil {
		return p.arg == nil || t.by.parent.isEarly(p.arg)
	}
	d := t.resources[name]
	return !strings.Contains(name, ".") && (d == nil || d.condition == nil)
}

// copies reports whether a loop may make so many copies, and says so in a finding where it may not.
func (t *template) copies(l loop, n int) bool {
	if t.copied+n <= maxCopies {
		t.copied += n
		return true
	}
	if t.copied <= maxCopies {
		t.copied = maxCopies + 1
		message := fmt.Sprintf("the loops of the template make more than %d copies, which are not all told apart from here on", maxCopies)
		t.findings = append(t.findings, frontend.Unreadable(l.key.Span, message))
	}
	return false
}

// repeated returns the entries of a section, with the copies that loops make of some in their place. Those of a loop over
// what isn't known are left out.
func (t *template) repeated(section *doctree.Node) []doctree.Pair {
	if section == nil || !slices.ContainsFunc(section.Pairs, func(p doctree.Pair) bool { return isLoop(p.Key.Text) }) {
		if section == nil {
			return nil
		}
		return section.Pairs
	}
	var out []doctree.Pair
	names := map[string]int{}
	for _, p := range section.Pairs {
		l, body := loopOf(p)
		if body == nil {
			out = append(out, p)
			continue
		}
		turns, _ := t.turns(l, scope{})
		if !t.copies(l, len(turns)) {
			continue
		}
		for _, one := range turns {
			if t.spent() {
				break
			}
			out = append(out, t.repeated(t.replaced(body, l, one))...)
		}
	}
	// Copies of one name can be there in different worlds only: which one it is isn't told.
	for _, p := range out {
		names[p.Key.Text]++
	}
	return slices.DeleteFunc(out, func(p doctree.Pair) bool { return names[p.Key.Text] > 1 })
}

// repeatedFields returns the members that a loop in a mapping comes to. Whole reports whether they are all there are.
func (t *template) repeatedFields(p doctree.Pair, in scope) (fields []value.Field, whole bool) {
	l, body := loopOf(p)
	if body == nil {
		return nil, false
	}
	turns, whole := t.turns(l, in)
	if !t.copies(l, len(turns)) {
		return nil, false
	}
	for _, one := range turns {
		if t.spent() {
			return fields, false
		}
		object := t.object(t.replaced(body, l, one), t.where(in, one.when, tri.True))
		whole = whole && !object.Open()
		for _, f := range object.Fields() {
			f.Value = t.during(one.when, f.Value)
			fields = append(fields, f)
		}
	}
	return fields, whole
}

// differing returns fields of which no two have one name. Copies that a loop gives one name can be there in different worlds
// only.
func differing(fields []value.Field) []value.Field {
	index := make(map[string]int, len(fields))
	out := make([]value.Field, 0, len(fields))
	for _, f := range fields {
		i, again := index[f.Name]
		if !again {
			index[f.Name] = len(out)
			out = append(out, f)
			continue
		}
		reason := "Fn::ForEach gives several copies the name " + f.Name
		out[i].Value = value.OfOpaque(reason, refs(out[i].Value, f.Value)...).Maybe().From(f.Key)
	}
	return out
}

// during returns a value that is there in some worlds only.
func (t *template) during(when value.Truth, v value.Value) value.Value {
	if when.Known() == tri.True {
		return v
	}
	var arms []value.Arm
	for _, c := range when.Cases() {
		if c.Holds == tri.False {
			arms = append(arms, value.Arm{When: c.When, Value: value.Value{}})
			continue
		}
		for _, arm := range v.Arms() {
			w, possible := c.When.And(arm.When)
			switch {
			case !possible:
			case c.Holds == tri.True:
				arms = append(arms, value.Arm{When: w, Value: arm.Value})
			default:
				arms = append(arms, value.Arm{When: w, Value: arm.Value.Maybe()})
			}
		}
	}
	return choice(arms, placeOf(v))
}

// placeOf returns where a value stands.
func placeOf(v value.Value) source.Span {
	if o := v.Origin(); o != nil {
		return o.Span
	}
	return source.Span{}
}

// replaced returns a copy of what a loop repeats, with one value in the identifier's place: "${Name}" in every key and
// text, "&{Name}" without what isn't a letter or digit, and Ref of it.
func (t *template) replaced(n *doctree.Node, l loop, one turn) *doctree.Node {
	r := replacer{t: t, turn: one, identifier: l.identifier}
	r.texts = strings.NewReplacer("${"+l.identifier+"}", one.text, "&{"+l.identifier+"}", alphanumeric(one.text))
	return r.node(n)
}

// alphanumeric returns a text without all that isn't a letter or a digit.
func alphanumeric(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, text)
}

// A replacer puts a value in an identifier's place.
type replacer struct {
	t          *template
	turn       turn
	identifier string
	texts      *strings.Replacer
}

func (r *replacer) node(n *doctree.Node) *doctree.Node {
	r.t.spend(1)
	if name, arg, ok := intrinsic(n); ok && name == "Ref" && arg.Kind == doctree.String && arg.Text == r.identifier {
		return r.bound(&doctree.Node{Kind: doctree.String, Span: place(n), Text: r.turn.text})
	}
	switch n.Kind {
	case doctree.String:
		if len(r.turn.text) > maxText || !strings.Contains(n.Text, "{"+r.identifier+"}") {
			return n
		}
		text := r.texts.Replace(n.Text)
		if r.t.spend(len(text) / stretch); len(text) > maxText {
			return n
		}
		return r.bound(n.WithText(text))
	case doctree.Mapping:
		return r.mapping(n)
	case doctree.Sequence:
		var items []*doctree.Node
		for i, item := range n.Items {
			if changed := r.node(item); changed != item {
				if items == nil {
					items = slices.Clone(n.Items)
				}
				items[i] = changed
			}
		}
		if items == nil {
			return n
		}
		return n.WithItems(items)
	}
	return n
}

func (r *replacer) mapping(n *doctree.Node) *doctree.Node {
	var pairs []doctree.Pair
	for i, p := range n.Pairs {
		changed := doctree.Pair{Key: r.node(p.Key), Value: r.node(p.Value)}
		if changed == p {
			continue
		}
		if pairs == nil {
			pairs = slices.Clone(n.Pairs)
		}
		pairs[i] = changed
	}
	if pairs == nil {
		return n
	}
	return n.WithPairs(pairs)
}

// bound remembers where the text of a copied node comes from.
func (r *replacer) bound(n *doctree.Node) *doctree.Node {
	if r.t.bound == nil {
		r.t.bound = map[*doctree.Node]*value.Origin{}
	}
	r.t.bound[n] = r.turn.origin
	return n
}

// copyOf returns the resource in an unknown loop that may be copied under a name, or nil.
func (t *template) copyOf(name string) *declaration {
	if t.spend(len(t.looped)); t.spent() {
		return nil
	}
	for _, d := range t.looped {
		for _, l := range d.loops {
			for _, sign := range []string{"$", "&"} {
				before, after, found := strings.Cut(d.name, sign+"{"+l.identifier+"}")
				if found && len(name) >= len(before)+len(after) && strings.HasPrefix(name, before) && strings.HasSuffix(name, after) {
					return d
				}
			}
		}
	}
	return nil
}

// held returns a text within loops over what isn't known, whose identifiers may stand in it.
func (in scope) held(text string, at source.Span) value.Value {
	if !in.holds(text) {
		return value.StringAt(text, at)
	}
	var parts []value.Value
	for text != "" {
		first, identifier := len(text), ""
		for _, l := range in.loops {
			for _, sign := range []string{"${", "&{"} {
				if i := strings.Index(text, sign+l.identifier+"}"); i >= 0 && i < first {
					first, identifier = i, l.identifier
				}
			}
		}
		if first > 0 {
			parts = append(parts, value.OfString(text[:first]).From(at))
		}
		if identifier != "" {
			parts = append(parts, inTurn(identifier).From(at))
			first += len("${}") + len(identifier)
		}
		text = text[first:]
	}
	return value.OfText(parts...).From(at)
}

// holds reports whether an identifier of a loop over what isn't known stands in a text.
func (in scope) holds(text string) bool {
	return len(in.loops) > 0 && slices.ContainsFunc(in.loops, func(l loop) bool { return strings.Contains(text, "{"+l.identifier+"}") })
}

// inTurn is what the identifier of a loop over what isn't known stands for.
func inTurn(identifier string) value.Value {
	return value.OfOpaque(identifier + " takes each value of an Fn::ForEach in turn")
}
