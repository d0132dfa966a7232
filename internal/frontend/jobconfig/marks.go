package jobconfig

import "bytes"

// holdsOne reports whether content holds one of the words, in one pass that looks at every sixth byte or so: a
// repository's data files are large, and all of them come by here. It is Wu and Manber's algorithm: the last two bytes of a
// window as long as the shortest word say how far the window can move without missing a word.
func holdsOne(content []byte, words []string) bool {
	if len(words) == 0 {
		return false
	}
	window := len(words[0])
	for _, w := range words {
		window = min(window, len(w))
	}
	if window < 2 || window > 255 {
		return holdsOneSlowly(content, words)
	}
	var shift [1 << 12]uint8
	for i := range shift {
		shift[i] = uint8(window - 1)
	}
	for _, w := range words {
		for j := 1; j < window; j++ {
			h := pair(w[j-1], w[j])
			shift[h] = min(shift[h], uint8(window-1-j))
		}
	}
	for end := window - 1; end < len(content); {
		if s := shift[pair(content[end-1], content[end])]; s > 0 {
			end += int(s)
			continue
		}
		at := content[end-window+1:]
		for _, w := range words {
			if len(at) >= len(w) && string(at[:len(w)]) == w {
				return true
			}
		}
		end++
	}
	return false
}

// pair hashes two bytes. Two pairs of one hash share the smaller shift, which is slower and never wrong.
func pair(a, b byte) uint16 { return (uint16(a)<<6 ^ uint16(b)) & (1<<12 - 1) }

func holdsOneSlowly(content []byte, words []string) bool {
	for _, w := range words {
		if bytes.Contains(content, []byte(w)) {
			return true
		}
	}
	return false
}
