package discover

import "math/bits"

// A glob is a compiled pattern of git's wildmatch, over bytes and with WM_PATHNAME. It is matched by following all
// states at once, in time proportional to text times pattern, since who writes the pattern need not mean well.
type glob []token

type token struct {
	op  op
	lit byte
	set *set
}

// op is what a token matches.
type op uint8

const (
	never  op = iota // nothing: a pattern that is not well-formed
	one              // the byte lit
	other            // ?: any byte but a slash
	class            // [...]: a byte of set
	star             // *: any bytes but slashes
	deep             // **: any bytes
	levels           // **/: nothing, or what the token after it matches, which is above
	above            // any bytes up to and with a slash
)

// set is a set of bytes.
type set [4]uint64

func (s *set) add(c byte)      { s[c>>6] |= 1 << (c & 63) }
func (s *set) has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

func compile(text string) glob {
	var g glob
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '\\':
			if i+1 == len(text) {
				return append(g, token{op: never})
			}
			g = append(g, token{op: one, lit: text[i+1]})
			i += 2
		case '?':
			g = append(g, token{op: other})
			i++
		case '[':
			members, n := compileClass(text[i:])
			if n == 0 {
				return append(g, token{op: never})
			}
			g = append(g, token{op: class, set: members})
			i += n
		case '*':
			t, n := compileStars(text, i)
			g = append(g, token{op: t})
			if t == levels {
				g = append(g, token{op: above})
			}
			i += n
		default:
			g = append(g, token{op: one, lit: c})
			i++
		}
	}
	return g
}

// compileStars compiles the stars at text[i:] and says how many bytes they are. Two or more mean directories only
// between slashes or the ends; elsewhere they are one star.
func compileStars(text string, i int) (op, int) {
	end := i
	for end < len(text) && text[end] == '*' {
		end++
	}
	opened := i == 0 || text[i-1] == '/'
	switch after := text[end:]; {
	case end-i == 1 || !opened:
		return star, end - i
	case after == "", len(after) > 1 && after[:2] == `\/`:
		return deep, end - i
	case after[0] == '/':
		return levels, end - i + 1
	}
	return star, end - i
}

// compileClass compiles the bracket expression that text begins with and says how many bytes it is, 0 if it is not
// well-formed. It follows wildmatch.c in what a stray - or [ or ] means.
func compileClass(text string) (*set, int) {
	at := func(i int) byte {
		if i < len(text) {
			return text[i]
		}
		return 0
	}
	members, i := &set{}, 1
	negated := at(i) == '!' || at(i) == '^'
	if negated {
		i++
	}
	from := byte(0) // what a range would begin with
	for first := true; first || at(i) != ']'; first = false {
		c := at(i)
		switch {
		case c == 0:
			return nil, 0
		case c == '\\':
			i++
			if c = at(i); c == 0 {
				return nil, 0
			}
			members.add(c)
		case c == '-' && from != 0 && at(i+1) != 0 && at(i+1) != ']':
			i++
			if at(i) == '\\' {
				i++
			}
			to := at(i)
			if to == 0 {
				return nil, 0
			}
			for b := int(from); b <= int(to); b++ {
				members.add(byte(b))
			}
			c = 0
		case c == '[' && at(i+1) == ':':
			end := i + 2
			for at(end) != 0 && at(end) != ']' {
				end++
			}
			if at(end) == 0 {
				return nil, 0
			}
			if end == i+2 || at(end-1) != ':' { // no [:name:], so an ordinary [
				members.add(c)
				break
			}
			if !members.addNamed(text[i+2 : end-1]) {
				return nil, 0
			}
			i, c = end, 0
		default:
			members.add(c)
		}
		from = c
		i++
	}
	if negated {
		for w := range members {
			members[w] = ^members[w]
		}
	}
	members[0] &^= 1 << '/' // never a slash, asked for or not
	return members, i + 1
}

// addNamed adds the ASCII members of a POSIX class, and returns false if there is none of that name.
func (s *set) addNamed(name string) bool {
	lower := func(c byte) bool { return 'a' <= c && c <= 'z' }
	upper := func(c byte) bool { return 'A' <= c && c <= 'Z' }
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	alnum := func(c byte) bool { return lower(c) || upper(c) || digit(c) }
	graph := func(c byte) bool { return '!' <= c && c <= '~' }
	in := map[string]func(byte) bool{
		"alnum":  alnum,
		"alpha":  func(c byte) bool { return lower(c) || upper(c) },
		"blank":  func(c byte) bool { return c == ' ' || c == '\t' },
		"cntrl":  func(c byte) bool { return c < ' ' || c == 0x7f },
		"digit":  digit,
		"graph":  graph,
		"lower":  lower,
		"print":  func(c byte) bool { return c == ' ' || graph(c) },
		"punct":  func(c byte) bool { return graph(c) && !alnum(c) },
		"space":  func(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }, // git's, without \v and \f
		"upper":  upper,
		"xdigit": func(c byte) bool { return digit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' },
	}[name]
	if in == nil {
		return false
	}
	for c := range byte(0x80) {
		if in(c) {
			s.add(c)
		}
	}
	return true
}

// match reports whether the glob matches the whole text.
func (g glob) match(text string) bool {
	var small [2][4]uint64
	words := len(g)/64 + 1
	now, next := small[0][:], small[1][:]
	if words > len(now) {
		now, next = make([]uint64, words), make([]uint64, words)
	}
	now, next = now[:words], next[:words]
	g.enter(now, 0)
	for i := range len(text) {
		clear(next)
		c, alive := text[i], false
		for w, states := range now {
			for ; states != 0; states &= states - 1 {
				s := w<<6 + bits.TrailingZeros64(states)
				if s == len(g) { // the end, and there is text left
					continue
				}
				stay, advance := g[s].step(c)
				if stay {
					g.enter(next, s)
				}
				if advance {
					g.enter(next, s+1)
				}
				alive = alive || stay || advance
			}
		}
		if !alive {
			return false
		}
		now, next = next, now
	}
	return now[len(g)>>6]&(1<<(len(g)&63)) != 0
}

// step says whether a token that stands before the byte c may stand before the next byte too, and whether the token
// that follows it may.
func (t token) step(c byte) (stay, advance bool) {
	switch t.op {
	case one:
		return false, c == t.lit
	case other:
		return false, c != '/'
	case class:
		return false, t.set.has(c)
	case star:
		return c != '/', false
	case deep:
		return true, false
	case above:
		return true, c == '/'
	}
	return false, false
}

// enter adds state s, and the states that may follow it without text.
func (g glob) enter(states []uint64, s int) {
	for {
		if states[s>>6]&(1<<(s&63)) != 0 {
			return
		}
		states[s>>6] |= 1 << (s & 63)
		switch {
		case s == len(g):
			return
		case g[s].op == star, g[s].op == deep:
			s++
		case g[s].op == levels:
			states[(s+1)>>6] |= 1 << ((s + 1) & 63)
			s += 2
		default:
			return
		}
	}
}
