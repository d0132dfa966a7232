package frontend

import (
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// Of several values of one variable that counts which is a key, in whatever order they are set.
func TestHandOver(t *testing.T) {
	const name = "AWS_ACCESS_KEY_ID"
	const first, second = "AKIA" + "Q3EGUUPMWZ5LKX7T", "AKIA" + "Z7TXWMP5KLUU3GEQ"
	text := value.OfString
	unknown := value.OfOpaque("it is read from a file")
	for _, row := range []struct {
		name string
		set  []value.Value
		want string
	}{
		{"a test's before", []value.Value{text("testing"), text(first)}, first},
		{"a test's behind", []value.Value{text(first), text("testing")}, first},
		{"two keys", []value.Value{text(first), text(second)}, first},
		{"one that isn't known before", []value.Value{unknown, text(first)}, first},
		{"one that isn't known behind", []value.Value{text(first), unknown}, first},
		{"none", []value.Value{text("testing"), text("test")}, "testing"},
	} {
		var fields []value.Field
		for _, v := range row.set {
			fields, _ = HandOver(fields, name, v)
		}
		if len(fields) != 1 || fields[0].Name != "AccessKeyId" || fields[0].Value.Literal() != row.want {
			t.Errorf("%s: %v, want %s", row.name, fields, row.want)
		}
	}
}
