package source

import (
	"strings"
	"testing"
)

// What is appended of a document stands where it stands in the host, decoded or not.
func TestAppend(t *testing.T) {
	host := NewFile("ci.yml", []byte(`["echo \"a\"", 'b c']`))
	at := func(s string) int { return strings.Index(string(host.Bytes), s) }
	first := Embed(host, "")
	first.Verbatim(at("echo"), at(`\"a`))
	first.Decoded(`"`, at(`\"a`), at(`\"a`)+2)
	first.Verbatim(at(`a\"`), at(`a\"`)+1)
	first.Decoded(`"`, at(`\"",`), at(`\"",`)+2)
	second := Embed(host, "")
	second.Verbatim(at("b c"), at("b c")+3)
	a, b := first.File(), second.File()

	both := Embed(host, "script")
	both.Append(a, 1, len(a.Bytes))
	both.Decoded("\n", at(","), at(","))
	both.Append(b, 0, 1)
	both.Append(host, 0, 1)
	f := both.File()
	if got, want := string(f.Bytes), "cho \"a\"\nb["; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	for text, want := range map[string]string{"cho": "cho", `"a"`: `\"a\"`, "a": "a", "b": "b", "[": "["} {
		i := strings.Index(string(f.Bytes), text)
		if got := f.Span(i, i+len(text)).Host(); got.Text() != want || got.File != host {
			t.Errorf("%q stands for %q, want %q", text, got.Text(), want)
		}
	}
}
