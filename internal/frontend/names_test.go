package frontend_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
)

// Who calls theirs as another would be numbered gets another number.
func TestNamesAreUnique(t *testing.T) {
	var u frontend.Names
	var got []string
	for _, name := range []string{"A", "A", "A#2", "B#2", "B", "B", "A"} {
		got = append(got, u.Unique(name))
	}
	want := []string{"A", "A#2", "A#2#2", "B#2", "B", "B#3", "A#3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
