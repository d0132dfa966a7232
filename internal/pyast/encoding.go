package pyast

import (
	"strings"
)

// encoding is what the parser must know of a source encoding. Bytes below 0x80
// are ASCII in all of them but encUnsafe, so tokens and positions do not depend
// on it, only the values of names and strings.
type encoding uint8

const (
	encUTF8 encoding = iota
	encLatin1
	encLatin9
	encWindows1252
	encOther  // ASCII-compatible, but not decoded here
	encUnsafe // a byte below 0x80 may be part of a character
)

// sourceEncoding finds the PEP 263 cookie in the first two lines.
func sourceEncoding(src string) (string, encoding) {
	for range 2 {
		n := strings.IndexAny(src, "\r\n")
		line := src
		if n >= 0 {
			line = src[:n]
		}
		if name := cookie(line); name != "" {
			return encodingOf(name)
		}
		text := strings.TrimLeft(line, " \t\f")
		if n < 0 || text != "" && text[0] != '#' {
			break
		}
		src = src[n+newlineLen(src, n):]
	}
	return "utf-8", encUTF8
}

// cookie is the encoding named by a comment line, "" if it names none.
func cookie(line string) string {
	line = strings.TrimLeft(line, " \t\f")
	if !strings.HasPrefix(line, "#") {
		return ""
	}
	for {
		i := strings.Index(line, "coding")
		if i < 0 {
			return ""
		}
		line = line[i+len("coding"):]
		if line == "" || line[0] != ':' && line[0] != '=' {
			continue
		}
		name := strings.TrimLeft(line[1:], " \t")
		end := 0
		for end < len(name) && (classOf[name[end]]&cName != 0 && name[end] < 0x80 || name[end] == '-' || name[end] == '.') {
			end++
		}
		if end > 0 {
			return name[:end]
		}
	}
}

// encodingOf normalises a name as CPython's tokenizer and codecs do.
func encodingOf(name string) (string, encoding) {
	n := strings.ReplaceAll(strings.ToLower(name), "_", "-")
	switch {
	case n == "utf-8", strings.HasPrefix(n, "utf-8-"), n == "utf8", n == "u8", n == "ascii", n == "us-ascii":
		return "utf-8", encUTF8
	case n == "latin-1", n == "latin1", n == "iso-8859-1", n == "iso8859-1", n == "l1",
		strings.HasPrefix(n, "latin-1-"), strings.HasPrefix(n, "iso-8859-1-"), strings.HasPrefix(n, "iso-latin-1"):
		return "iso-8859-1", encLatin1
	case n == "iso-8859-15", n == "iso8859-15", n == "latin-9", n == "latin9", n == "l9":
		return "iso-8859-15", encLatin9
	case n == "cp1252", n == "windows-1252":
		return "cp1252", encWindows1252
	}
	for _, safe := range []string{"iso-8859", "iso8859", "cp125", "windows-125", "koi8", "euc", "mac", "latin",
		"cp437", "cp85", "cp86", "tis-620", "gb2312", "l2"} {
		if strings.HasPrefix(n, safe) {
			return n, encOther
		}
	}
	return n, encUnsafe
}

// appendText appends source text as UTF-8 and tells whether it is exact.
func (p *parser) appendText(dst []byte, s string) ([]byte, bool) {
	switch p.enc {
	case encUTF8:
		if p.exact {
			return append(dst, s...), true
		}
		valid := strings.ToValidUTF8(s, "\ufffd")
		return append(dst, valid...), valid == s
	case encOther:
		exact := true
		for _, c := range []byte(s) {
			if c < 0x80 {
				dst = append(dst, c)
				continue
			}
			dst, exact = append(dst, "\ufffd"...), false
		}
		return dst, exact
	default:
	}
	for _, c := range []byte(s) {
		switch {
		case c < 0x80:
			dst = append(dst, c)
		case p.enc == encLatin9 && latin9[c] != 0:
			dst = append(dst, string(latin9[c])...)
		case p.enc == encWindows1252 && c < 0xa0:
			dst = append(dst, string(windows1252[c-0x80])...)
		default:
			dst = append(dst, string(rune(c))...)
		}
	}
	return dst, true
}

// latin9 is where ISO 8859-15 differs from Latin-1.
var latin9 = map[byte]rune{0xa4: '€', 0xa6: 'Š', 0xa8: 'š', 0xb4: 'Ž', 0xb8: 'ž', 0xbc: 'Œ', 0xbd: 'œ', 0xbe: 'Ÿ'}

// windows1252 is where Windows-1252 differs from Latin-1, from 0x80 on.
var windows1252 = [32]rune{
	'€', 0xfffd, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0xfffd, 'Ž', 0xfffd,
	0xfffd, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0xfffd, 'ž', 'Ÿ',
}
