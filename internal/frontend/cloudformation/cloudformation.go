// Package cloudformation answers which resources a CloudFormation template declares, and with which properties.
//
// In go YAML and JSON files of any name; out come the resources of those that are templates, written by hand, by SAM or by
// CDK, one stack for each template and each place that nests it. Intrinsic functions are evaluated over abstract values,
// conditions become worlds, outputs and exports lead from one template to another, and whatever only a deployment decides
// (regions, physical ids) stays a symbol or opaque. The package must not know
// what any resource type means: no networks, no rules.
package cloudformation

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// Frontend reads CloudFormation templates.
type Frontend struct{}

// Name is "cloudformation".
func (Frontend) Name() string { return "cloudformation" }

// Match takes every file that could hold a template or the values of its parameters: nothing in a template's name tells it
// from other YAML and JSON.
func (Frontend) Match(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".template", ".cfn", ".toml": // SAM's configuration
		return true
	case ".json":
		name = strings.ToLower(name)
		return !strings.HasSuffix(name, ".tf.json") && !strings.HasSuffix(name, ".tofu.json")
	}
	return false
}

// certain reports whether a file that can't be parsed is a template all the same: it has a template's section and a
// template's header or a resource. A Kubernetes manifest or a chart that carries a template in a block scalar has them
// indented, and is none.
func certain(content []byte) bool {
	if json := bytes.TrimLeft(content, "\xef\xbb\xbf \t\r\n"); len(json) > 0 && json[0] == '{' {
		return bytes.Contains(json, []byte(`"Resources"`)) && (jsonVersionMark.Match(json) || jsonTypeMark.Match(json))
	}
	return resourcesMark.Match(content) && (versionMark.Match(content) || typeMark.Match(content))
}

// They find the version and a resource's type in JSON, which may have no line breaks. In a JSON schema of templates, the
// version is an object.
var (
	jsonVersionMark = regexp.MustCompile(`"AWSTemplateFormatVersion"\s*:\s*"`)
	jsonTypeMark    = regexp.MustCompile(`"Type"\s*:\s*"AWS::[A-Za-z0-9]+::`)
)

var (
	resourcesMark = regexp.MustCompile(`(?m)^(\x{FEFF}?Resources["']?|[ \t{]*"Resources")[ \t]*:`)
	versionMark   = regexp.MustCompile(`(?m)^(\x{FEFF}?AWSTemplateFormatVersion["']?|[ \t{]*"AWSTemplateFormatVersion")[ \t]*:`)
	typeMark      = regexp.MustCompile(`(?m)^[ \t{]+(["']?[A-Za-z0-9]+["']?[ \t]*:[ \t]+\{[ \t]*)?["']?Type["']?[ \t]*:[ \t]*["']?AWS::[A-Za-z0-9]+::`)
)

// unreadable says why a template can't be read, and what to do where its text is made by another program.
func unreadable(f *source.File, err doctree.Error) string {
	message := "the template can't be read: " + err.Msg
	if placeholder.Match(f.Bytes) {
		message += "; it holds {{ }} placeholders, so scan what it is rendered to"
	}
	return message
}

// placeholder finds the markup of Jinja, Go and cookiecutter templates, which a dynamic reference ("{{resolve:") is not.
var placeholder = regexp.MustCompile(`\{%|\{\{([^r]|r[^e]|re[^s])`)
