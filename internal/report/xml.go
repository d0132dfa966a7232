package report

import (
	"encoding/xml"
	"io"
	"strings"
)

// writeXML writes a document.
func writeXML(w io.Writer, document any) error {
	out, err := xml.MarshalIndent(document, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(out)+"\n")
	return err
}

// xmlText returns text with nothing that XML 1.0 has no way to say: control characters are visible escapes by then, and what
// isn't a character becomes U+FFFD. Line breaks stay.
func xmlText(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.Map(func(r rune) rune {
			if r == 0xFFFE || r == 0xFFFF {
				return 0xFFFD
			}
			return r
		}, Escape(line))
	}
	return strings.Join(lines, "\n")
}
