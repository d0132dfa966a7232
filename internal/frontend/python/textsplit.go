package python

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/value"
)

// splitMethod evaluates split, rsplit and splitlines, with which scripts read lists of subnets from one text.
func (in *interp) splitMethod(s, name string, os []object, a *arguments) object {
	if name == "splitlines" && len(os) == 0 && len(a.keywords) == 0 {
		return in.texts(lines(s), a)
	}
	if name != "split" && name != "rsplit" || len(os) > 2 {
		return nil
	}
	var sep, most object = none(a.at), nil
	if len(os) > 0 {
		sep = os[0]
	}
	if len(os) > 1 {
		most = os[1]
	}
	for _, kw := range a.keywords {
		switch kw.name {
		case "sep":
			sep = kw.obj
		case "maxsplit":
			most = kw.obj
		default:
			return nil
		}
	}
	limit := -1
	if most != nil {
		n, ok := number(most)
		if !ok {
			return nil
		}
		limit = n
	}
	by, isText := textIn(sep)
	d, isDatum := sep.(datum)
	switch {
	case isText && by != "" && limit < 0:
		return in.texts(strings.Split(s, by), a)
	case isText && by != "" && name == "split":
		return in.texts(strings.SplitN(s, by, limit+1), a)
	case isText && by != "":
		return in.texts(splitLast(s, by, limit), a)
	case isDatum && d.Kind() == value.KindAbsent && limit < 0:
		return in.texts(strings.FieldsFunc(s, isBlank), a)
	}
	return nil
}

func splitLast(s, by string, limit int) []string {
	var out []string
	for limit > 0 {
		i := strings.LastIndex(s, by)
		if i < 0 {
			break
		}
		out = append([]string{s[i+len(by):]}, out...)
		s = s[:i]
		limit--
	}
	return append([]string{s}, out...)
}

// lines returns s.splitlines().
func lines(s string) []string {
	var out []string
	for len(s) > 0 {
		i := strings.IndexFunc(s, func(r rune) bool {
			return r >= '\n' && r <= '\r' || r >= 0x1c && r <= 0x1e || r == 0x85 || r == 0x2028 || r == 0x2029
		})
		if i < 0 {
			return append(out, s)
		}
		out = append(out, s[:i])
		_, size := utf8.DecodeRuneInString(s[i:])
		if strings.HasPrefix(s[i:], "\r\n") {
			size = len("\r\n")
		}
		s = s[i+size:]
	}
	return out
}

// partialMethod evaluates a method of a text of which some parts aren't known, as far as the known ones decide it.
func (in *interp) partialMethod(d datum, name string, os []object, a *arguments) object {
	parts := d.Parts()
	switch name {
	case "lower", "upper", "casefold":
		out := make([]value.Value, len(parts))
		for i, p := range parts {
			out[i] = value.OfOpaque(p.Reason(), p.Refs()...)
			if s, ok := p.AsString(); ok {
				lowered, isDatum := plainMethod(s, name, 0).(datum)
				if !isDatum {
					return nil
				}
				out[i] = lowered.Value
			}
		}
		return datum{in.textOf(out)}
	case "startswith", "endswith":
		if len(os) == 1 {
			if t, ok := textIn(os[0]); ok {
				return partialAffix(d.Value, name, t)
			}
		}
	case "split":
		if by, ok := oneOf(os); ok && by != "" && len(a.keywords) == 0 {
			return in.partialSplit(d, by, a)
		}
	case "strip", "lstrip", "rstrip":
		return nil
	case "removeprefix":
		if t, ok := oneOf(os); ok {
			if prefix, _ := d.Prefix(); strings.HasPrefix(prefix, t) {
				out := append([]value.Value{value.OfString(prefix[len(t):])}, parts[1:]...)
				return datum{in.textOf(out)}
			}
		}
	}
	return nil
}

func oneOf(os []object) (string, bool) {
	if len(os) != 1 {
		return "", false
	}
	return textIn(os[0])
}

// partialAffix decides startswith and endswith where the known end of a text is long enough, or differs.
func partialAffix(v value.Value, name, t string) object {
	if name == "startswith" {
		known, _ := v.Prefix()
		switch n := min(len(known), len(t)); {
		case len(known) >= len(t):
			return datum{value.OfBool(strings.HasPrefix(known, t))}
		case known[:n] != t[:n]:
			return datum{value.OfBool(false)}
		}
		return nil
	}
	known, _ := v.Suffix()
	switch n := min(len(known), len(t)); {
	case len(known) >= len(t):
		return datum{value.OfBool(strings.HasSuffix(known, t))}
	case known[len(known)-n:] != t[len(t)-n:]:
		return datum{value.OfBool(false)}
	}
	return nil
}

// partialSplit splits a text of which some parts aren't known: the words before the first such part are known, and there is
// one more at least.
func (in *interp) partialSplit(d datum, by string, a *arguments) object {
	prefix, _ := d.Prefix()
	// The separator may begin in the known part and end in the unknown one.
	words := strings.Split(prefix, by)
	if len(by) > 1 {
		words = words[:1]
		if !strings.Contains(prefix, by) {
			words = words[:0]
		} else {
			words = []string{prefix[:strings.Index(prefix, by)]}
		}
	} else {
		words = words[:len(words)-1]
	}
	reason := in.reason(d)
	c := &content{open: true, reason: reason}
	for _, w := range words {
		c.entries = append(c.entries, entry{obj: datum{value.OfString(w).From(a.at)}})
	}
	c.entries = append(c.entries, entry{obj: unknown(reason).at(a.at)})
	p := &place{kind: listPlace, span: a.at, header: a.at}
	in.st.setContent(p, c)
	return p
}

// joinText evaluates sep.join(list).
func (in *interp) joinText(sep datum, a *arguments) object {
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		reason, inOrder := in.reason(os[0]), in.ordered(os[0])
		items, complete := in.elements(os[0])
		if !complete || !inOrder {
			return unknown(cmp.Or(reason, "it is joined when the script runs")).at(a.at)
		}
		in.charge(len(items))
		var parts []value.Value
		for _, item := range items {
			o := narrow(item.obj, in.st.path)
			if c, several := o.(*choice); several {
				if !certain([]entry{{obj: c}}) {
					return unknown(in.reasonOr(o, "it is joined when the script runs")).at(a.at)
				}
			}
			if len(parts) > 0 {
				parts = append(parts, sep.Value)
			}
			part := in.part(o)
			if d, isDatum := o.(datum); isDatum && d.Kind() == value.KindScalar && !isText(d) {
				return unknown("it is joined when the script runs").at(a.at) // it raises
			}
			parts = append(parts, part)
		}
		return datum{in.textOf(parts).From(a.at)}
	})
}

// octetsMethod evaluates a method of bytes.
func octetsMethod(o octets, name string, a *arguments) object {
	if name != "decode" {
		return nil
	}
	if len(a.positional) > 0 {
		if enc, ok := textIn(a.positional[0].obj); !ok || enc != "utf-8" && enc != "utf8" && enc != "ascii" {
			return nil
		}
	}
	if !utf8.ValidString(o.s) || len(a.keywords) > 0 {
		return nil
	}
	return datum{value.OfString(o.s).From(a.at)}
}
