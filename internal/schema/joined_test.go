package schema

import (
	"strings"
	"testing"
)

// TestJoinedIsCertain checks that no object has two members that differ in their capitals alone, of which a name without
// capitals would mean either.
func TestJoinedIsCertain(t *testing.T) {
	table := API()
	for line := range strings.Lines(table.text) {
		name, _, _ := strings.Cut(line, " ")
		o := table.Object(name)
		seen := map[string]string{}
		for _, member := range o.Names() {
			lower := strings.ToLower(member)
			if other := seen[lower]; other != "" {
				t.Errorf("%s has %s and %s", name, other, member)
			}
			seen[lower] = member
		}
	}
	o := table.Object("CreateTrainingJob").Member("ResourceConfig")
	for name, want := range map[string]string{
		"volume_size_in_gb": "VolumeSizeInGB", "VolumeKmsKeyId": "VolumeKmsKeyId", "volume": "",
	} {
		if got := o.Folded(name); got != want {
			t.Errorf("Joined(%q) = %q, want %q", name, got, want)
		}
	}
}
