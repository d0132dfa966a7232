package jobconfig

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
)

// A file is filled in where a placeholder stands outside quotes, each for a value or for a member, and nowhere else.
func TestGaps(t *testing.T) {
	for _, row := range []struct{ content, want string }{
		{`{"a": ${x}, "b": [{{ y }}, <z>, $Z]}`, `{"a": "${x}", "b": ["{{ y }}", "<z>", "$Z"]}`},
		{`{"a": %(x)s, "b": @y@, "c": {% z %}}`, `{"a": "%(x)s", "b": "@y@", "c": "{% z %}"}`},
		{`{${x}, "a": 1, {{ y }}}`, `{"${x}": "", "a": 1, "{{ y }}": ""}`},
		{`[${x}]`, `["${x}"]`},
		{`{"a": "${x}", "b": "\"{{ y }}\""}`, ""},
		{`{"a": {"b": {"c": 1}}}`, ""},
		{`{"a": ${` + strings.Repeat("x", maxPlaceholder) + `}}`, ""},
		{strings.Repeat("${x},", maxGaps+1), ""},
		{strings.Repeat("{{", 100), ""},
	} {
		got := ""
		if f := filled(source.NewFile("a.json", []byte(row.content))); f != nil {
			got = string(f.Bytes)
		}
		if got != row.want {
			t.Errorf("%.80s\n got %.80s\nwant %.80s", row.content, got, row.want)
		}
	}
}
