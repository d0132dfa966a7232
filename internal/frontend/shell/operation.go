package shell

import (
	"regexp"
	"sort"
	"strings"

	"github.com/vpclint/vpclint/internal/schema"
)

// The operations are what `aws sagemaker` knows, those that make something, and what other services know that is about policies:
// by their words, and what flags each has.
type operations struct {
	table, access *schema.Table
	// names are the operations by service and word. Those of SageMaker's are called by their names alone.
	names  map[string]string
	tables map[string]*flags
}

// Flags are those of one operation.
type flags struct {
	object *schema.Object
	// members are the members of the request by their flags.
	members map[string]string
	// words are all flags, sorted, those that every command has included.
	words []string
}

func newOperations() *operations {
	o := &operations{table: schema.API(), access: schema.Access(), names: map[string]string{}, tables: map[string]*flags{}}
	for _, name := range o.table.Operations() {
		o.names[command(name)] = name
	}
	for _, name := range o.access.Operations() {
		if strings.Contains(name, ":") {
			o.names[command(name)] = name
		}
	}
	return o
}

// command returns how an operation is asked for, without "aws": "sagemaker create-model", "iam put-role-policy".
func command(operation string) string {
	service, name, other := strings.Cut(operation, ":")
	if !other {
		service, name = "sagemaker", operation
	}
	return service + " " + kebab(name)
}

// knows reports whether a service has operations that are read.
func (o *operations) knows(service string) bool {
	switch service {
	case "sagemaker", "iam", "organizations", "sso-admin":
		return true
	}
	return false
}

// requestType returns the type of an operation's requests in the API's dialect, where IAM's and those of IAM Identity Center are
// called by their names alone.
func requestType(operation string) string {
	if service, name, other := strings.Cut(operation, ":"); other && service != "organizations" {
		return name
	}
	return operation
}

// flags returns the flags of an operation.
func (o *operations) flags(name string) *flags {
	if f := o.tables[name]; f != nil {
		return f
	}
	table := o.table
	if strings.Contains(name, ":") {
		table = o.access
	}
	f := &flags{object: table.Object(name), members: map[string]string{}}
	for _, member := range f.object.Names() {
		word := "--" + kebab(member)
		f.members[word] = member
		f.words = append(f.words, word)
		if f.object.Form(member) == schema.Bool {
			f.words = append(f.words, negated(word))
		}
	}
	for word := range globals {
		f.words = append(f.words, word)
	}
	f.words = append(f.words, inputJSON, inputYAML, skeleton)
	sort.Strings(f.words)
	o.tables[name] = f
	return f
}

// The flags that every operation has.
const inputJSON, inputYAML, skeleton = "--cli-input-json", "--cli-input-yaml", "--generate-cli-skeleton"

// negated returns the flag that says that a boolean is false.
func negated(flag string) string { return "--no-" + strings.TrimPrefix(flag, "--") }

// globals are the options that every command of the AWS CLI has, and whether a word of their own follows
// (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html).
var globals = map[string]bool{
	"--debug": false, "--endpoint-url": true, "--no-verify-ssl": false, "--no-paginate": false, "--output": true, "--query": true,
	"--profile": true, "--region": true, "--version": false, "--color": true, "--no-sign-request": false, "--ca-bundle": true,
	"--cli-read-timeout": true, "--cli-connect-timeout": true, "--cli-binary-format": true, "--no-cli-pager": false,
	"--cli-auto-prompt": false, "--no-cli-auto-prompt": false, "--cli-error-format": true, "--v2-debug": false,
}

// resolve returns the flag that a word means: itself, or the only one that begins so, as Python's argparse has it. It is
// empty where that is none.
func (f *flags) resolve(word string) string {
	i := sort.SearchStrings(f.words, word)
	switch {
	case i == len(f.words) || !strings.HasPrefix(f.words[i], word):
		return ""
	case f.words[i] == word, i+1 == len(f.words) || !strings.HasPrefix(f.words[i+1], word):
		return f.words[i]
	}
	return ""
}

var (
	firstCapital   = regexp.MustCompile(`(.)([A-Z][a-z]+)`)
	innerCapital   = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	pluralAcronyms = regexp.MustCompile(`[A-Z]{2,}s$`)
)

// kebab returns a name of the API as the AWS CLI spells it: AutoMLJobName is auto-ml-job-name. It does what botocore's
// xform_name does (https://github.com/boto/botocore/blob/develop/botocore/__init__.py).
func kebab(name string) string {
	if at := pluralAcronyms.FindStringIndex(name); at != nil {
		name = name[:at[0]] + "-" + strings.ToLower(name[at[0]:])
	}
	name = firstCapital.ReplaceAllString(name, "$1-$2")
	return strings.ToLower(innerCapital.ReplaceAllString(name, "$1-$2"))
}

// nameMember returns the member of a request that names what it makes.
func (f *flags) nameMember(operation string) string {
	stem := strings.TrimSuffix(strings.TrimPrefix(requestType(operation), "Create"), "V2")
	for _, name := range []string{stem + "Name", "JobDefinitionName", "JobName", "Name", "PolicyName"} {
		if f.object.Has(name) {
			return name
		}
	}
	return ""
}
