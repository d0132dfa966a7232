package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Fingerprint returns the identity of a finding over time, "vpclint/v1", of its rule, unit, subject and property. No line
// is in it, so that it outlives edits around the finding; its unit is, so that what moves to another has a new one.
func Fingerprint(rule, unit, subject, property string) string {
	return Digest(rule, unit, subject, property)
}

// Digest returns one short text for several.
func Digest(parts ...string) string {
	var key []byte
	for _, part := range parts {
		// The length keeps "a"+"bc" and "ab"+"c" apart.
		key = strconv.AppendInt(key, int64(len(part)), 10)
		key = append(key, ':')
		key = append(key, part...)
	}
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:16])
}
