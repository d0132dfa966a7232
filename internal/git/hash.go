package git

import (
	"bytes"
	"crypto/sha1" // by which git names objects
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
)

// An ID is the name of an object, in raw bytes.
type ID string

// String returns the name in hexadecimal digits.
func (id ID) String() string { return hex.EncodeToString([]byte(id)) }

// short is the name as messages give it.
func (id ID) short() string {
	s := id.String()
	return s[:min(len(s), 12)]
}

// A hashing is one of the two functions that objects are named by.
type hashing struct {
	size int
	sum  func(b []byte) []byte
}

var (
	sha1Hash   = hashing{sha1.Size, func(b []byte) []byte { s := sha1.Sum(b); return s[:] }}
	sha256Hash = hashing{sha256.Size, func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }}
)

// parse reads a whole name in hexadecimal digits.
func (h hashing) parse(text string) (ID, bool) {
	if len(text) != 2*h.size {
		return "", false
	}
	raw, err := hex.DecodeString(text)
	return ID(raw), err == nil
}

// A kind is what an object is.
type kind uint8

// The kinds have the numbers that packs give them.
const (
	kindCommit kind = 1
	kindTree   kind = 2
	kindBlob   kind = 3
	kindTag    kind = 4
	ofsDelta   kind = 6 // to what stands further up in the pack
	refDelta   kind = 7 // to a named object
)

var kindNames = map[kind]string{kindCommit: "commit", kindTree: "tree", kindBlob: "blob", kindTag: "tag"}

func (k kind) String() string { return kindNames[k] }

// An object is one as it is stored, decompressed.
type object struct {
	kind    kind
	content []byte
}

// verify reports whether an object has a name.
func (h hashing) verify(id ID, o object) bool {
	var b bytes.Buffer
	b.Grow(len(o.content) + 32)
	b.WriteString(o.kind.String())
	b.WriteByte(' ')
	b.WriteString(strconv.Itoa(len(o.content)))
	b.WriteByte(0)
	b.Write(o.content)
	return string(h.sum(b.Bytes())) == string(id)
}

// A Missing says that an object isn't in the repository.
type Missing struct {
	ID   ID
	Hint string
}

// Error implements error.
func (e *Missing) Error() string {
	text := fmt.Sprintf("the object %s isn't in the repository", e.ID.short())
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// A TooLarge says that an object is beyond the limit.
type TooLarge struct{ ID ID }

// Error implements error.
func (e *TooLarge) Error() string { return fmt.Sprintf("it is larger than %d MiB", MaxObjectBytes>>20) }

// A Corrupt says that an object can't be read.
type Corrupt struct {
	ID     ID
	Reason string
}

// Error implements error.
func (e *Corrupt) Error() string {
	return fmt.Sprintf("the object %s is corrupt: %s", e.ID.short(), e.Reason)
}
