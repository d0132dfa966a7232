package secret

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Vault holds the credentials of a run, to keep them out of what the run prints, wherever they turn up: a value that one line
// calls a password is quoted by another that doesn't. The zero Vault is ready to use. Several goroutines may add to it; whoever
// masks does so when it holds all.
type Vault struct {
	mu sync.Mutex
	// by are the texts to mask by their first bytes, the longest first; begin says which two bytes any of them begins with.
	by    map[string][]string
	begin [1 << 16 / 64]uint64
	// parts are what is left of credentials that programs cut or encode.
	parts traces
	// in are the credentials of files, by path.
	in map[string][]Found
}

// window is how many bytes of a credential are compared first; no credential is shorter.
const window = leastInURL

// Keep adds the credentials within a text that has a name.
func (v *Vault) Keep(name, text string) {
	for _, f := range In(name, text) {
		v.add(text[f.Start:f.End])
	}
}

// Learn adds the credentials that a file of source spells. A document within a file has no path.
func (v *Vault) Learn(path, content string) {
	found := Find(content)
	for _, f := range found {
		v.add(content[f.Start:f.End])
	}
	if path == "" {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.in == nil {
		v.in = map[string][]Found{}
	}
	v.in[path] = found
}

// Of returns the credentials that a file spells, and whether it has been learned.
func (v *Vault) Of(path string) (found []Found, learned bool) {
	if v == nil {
		return nil, false
	}
	found, learned = v.in[path]
	return found, learned
}

// add takes over one credential, and the ways in which messages spell it.
func (v *Vault) add(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, known := slices.BinarySearchFunc(v.by[text[:min(window, len(text))]], text, longestFirst); known {
		return
	}
	v.spell(text)
	v.trace(text)
	quoted := strconv.Quote(text)
	v.spell(quoted[1 : len(quoted)-1])
	if b, err := json.Marshal(text); err == nil {
		v.spell(string(b[1 : len(b)-1]))
	}
	if plain, err := strconv.Unquote(`"` + text + `"`); err == nil && plain != text {
		v.spell(plain)
	}
	if lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }); len(lines) > 1 {
		for _, line := range lines {
			if line = strings.TrimSpace(line); random(line) {
				v.spell(line)
			}
		}
	}
}

// trace adds what functions make of a credential. Their results are known as a whole, so that even those of words are.
func (v *Vault) trace(text string) {
	v.parts.add(own(text))
	v.spell(strings.ToUpper(text))
	v.spell(strings.ToLower(text))
	if len(text) > mostTraced || len(v.parts.parts) > maxTraces/2 {
		return
	}
	for _, code := range encodings(text) {
		v.spell(code)
		v.parts.add(code)
	}
	for _, hash := range hashes(text) {
		v.spell(hash)
	}
}

// mostTraced is the length of the longest credential that is encoded.
const mostTraced = mostLength

// longestFirst orders texts by their length, longest first.
func longestFirst(a, b string) int {
	if len(a) != len(b) {
		return len(b) - len(a)
	}
	return strings.Compare(a, b)
}

func (v *Vault) spell(text string) {
	if len(text) < window {
		return
	}
	if v.by == nil {
		v.by = map[string][]string{}
	}
	pair := int(text[0])<<8 | int(text[1])
	v.begin[pair/64] |= 1 << (pair % 64)
	head := text[:window]
	same := v.by[head]
	i, known := slices.BinarySearchFunc(same, text, longestFirst)
	if !known {
		v.by[head] = slices.Insert(same, i, text)
	}
}

// Mask returns a text with every credential in it that the vault knows, or that the text itself gives away, replaced by as many
// asterisks.
func (v *Vault) Mask(text string) string { return blank(text, v.Find(text)) }

// Find returns the credentials within a text that the vault knows, or that the text itself gives away.
func (v *Vault) Find(text string) []Found {
	if v == nil {
		return Find(text)
	}
	return Joined(append(Find(text), v.Known(text)...))
}

// Known returns the credentials within a text that the vault knows.
func (v *Vault) Known(text string) []Found {
	if v == nil || len(v.by) == 0 {
		return nil
	}
	found := v.parts.find(text)
	for i := 0; i+window <= len(text); i++ {
		if pair := int(text[i])<<8 | int(text[i+1]); v.begin[pair/64]&(1<<(pair%64)) == 0 {
			continue
		}
		same := v.by[text[i:i+window]]
		if same == nil {
			continue
		}
		if n := longest(same, text, i); n > 0 {
			found = append(found, Found{Credential, i, i + n})
			i += n - 1
		}
	}
	return Joined(found)
}

// longest returns the length of the longest known credential that begins at an offset, or of the beginning of one that a
// message cuts short; 0 where there is none.
func longest(known []string, text string, at int) int {
	rest := text[at:]
	for _, k := range known {
		if strings.HasPrefix(rest, k) && apart(text, at, at+len(k)) {
			return len(k)
		}
		n := 0
		for n < len(k) && n < len(rest) && k[n] == rest[n] {
			n++
		}
		if n < len(k) && n >= leastLength && (strings.HasPrefix(rest[n:], "…") || strings.HasPrefix(rest[n:], "...")) {
			return n
		}
	}
	return 0
}

// certainLength is the length from which a credential is found within words too.
const certainLength = 16

// apart reports whether a short credential stands by itself, and not in the middle of a word that has the same letters.
func apart(text string, start, end int) bool {
	if end-start >= certainLength {
		return true
	}
	return (start == 0 || !alphanumeric.has(text[start-1]) || !alphanumeric.has(text[start]) || startsWord(text, start)) &&
		(end == len(text) || !alphanumeric.has(text[end]) || !alphanumeric.has(text[end-1]))
}
