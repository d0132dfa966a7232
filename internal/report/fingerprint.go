package report

import (
	"strconv"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/finding"
)

// Fingerprint returns the identity of a finding over time, "vpclint/v1". SARIF, JSON and the baseline share it.
func Fingerprint(f finding.Finding) string {
	return finding.Fingerprint(f.Rule, f.Unit, f.Subject, f.Property)
}

const (
	hashWindow = 100   // code units that a line's hash looks at
	hashBase   = 37    // of the polynomial
	hashEnd    = 65535 // stands at the end of the file
)

// LineHashes returns the primaryLocationLineHash of every line, as GitHub computes it when a SARIF file is uploaded by
// its action: there, a different value is a warning on every upload; uploads through the API compute none, and a missing
// one makes duplicates. The hash of a line is that of the 100 code units that begin with it, blanks left out, and a
// count tells equal ones apart.
//
// The algorithm is fixed by https://github.com/github/codeql-action, src/fingerprints.ts.
func LineHashes(content []byte) []string {
	units, lines := hashUnits(content)
	window := uint64(1)
	for range hashWindow {
		window *= hashBase
	}
	at := func(i int) uint64 {
		if i < len(units) {
			return uint64(units[i])
		}
		return 0
	}
	var sum uint64
	for i := range hashWindow {
		sum = sum*hashBase + at(i)
	}
	hashes := make([]string, 0, len(lines))
	seen := make(map[uint64]int, len(lines))
	from := 0
	for _, line := range lines {
		for ; from < line; from++ {
			sum = sum*hashBase + at(from+hashWindow) - window*at(from)
		}
		seen[sum]++
		hashes = append(hashes, strconv.FormatUint(sum, 16)+":"+strconv.Itoa(seen[sum]))
	}
	return hashes
}

// hashUnits returns the UTF-16 code units that count, and the index of each line's first: blanks are left out, and every
// line end is one LF, but where blanks stand between CR and LF, which then are two.
func hashUnits(content []byte) (units []uint16, lines []int) {
	units = make([]uint16, 0, len(content)+1)
	lines = append(lines, 0)
	afterCR := false
	for i := 0; i < len(content); {
		c := content[i]
		if c >= utf8.RuneSelf {
			r, n := decodeRune(content[i:])
			i += n
			afterCR = false
			if r > 0xFFFF {
				r -= 0x10000
				units = append(units, uint16(0xD800+r>>10), uint16(0xDC00+r&0x3FF))
			} else {
				units = append(units, uint16(r))
			}
			continue
		}
		i++
		wasCR := afterCR
		afterCR = c == '\r'
		switch {
		case c == ' ' || c == '\t' || c == '\n' && wasCR:
		case c == '\r' || c == '\n':
			units = append(units, '\n')
			lines = append(lines, len(units))
		default:
			units = append(units, uint16(c))
		}
	}
	return append(units, hashEnd), lines
}

// decodeRune is utf8.DecodeRune, but replaces a truncated character as a whole, as JavaScript's decoder does.
func decodeRune(b []byte) (rune, int) {
	r, n := utf8.DecodeRune(b)
	if r != utf8.RuneError || n != 1 {
		return r, n
	}
	length := 0
	switch c := b[0]; {
	case c >= 0xC2 && c <= 0xDF:
		length = 2
	case c >= 0xE0 && c <= 0xEF:
		length = 3
	case c >= 0xF0 && c <= 0xF4:
		length = 4
	}
	for n < length && n < len(b) && b[n]&0xC0 == 0x80 && (n > 1 || secondByteFits(b[0], b[1])) {
		n++
	}
	return r, n
}

// secondByteFits reports whether a character that begins with first can go on with second: overlong forms, surrogates
// and what lies past U+10FFFF can't.
func secondByteFits(first, second byte) bool {
	switch first {
	case 0xE0:
		return second >= 0xA0
	case 0xED:
		return second <= 0x9F
	case 0xF0:
		return second >= 0x90
	case 0xF4:
		return second <= 0x8F
	}
	return true
}
