package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape makes text from scanned files safe to print on one line: control characters (a terminal obeys them), line
// breaks (a CI runner obeys lines that begin with "::"), invisible and direction-changing characters (they make text
// read otherwise than it is) and bytes that are no UTF-8 become visible escapes.
func Escape(text string) string {
	if isPlain(text) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch shown := escapeRune(r, text[i:i+n]); {
		case shown != "":
			b.WriteString(shown)
		case ordersAt(text, i):
			b.WriteString(escapedHash)
		default:
			b.WriteString(text[i : i+n])
		}
		i += n
	}
	return b.String()
}

// EscapeStart is Escape for what begins a line, but for blanks: GitHub's runner obeys one that begins with "::".
func EscapeStart(text string) string {
	text = Escape(text)
	if rest := strings.TrimLeftFunc(text, unicode.IsSpace); strings.HasPrefix(rest, "::") {
		return text[:len(text)-len(rest)] + `\x3a` + rest[1:]
	}
	return text
}

// escapedHash is how a "#" is shown that would make a command.
const escapedHash = `\x23`

// ordersAt reports whether the byte at i is the second "#" of what a CI runner obeys wherever on a line it stands: "##[command]"
// (GitHub's, actions/runner, src/Runner.Common/ActionCommand.cs), "##vso[" (Azure Pipelines') and "##teamcity[".
func ordersAt[T string | []byte](line T, i int) bool {
	if line[i] != '#' || i == 0 || line[i-1] != '#' {
		return false
	}
	rest := string(line[i+1 : min(len(line), i+1+len("teamcity["))])
	return strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "vso[") || strings.HasPrefix(rest, "teamcity[")
}

func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7F || c == '#' && ordersAt(text, i) {
			return false
		}
	}
	return true
}

// escapeRune returns the visible form of a rune that must not be printed as it is, or "". raw are its bytes.
func escapeRune(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case r == '\t':
		return `\t`
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r < 0x80 && unicode.IsControl(r):
		return fmt.Sprintf(`\x%02x`, r)
	case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
		return "" // scripts and emoji need them
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
		if r > 0xFFFF {
			return fmt.Sprintf(`\U%08x`, r)
		}
		return fmt.Sprintf(`\u%04x`, r)
	}
	return ""
}

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)
