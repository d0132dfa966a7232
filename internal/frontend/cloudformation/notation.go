package cloudformation

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// foreignNumber matches what YAML 1.1 takes for an integer and YAML 1.2 doesn't, or for another one: 0300 is 192, 12:30 is
// 750, and of 012345678901 CloudFormation makes "1.2345678901E10":
// https://dev.classmethod.jp/articles/how-to-identify-numerical-values-in-cfn-yaml-template/
var foreignNumber = regexp.MustCompile(`^[-+]?(0[0-9_]+|0b[01_]+|0x[0-9a-fA-F_]+|[1-9][0-9]*_[0-9_]*|[1-9][0-9_]*(:[0-5]?[0-9])+)$`)

// misread returns the value of an unquoted scalar that CloudFormation takes for another number than it says. Mostly its
// author wanted the digits.
func misread(n *doctree.Node) (value.Value, bool) {
	if !n.Plain || n.Text == "" || (n.Text[0] < '0' || n.Text[0] > '9') && n.Text[0] != '-' && n.Text[0] != '+' {
		return value.Value{}, false
	}
	digits := strings.TrimLeft(n.Text, "-+")
	if !strings.HasPrefix(digits, "0") && !strings.ContainsAny(digits, "_:") || !foreignNumber.MatchString(n.Text) {
		return value.Value{}, false
	}
	reason := fmt.Sprintf("CloudFormation takes an unquoted %s for a number in another notation; quote it", n.Text)
	return value.OfPresent(reason).From(n.Span), true
}
