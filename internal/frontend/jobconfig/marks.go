package jobconfig

import "bytes"

// Words are looked for in a text all at once, in one pass that looks at every sixth byte or so: a repository's data files are
// large, and all of them come by here. It is Wu and Manber's algorithm: the last two bytes of a window as long as the
// shortest word say how far the window can move without missing a word, and which words may begin where it doesn't.
type words struct {
	all    []string
	window int
	shift  [hashes]uint8
	// first is the first word whose window ends with a pair, next the one after each word; both count from 1.
	first [hashes]uint16
	next  []uint16
}

// hashes is how many pairs of bytes are told apart.
const hashes = 1 << 12

func newWords(all []string) *words {
	w := &words{all: all, next: make([]uint16, len(all)+1)}
	if len(all) == 0 {
		return w
	}
	w.window = len(all[0])
	for _, word := range all {
		w.window = min(w.window, len(word))
	}
	if w.window < 2 || w.window > 255 {
		return w
	}
	for i := range w.shift {
		w.shift[i] = uint8(w.window - 1)
	}
	for i, word := range all {
		for j := 1; j < w.window; j++ {
			h := pair(word[j-1], word[j])
			w.shift[h] = min(w.shift[h], uint8(w.window-1-j))
		}
		end := pair(word[w.window-2], word[w.window-1])
		w.next[i+1], w.first[end] = w.first[end], uint16(i+1)
	}
	return w
}

// in reports whether a text holds one of the words.
func (w *words) in(content []byte) bool {
	if w.window < 2 || w.window > 255 {
		return w.inSlowly(content)
	}
	for end := w.window - 1; end < len(content); {
		h := pair(content[end-1], content[end])
		if s := w.shift[h]; s > 0 {
			end += int(s)
			continue
		}
		at := content[end-w.window+1:]
		for i := w.first[h]; i > 0; i = w.next[i] {
			if word := w.all[i-1]; len(at) >= len(word) && string(at[:len(word)]) == word {
				return true
			}
		}
		end++
	}
	return false
}

// pair hashes two bytes. Two pairs of one hash share the smaller shift, which is slower and never wrong.
func pair(a, b byte) uint16 { return (uint16(a)<<6 ^ uint16(b)) & (hashes - 1) }

func (w *words) inSlowly(content []byte) bool {
	for _, word := range w.all {
		if bytes.Contains(content, []byte(word)) {
			return true
		}
	}
	return false
}
