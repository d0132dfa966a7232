package secret

import (
	"strings"
	"unicode/utf8"
)

// A class is what a byte of a text may mean to those who look for credentials in it. Whole repositories are looked through, so
// that of most bytes nothing more is asked.
type class uint8

const (
	word  class = 1 << iota // part of a word
	opens                   // begins a known form
	rare                    // the rarest letter of a word for a secret
)

var classes = classify()

func classify() *[1 << 8]class {
	var table [1 << 8]class
	for i := range table {
		c := byte(i)
		if c == '_' || alphanumeric.has(c) {
			table[i] |= word
		}
		if c < utf8.RuneSelf && forms[c] != nil || strings.IndexByte("-:eL", c) >= 0 {
			table[i] |= opens
		}
		if c < utf8.RuneSelf && strings.IndexByte("kwpcu", c|0x20) >= 0 && alphanumeric.has(c) {
			table[i] |= rare
		}
	}
	for _, f := range keyed {
		table[f.prefix[0]] |= opens
	}
	return &table
}

// scan returns the credentials of a known form within a text, and, where asked, the values that stand beside a name which says
// that they are secret, in whatever language: NAME=value, "name": "value", name = "value", --name value, {"Name": "NAME",
// "Value": "value"}, and the default of a variable or parameter.
func scan(text string, names bool) []Found {
	var found []Found
	table := classes
	formed, named := 0, 0 // how far either has come
	before := class(0)
	for i := 0; i < len(text); i++ {
		c := table[text[i]]
		if c&opens != 0 && (before&word == 0 || c&word == 0 || text[i-1] != '_' && i > 1 && text[i-2] == '\\') && i >= formed {
			if f, ok := formAt(text, i); ok {
				found = append(found, f)
				formed = max(i, f.End)
			}
		}
		if text[i] == ':' {
			if n := image(text[i:]); n > 0 {
				i, before = i+n-1, 0
				continue
			}
		}
		before = c
		if c&rare == 0 || !names {
			continue
		}
		if at := markAt(text, i); at >= named {
			start, end := nameAround(text, at)
			named = max(i+1, end)
			if kind, _ := says(text[start:end]); kind == "" {
				continue
			}
			if f, ok := valueOf(text, start, end); ok {
				found = append(found, f)
				// What a document says of a variable may hold another.
				named = max(end, f.Start)
			}
		}
	}
	return found
}

// image returns the length of a picture in base64 that is a member of JSON, as most of a notebook is; 0 where there is none.
func image(text string) int {
	const member = `: "`
	if !strings.HasPrefix(text, member) || !strings.HasPrefix(text[len(member):], "iVBOR") && !strings.HasPrefix(text[len(member):], "/9j/") {
		return 0
	}
	return len(member) + max(strings.IndexByte(text[len(member):], '"'), 0)
}

// markAt returns where the word for a secret begins whose rarest letter stands at an offset; less than 0 where there is none.
func markAt(text string, i int) int {
	is := func(back int, w string) bool {
		at := i - back
		if at < 0 || len(text)-at < len(w) {
			return false
		}
		for k := range len(w) {
			if text[at+k]|0x20 != w[k] {
				return false
			}
		}
		return true
	}
	switch text[i] | 0x20 {
	case 'k':
		if is(2, "toke") {
			return i - 2
		}
		if is(0, "key") {
			return i
		}
	case 'w':
		if is(1, "pwd") {
			return i - 1
		}
	case 'p':
		if is(0, "pass") || is(0, "priv") {
			return i
		}
		if is(1, "api") {
			return i - 1
		}
	case 'c':
		if is(2, "secr") {
			return i - 2
		}
		if is(0, "cred") || is(0, "conn") {
			return i
		}
		if is(1, "acce") {
			return i - 1
		}
	case 'u':
		if is(1, "auth") {
			return i - 1
		}
	}
	return -1
}
