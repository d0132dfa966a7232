package cloudformation

import (
	"bytes"

	"github.com/vpclint/vpclint/internal/source"
)

// wide returns what a text in UTF-16 or UTF-32 would say in ASCII, and which of the two it is in; nothing of any other.
// Windows PowerShell writes UTF-16 where a template is piped into a file, and CloudFormation refuses it.
func wide(content []byte) (text []byte, encoding string) {
	head := content[:min(len(content), 4)]
	switch {
	case len(head) < 4:
		return nil, ""
	case bytes.Equal(head, []byte{0xFF, 0xFE, 0, 0}), bytes.Count(head, []byte{0}) > 2:
		encoding = "UTF-32"
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}), bytes.Count(head, []byte{0}) == 2:
		encoding = "UTF-16"
	default:
		return nil, ""
	}
	text = bytes.ReplaceAll(content, []byte{0}, nil)
	return bytes.TrimLeft(text, "\xFF\xFE"), encoding
}

// Relevant looks for what every template with a resource of AWS has, and what files have that give values to parameters.
func (Frontend) Relevant(f *source.File) bool {
	text := f.Bytes
	if narrow, encoding := wide(text); encoding != "" {
		text = narrow
	}
	return bytes.Contains(text, []byte("AWS::")) && bytes.Contains(text, []byte("Resources")) || mayHoldParameters(f)
}
