package pyast

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// A shape is how the bytes of a source encoding make up characters, as far as tokens depend on it. Positions never do.
type shape uint8

const (
	utf8Shape shape = iota
	// oneByte: bytes below 0x80 are ASCII, and a byte from there on is a character or part of one.
	oneByte
	// twoByte: a byte below 0x80 may be the second half of a character.
	twoByte
	// unreadable: a quote may be anything, or CPython knows no such encoding.
	unreadable
)

// charset is what the parser must know of a source encoding.
type charset struct {
	name  string
	shape shape
	// chars are the characters of a single-byte encoding. Without them names are told apart and strings are inexact: the
	// tables of Asia's encodings are megabytes that no configuration value needs.
	chars *charmap.Charmap
}

// sourceCharset finds the PEP 263 cookie in the first two lines.
func sourceCharset(src string) charset {
	for range 2 {
		n := strings.IndexAny(src, "\r\n")
		line := src
		if n >= 0 {
			line = src[:n]
		}
		if name := cookie(line); name != "" {
			return charsetOf(name)
		}
		text := strings.TrimLeft(line, " \t\f")
		if n < 0 || text != "" && text[0] != '#' {
			break
		}
		src = src[n+newlineLen(src, n):]
	}
	return charset{name: "utf-8"}
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

// charsetOf knows CPython's names and aliases, whatever punctuation parts their words.
func charsetOf(name string) charset {
	name = strings.ToLower(name)
	if len(name) > 5 && (strings.HasPrefix(name, "utf-8-") || strings.HasPrefix(name, "utf_8_")) {
		return charset{name: "utf-8"} // Emacs's utf-8-unix, which the tokenizer knows
	}
	for _, latin := range []string{"latin-1-", "iso-8859-1-", "iso-latin-1-"} {
		if strings.HasPrefix(strings.ReplaceAll(name, "_", "-"), latin) {
			name = "latin-1"
		}
	}
	key := strings.NewReplacer("-", "", "_", "", ".", "").Replace(name)
	switch key {
	case "utf8", "u8", "utf", "utf8ucs2", "utf8ucs4", "cp65001",
		"ascii", "646", "ansix341968", "ansix341986", "cp367", "csascii", "ibm367", "iso646us", "iso646irv1991", "isoir6", "us", "usascii":
		return charset{name: "utf-8"}
	}
	codec := codecOf(key)
	if chars := charmaps[codec]; chars != nil {
		return charset{codec, oneByte, chars}
	}
	switch codec {
	case "cp737", "cp775", "cp857", "cp861", "cp864", "cp869", "cp1125", "iso8859-11", "tis620", "hproman8", "kz1048",
		"ptcp154", "koi8t", "koi8u", "macgreek", "maciceland", "maclatin2", "macturkish", "maccroatian", "macromanian", "macfarsi", "macarabic",
		"palmos", "cp720", "cp856", "cp1006",
		"eucjp", "eucjis2004", "eucjisx0213", "euckr", "gb2312":
		return charset{name: codec, shape: oneByte}
	case "shiftjis", "shiftjis2004", "shiftjisx0213", "cp932", "big5", "big5hkscs", "cp950", "gbk", "gb18030", "cp949", "johab":
		return charset{name: codec, shape: twoByte}
	}
	return charset{name: name, shape: unreadable}
}

// codecOf takes the aliases of CPython's table for the codec that they stand for, without its punctuation.
func codecOf(key string) string {
	if codec, ok := codecAliases[key]; ok {
		return codec
	}
	if rest, ok := strings.CutPrefix(key, "cs"); ok {
		key = rest
	}
	digits := strings.TrimLeft(key, "abcdefghijklmnopqrstuvwxyz")
	switch word := key[:len(key)-len(digits)]; word {
	case "", "ibm", "windows", "ms", "cp":
		if digits != "" {
			return "cp" + digits
		}
	case "iso":
		if part, ok := strings.CutPrefix(digits, "8859"); ok {
			return "iso8859-" + part
		}
	case "latin", "l", "isolatin":
		if part := latinParts[digits]; part != "" {
			return "iso8859-" + part
		}
	}
	return key
}

// latinParts are the parts of ISO 8859 by the number of their Latin alphabet.
var latinParts = map[string]string{
	"": "1", "1": "1", "2": "2", "3": "3", "4": "4", "5": "9", "6": "10", "7": "13", "8": "14", "9": "15", "10": "16",
}

// codecAliases are CPython's aliases that follow no pattern.
var codecAliases = map[string]string{
	"8859": "iso8859-1", "iso8859": "iso8859-1", "cp819": "iso8859-1", "ibm819": "iso8859-1", "isoir100": "iso8859-1",
	"cyrillic": "iso8859-5", "arabic": "iso8859-6", "greek": "iso8859-7", "hebrew": "iso8859-8", "thai": "iso8859-11",
	"cskoi8r": "koi8r", "macintosh": "macroman", "maccentraleurope": "maclatin2", "maccenteuro": "maclatin2",
	"ruscii": "cp1125", "cp866u": "cp1125", "roman8": "hproman8", "rk1048": "kz1048", "pt154": "ptcp154", "cp154": "ptcp154",
	"ujis": "eucjp", "korean": "euckr", "ksc5601": "euckr", "ksc56011987": "euckr", "ksx1001": "euckr",
	"chinese": "gb2312", "euccn": "gb2312", "eucgb2312cn": "gb2312", "gb23121980": "gb2312", "gb231280": "gb2312",
	"sjis": "shiftjis", "csshiftjis": "shiftjis", "sjis2004": "shiftjis2004", "sjisx0213": "shiftjisx0213",
	"mskanji": "cp932", "windows31j": "cp932", "big5tw": "big5", "csbig5": "big5", "hkscs": "big5hkscs", "uhc": "cp949",
	"936": "gbk", "cp936": "gbk", "ms936": "gbk", "gb180302000": "gb18030", "cp1361": "johab", "ms1361": "johab",
}

var charmaps = map[string]*charmap.Charmap{
	"cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp852": charmap.CodePage852, "cp855": charmap.CodePage855,
	"cp858": charmap.CodePage858, "cp860": charmap.CodePage860, "cp862": charmap.CodePage862, "cp863": charmap.CodePage863,
	"cp865": charmap.CodePage865, "cp866": charmap.CodePage866, "cp874": charmap.Windows874, "cp1250": charmap.Windows1250,
	"cp1251": charmap.Windows1251, "cp1252": charmap.Windows1252, "cp1253": charmap.Windows1253, "cp1254": charmap.Windows1254,
	"cp1255": charmap.Windows1255, "cp1256": charmap.Windows1256, "cp1257": charmap.Windows1257, "cp1258": charmap.Windows1258,
	"iso8859-1": charmap.ISO8859_1, "iso8859-2": charmap.ISO8859_2, "iso8859-3": charmap.ISO8859_3, "iso8859-4": charmap.ISO8859_4,
	"iso8859-5": charmap.ISO8859_5, "iso8859-6": charmap.ISO8859_6, "iso8859-7": charmap.ISO8859_7, "iso8859-8": charmap.ISO8859_8,
	"iso8859-9": charmap.ISO8859_9, "iso8859-10": charmap.ISO8859_10, "iso8859-13": charmap.ISO8859_13,
	"iso8859-14": charmap.ISO8859_14, "iso8859-15": charmap.ISO8859_15, "iso8859-16": charmap.ISO8859_16,
	"koi8r": charmap.KOI8R, "macroman": charmap.Macintosh, "maccyrillic": charmap.MacintoshCyrillic,
}

// maskHalves sets the top bit of every byte that is the later part of a character, so that none is taken for an operator or
// a backslash. The encodings agree enough on what a first byte is, but for Shift JIS, whose katakana are single bytes.
func maskHalves(src []byte, codec string) string {
	out := append([]byte(nil), src...)
	japanese := codec == "cp932" || strings.HasPrefix(codec, "shiftjis")
	for i := 0; i+1 < len(out); i++ {
		c := out[i]
		if c <= 0x80 || c == 0xff || japanese && c >= 0xa0 && c < 0xe0 {
			continue
		}
		i++
		switch next := out[i]; {
		case next >= '0' && next <= '9' && codec == "gb18030" && i+2 < len(out):
			// Four bytes: two halves of a lead and a digit each.
			out[i] |= 0x80
			out[i+2] |= 0x80
			i += 2
		case next >= '1': // johab's lowest; a quote or a line break is none of any
			out[i] |= 0x80
		default:
			i--
		}
	}
	return string(out)
}

// appendText appends source text as UTF-8 and tells whether it is exact.
func (p *parser) appendText(dst []byte, s string) ([]byte, bool) {
	if p.charset.shape == utf8Shape {
		if p.exact {
			return append(dst, s...), true
		}
		valid := strings.ToValidUTF8(s, "\ufffd")
		return append(dst, valid...), valid == s
	}
	exact := true
	for _, c := range []byte(s) {
		switch {
		case c < 0x80:
			dst = append(dst, c)
		case p.charset.chars != nil:
			r := p.charset.chars.DecodeByte(c)
			dst, exact = append(dst, string(r)...), exact && r != '\ufffd'
		default:
			dst, exact = append(dst, "\ufffd"...), false
		}
	}
	return dst, exact
}

// opaqueName spells a name of an encoding whose characters are not known so that it differs from every other: its bytes
// become characters of a private plane.
func opaqueName(s string) string {
	const plane = 0xf0000
	var name strings.Builder
	for _, c := range []byte(s) {
		if c < 0x80 {
			name.WriteByte(c)
		} else {
			name.WriteRune(plane + rune(c))
		}
	}
	return name.String()
}
