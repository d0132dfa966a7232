package sarif_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/sarif"
)

// TestEncode holds that writing results one by one gives the bytes that writing all at once would.
func TestEncode(t *testing.T) {
	index := 0
	result := sarif.Result{
		RuleID: "a", RuleIndex: &index, Level: sarif.Error, Message: sarif.Text{Text: "<\"results\": []> & more\n"},
		Locations:           []sarif.Location{{Message: &sarif.Text{Text: "x"}}},
		PartialFingerprints: map[string]string{"b": "2", "a": "1"},
	}
	rule := sarif.Rule{ID: "a", Help: sarif.Text{Text: "\"results\": []", Markdown: "`\"results\": []`"}}
	for _, results := range [][]sarif.Result{{}, {result}, {result, result, result}} {
		log := sarif.Log{Schema: sarif.Schema, Version: sarif.Version}
		for range 2 {
			run := sarif.Run{Tool: sarif.Tool{Driver: sarif.Component{Name: "x", Rules: []sarif.Rule{rule}}}, Results: results}
			log.Runs = append(log.Runs, run)
		}
		var got, want bytes.Buffer
		if err := log.Encode(&got); err != nil {
			t.Fatal(err)
		}
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(log); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%d results (-want +got):\n%s", len(results), diff)
		}
	}
}

// TestEncodeNil holds that arrays that readers need are never null.
func TestEncodeNil(t *testing.T) {
	log := sarif.Log{Runs: []sarif.Run{{}}}
	var b bytes.Buffer
	if err := log.Encode(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b.Bytes(), []byte(`"results": []`)) {
		t.Error(b.String())
	}
}
