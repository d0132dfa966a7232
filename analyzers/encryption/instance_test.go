package encryption

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Every instance type that SageMaker has is in the table, as EC2 describes it (testdata/instances.txt says how that was
// gathered).
func TestInstanceTypes(t *testing.T) {
	b, err := os.ReadFile("testdata/instances.txt")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimPrefix(line, "told ")
		words := strings.Fields(line)
		if words[0] == "#" {
			continue
		}
		want := tri.Of(words[0] == "local")
		for _, size := range words[2:] {
			kind := "ml." + words[1] + "." + size
			if got := ownVolumes(value.OfString(kind)).Known(); got != want {
				t.Errorf("%s has volumes of its own: %v, want %v", kind, got, want)
			}
			checked++
		}
	}
	if checked < 300 {
		t.Errorf("%d types", checked)
	}
}

// No family is in both lists, and docs/keys.md lists those that take no key.
func TestFamilies(t *testing.T) {
	page, err := os.ReadFile("../../docs/keys.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(page)) {
		if plain := strings.ReplaceAll(line, "`", ""); regexp.MustCompile("^(`[a-z0-9-]+`\\s)+$").MatchString(line) {
			listed = append(listed, strings.Fields(plain)...)
		}
	}
	want := strings.Fields(local)
	slices.Sort(want)
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Errorf("docs/keys.md lists others (-table +page):\n%s", diff)
	}
	for family := range strings.FieldsSeq(local) {
		if strings.Contains(elastic, " "+family+" ") {
			t.Errorf("%s is in both", family)
		}
	}
}

func TestOwnVolumes(t *testing.T) {
	unknown := value.OfOpaque("var.size has no default")
	for _, row := range []struct {
		name string
		kind value.Value
		want tri.Bool
	}{
		{"absent", value.Value{}, tri.False},
		{"empty", value.OfString(""), tri.False},
		{"a size that isn't known", value.OfText(value.OfString("ml.g5."), unknown), tri.True},
		{"the same of elastic ones", value.OfText(value.OfString("ml.m5."), unknown), tri.False},
		{"a family that isn't known", value.OfText(value.OfString("ml.g"), unknown), tri.Unknown},
		{"a family that nobody has told of", value.OfString("ml.q9.large"), tri.Unknown},
		{"anything", unknown, tri.Unknown},
	} {
		if got := ownVolumes(row.kind).Known(); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}
