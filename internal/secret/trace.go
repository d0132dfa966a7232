package secret

import (
	"crypto/md5" // kept out of what is printed, protects nothing
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	neturl "net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Programs cut credentials, turn them and encode them, and what comes of that is quoted by messages as any other value.

// traceLength is how long a part of a credential is that gives it away.
const traceLength = 8

// maxTraces bounds the parts that are held; credentials of a run beyond it are known as a whole only.
const maxTraces = 1 << 20

// traces are the parts of credentials, in lower case, by their bytes. The filter says of most texts that they are none.
type traces struct {
	parts  map[uint64]struct{}
	filter []uint64
}

const filterBits = 20

func filterAt(part uint64) uint64 { return part * 0x9E3779B97F4A7C15 >> (64 - filterBits) }

// add takes over all parts of a text.
func (t *traces) add(text string) {
	if len(text) < traceLength || len(t.parts)+len(text) > maxTraces {
		return
	}
	if t.parts == nil {
		t.parts = map[uint64]struct{}{}
		t.filter = make([]uint64, 1<<filterBits/64)
	}
	part := uint64(0)
	for i := range len(text) {
		part = part<<8 | uint64(lower(text[i]))
		if i >= traceLength-1 {
			t.parts[part] = struct{}{}
			at := filterAt(part)
			t.filter[at/64] |= 1 << (at % 64)
		}
	}
}

// find returns the runs of a text that are parts of credentials. Words that a credential has in it are said of other things, too.
func (t *traces) find(text string) []Found {
	if t.parts == nil {
		return nil
	}
	var found []Found
	part, start, end := uint64(0), -1, -1
	flush := func() {
		if start >= 0 && !ordinary(text[start:end]) {
			for start > 0 && !utf8.RuneStart(text[start]) {
				start--
			}
			for end < len(text) && !utf8.RuneStart(text[end]) {
				end++
			}
			found = append(found, Found{Credential, start, end})
		}
		start = -1
	}
	for i := range len(text) {
		part = part<<8 | uint64(lower(text[i]))
		if at := filterAt(part); i < traceLength-1 || t.filter[at/64]&(1<<(at%64)) == 0 {
			continue
		}
		if _, known := t.parts[part]; !known {
			continue
		}
		if start >= 0 && i-traceLength+1 > end {
			flush()
		}
		if start < 0 {
			start = i - traceLength + 1
		}
		end = i + 1
	}
	flush()
	return found
}

// ordinary reports whether a text is words as people write them: in one case, or with a capital first, and with no digit in them.
func ordinary(text string) bool {
	if !wordy(text) {
		return false
	}
	return !slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-_./:, ", r) }), func(w string) bool {
		if strings.Trim(w, digitsOnly) == "" {
			return false
		}
		return strings.ContainsAny(w, digitsOnly) || w != strings.ToUpper(w) && w[1:] != strings.ToLower(w[1:])
	})
}

const digitsOnly = "0123456789"

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// encodings returns what functions make of a text that holds all of it: where a text is one of several that are encoded as one,
// base64 has three ways for it.
func encodings(text string) []string {
	out := []string{reversed(text), fmt.Sprintf("%x", text), neturl.QueryEscape(text)}
	for shift := range 3 {
		code := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + text))
		code = strings.TrimRight(code, "=")
		// Some bits of the first and the last character are those of what stands around.
		code = code[min(len(code), shift*4/3+min(shift, 1)):]
		out = append(out, code, strings.NewReplacer("+", "-", "/", "_").Replace(code))
	}
	return out
}

// hashes returns what hash functions make of a text, in hexadecimal.
func hashes(text string) []string {
	b := []byte(text)
	md, sha1, sha256, sha512 := md5.Sum(b), sha1.Sum(b), sha256.Sum256(b), sha512.Sum512(b)
	var out []string
	for _, sum := range [][]byte{md[:], sha1[:], sha256[:], sha512[:]} {
		out = append(out, fmt.Sprintf("%x", sum), strings.TrimRight(base64.StdEncoding.EncodeToString(sum), "="))
	}
	return out
}

func reversed(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}

// own returns a credential without the beginning that all of its form have.
func own(text string) string {
	if text == "" || text[0] >= byte(len(forms)) {
		return text
	}
	for _, f := range forms[text[0]] {
		if strings.HasPrefix(text, f.prefix) {
			return text[len(f.prefix):]
		}
	}
	return text
}
