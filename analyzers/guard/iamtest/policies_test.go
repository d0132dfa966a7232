package iamtest

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/value"
)

// How many random policies are judged. Twenty thousand take some minutes: go test ./analyzers/guard/iamtest -policies 20000
var policyCount = flag.Int("policies", 200, "how many random policies are judged")

// A key is a condition key as requests and random policies have it.
type key struct {
	name string
	// always says that every request has it, several that it may have more values than one. IAM user guide, "AWS global
	// condition context keys", availability and value type of each; of SageMaker's own, the service authorization reference.
	always, several bool
	// compares is what operators go with it: "string", "arn", "number", "date", "bool" or "address".
	compares string
	// patterns are what policies compare it with.
	patterns []string
	// values are what requests have: some of every class of values that the patterns tell apart. TestClasses holds them to that.
	values []string
}

var (
	words       = []string{"ml", "ops", "m*", "?l", "*", "o*s", "ML"}
	wordValues  = []string{"ml", "ops", "mx", "my", "al", "bl", "ML", "oas", "obs", "OPS", "zz", "zy", "m*", "?l", "*", "o*s", "m", "os", "Ml", "mL", "Mx", "O*s", "oPs", "?L", "M*"}
	subnets     = []string{"subnet-1", "subnet-2", "subnet-*"}
	subnetIDs   = []string{"subnet-1", "subnet-2", "subnet-3", "subnet-*", "SUBNET-1", "SUBNET-2", "SUBNET-*", "zz"}
	groups      = []string{"sg-1", "sg-2", "sg-?"}
	groupIDs    = []string{"sg-1", "sg-2", "sg-3", "sg-?", "SG-1", "SG-2", "SG-?", "zz"}
	instances   = []string{"ml.m5.large", "ml.p3.*", "ml.*"}
	instanceIDs = []string{"ml.m5.large", "ml.p3.2xlarge", "ml.t3.medium", "ml.p3.*", "ml.*", "ML.M5.LARGE", "ml.M5.large", "ml.P3.*", "ML.P3.*", "ML.*", "zz"}
	numbers     = []string{"3600", "7200", "86400"}
	seconds     = []string{"60", "3600", "3601", "7200", "7201", "86400", "86401"}
	dates       = []string{"2024-01-01T00:00:00Z", "1735689600", "2025-06-01T12:00:00+02:00"}
	times       = []string{"2023-05-05T00:00:00Z", "2024-01-01T00:00:00Z", "2024-05-05T00:00:00Z", "2025-01-01T00:00:00Z", "2025-02-02T00:00:00Z", "2025-06-01T10:00:00Z", "2025-07-07T00:00:00Z"}
	addresses   = []string{"10.0.0.0/8", "10.1.0.0/16", "203.0.113.7", "2001:db8::/32", "0.0.0.0/0", "::/0"}
	hosts       = []string{"10.1.2.3", "10.2.0.1", "203.0.113.7", "198.51.100.9", "2001:db8::5", "2600::1"}
	kms         = []string{"arn:aws:kms:us-east-1:111122223333:key/a", "arn:aws:kms:*:111122223333:key/*", "arn:aws:kms:*:*:alias/?"}
	kmsARNs     = []string{"arn:aws:kms:us-east-1:111122223333:key/a", "arn:aws:kms:us-east-1:111122223333:key/b", "arn:aws:kms:us-east-1:444455556666:key/a", "arn:aws:kms:us-east-1:444455556666:alias/a", "arn:aws:kms:*:111122223333:key/*", "arn:aws:kms:*:*:alias/?", "ARN:aws:kms:us-east-1:111122223333:key/a"}
	principals  = []string{"arn:aws:iam::111122223333:role/ml", "arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*"}
	callers     = []string{"arn:aws:iam::111122223333:role/ml", "arn:aws:iam::111122223333:role/zz", "arn:aws:iam::111122223333:user/zz", "arn:aws:iam::111122223333:root", "arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*"}
	regions     = []string{"us-east-1", "eu-*", "*-1"}
	regionNames = []string{"us-east-1", "eu-west-1", "eu-west-2", "ap-southeast-2", "us-west-1", "*-1", "eu-*", "US-EAST-1", "us-East-1", "EU-*"}
	truth       = []string{"true", "false"}
)

// keys are the pool of random policies.
var keys = []key{
	{name: "sagemaker:VpcSubnets", several: true, compares: "string", patterns: subnets, values: subnetIDs},
	{name: "sagemaker:VpcSecurityGroupIds", several: true, compares: "string", patterns: groups, values: groupIDs},
	{name: "sagemaker:InstanceTypes", several: true, compares: "string", patterns: instances, values: instanceIDs},
	{name: "sagemaker:NetworkIsolation", compares: "bool", patterns: truth, values: truth},
	{name: "sagemaker:InterContainerTrafficEncryption", compares: "bool", patterns: truth, values: truth},
	{name: "sagemaker:MaxRuntimeInSeconds", compares: "number", patterns: numbers, values: seconds},
	{name: "sagemaker:VolumeKmsKeyArn", compares: "arn", patterns: kms, values: kmsARNs},
	{name: "sagemaker:FileSystemId", compares: "string", patterns: words, values: wordValues},
	{name: "sagemaker:DirectInternetAccess", compares: "string", patterns: words, values: wordValues},
	{name: "aws:PrincipalTag/team", compares: "string", patterns: words, values: wordValues},
	{name: "aws:RequestTag/project", compares: "string", patterns: words, values: wordValues},
	{name: "aws:TagKeys", several: true, compares: "string", patterns: []string{"ml", "ops", "m*"}, values: []string{"ml", "ops", "mx", "zz", "m*", "M*", "mL", "Ml", "OPS"}},
	{name: "aws:username", compares: "string", patterns: words, values: wordValues},
	{name: "aws:SourceVpc", compares: "string", patterns: []string{"vpc-1", "vpc-*"}, values: []string{"vpc-1", "vpc-2", "vpc-*", "VPC-1", "VPC-*", "zz"}},
	{name: "aws:PrincipalArn", always: true, compares: "arn", patterns: principals, values: callers},
	{name: "aws:RequestedRegion", always: true, compares: "string", patterns: regions, values: regionNames},
	{name: "aws:SecureTransport", always: true, compares: "bool", patterns: truth, values: truth},
	{name: "aws:MultiFactorAuthPresent", compares: "bool", patterns: truth, values: truth},
	{name: "aws:MultiFactorAuthAge", compares: "number", patterns: numbers, values: seconds},
	{name: "aws:CurrentTime", always: true, compares: "date", patterns: dates, values: times},
	{name: "aws:TokenIssueTime", compares: "date", patterns: dates, values: times},
	{name: "aws:SourceIp", compares: "address", patterns: addresses, values: hosts},
}

// supported are the keys of SageMaker's that actions have; no request for another action has them. AWS: service
// authorization reference, "Actions, resources, and condition keys for Amazon SageMaker AI".
var supported = map[string]string{
	"sagemaker:CreateTrainingJob":      "VpcSubnets VpcSecurityGroupIds InstanceTypes NetworkIsolation InterContainerTrafficEncryption MaxRuntimeInSeconds VolumeKmsKeyArn FileSystemId",
	"sagemaker:CreateProcessingJob":    "VpcSubnets VpcSecurityGroupIds InstanceTypes NetworkIsolation InterContainerTrafficEncryption MaxRuntimeInSeconds VolumeKmsKeyArn",
	"sagemaker:CreateAutoMLJobV2":      "VpcSubnets VpcSecurityGroupIds InterContainerTrafficEncryption VolumeKmsKeyArn",
	"sagemaker:CreateModel":            "VpcSubnets VpcSecurityGroupIds NetworkIsolation",
	"sagemaker:CreateNotebookInstance": "VpcSubnets VpcSecurityGroupIds InstanceTypes VolumeKmsKeyArn DirectInternetAccess",
}

// types are what the actions' resources are, in their ARNs.
var types = map[string]string{
	"sagemaker:CreateTrainingJob":      "training-job",
	"sagemaker:CreateProcessingJob":    "processing-job",
	"sagemaker:CreateAutoMLJobV2":      "automl-job",
	"sagemaker:CreateModel":            "model",
	"sagemaker:CreateNotebookInstance": "notebook-instance",
}

// has reports whether requests for an action may have a key.
func (k key) has(action string) bool {
	name, own := strings.CutPrefix(k.name, "sagemaker:")
	return !own || slices.Contains(strings.Fields(supported[action]), name)
}

// A maker makes random policies.
type maker struct{ *rand.Rand }

func (m maker) often(in int) bool { return m.IntN(in) == 0 }

func pick[T any](m maker, from ...T) T { return from[m.IntN(len(from))] }

// oneOrMore returns one of some values, or a list of them.
func (m maker) oneOrMore(from ...string) any {
	if m.often(2) {
		return pick(m, from...)
	}
	list := []any{}
	for range 1 + m.IntN(3) {
		list = append(list, pick(m, from...))
	}
	return list
}

// A question is about an action's requests in which some keys are absent.
type question struct {
	action string
	absent []string
}

func (m maker) question() question {
	var actions []string
	for action := range supported {
		actions = append(actions, action)
	}
	slices.Sort(actions)
	q := question{action: pick(m, actions...), absent: []string{"sagemaker:VpcSubnets"}}
	switch m.IntN(6) {
	case 0:
		q.absent = []string{"sagemaker:VpcSecurityGroupIds"}
	case 1, 2:
		q.absent = []string{"sagemaker:VpcSubnets", "sagemaker:VpcSecurityGroupIds"}
	case 3:
		q.absent = []string{pick(m, "sagemaker:NetworkIsolation", "sagemaker:VolumeKmsKeyArn", "aws:RequestTag/project")}
	}
	return q
}

// documents are the policies of one principal, as JSON.
type documents struct {
	grants []string
	bounds [][]string
}

// documents makes policies in which the keys that a question is about come often. Few keys make the same policies meet.
func (m maker) documents(q question) documents {
	pool := []key{}
	for _, k := range keys {
		if slices.Contains(q.absent, k.name) {
			pool = append(pool, k, k)
		}
	}
	for range 3 {
		pool = append(pool, pick(m, keys...))
	}
	var d documents
	for range 1 + m.IntN(2) {
		d.grants = append(d.grants, m.document(pool, m.often(2)))
	}
	for m.often(4) && len(d.bounds) < 2 {
		var level []string
		for range 1 + m.IntN(2) {
			level = append(level, m.document(pool, !m.often(4)))
		}
		d.bounds = append(d.bounds, level)
	}
	return d
}

func (m maker) document(pool []key, wide bool) string {
	var statements []any
	if wide {
		statements = append(statements, map[string]any{"Effect": "Allow", "Action": pick(m, "*", "sagemaker:*"), "Resource": "*"})
	}
	for range 1 + m.IntN(3) {
		statements = append(statements, m.statement(pool))
	}
	doc := map[string]any{"Version": "2012-10-17", "Statement": statements}
	if len(statements) == 1 && m.often(2) {
		doc["Statement"] = statements[0]
	}
	switch m.IntN(12) {
	case 0:
		doc["Version"] = "2008-10-17"
	case 1:
		delete(doc, "Version")
	}
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// statement makes one that is mostly wide.
func (m maker) statement(pool []key) map[string]any {
	s := map[string]any{"Effect": pick(m, "Allow", "Allow", "Deny")}
	element := func(name, all string, others ...string) {
		switch m.IntN(4) {
		case 0:
			s[name] = m.oneOrMore(append(others, all)...)
		case 1:
			s["Not"+name] = m.oneOrMore(others...)
		default:
			s[name] = all
		}
	}
	element("Action", pick(m, "*", "sagemaker:*", "sagemaker:Create*"), "sagemaker:CreateTrainingJob", "sagemaker:Create*Job", "SageMaker:createprocessingjob",
		"sagemaker:*Model", "sagemaker:CreateNotebookInstanc?", "sagemaker:*V2", "sagemaker:Describe*", "s3:*", "sagemaker:Create*n*")
	element("Resource", "*", resources...)
	if !m.often(4) {
		conditions := map[string]map[string]any{}
		for range 1 + m.IntN(3) {
			m.condition(conditions, pick(m, pool...))
		}
		s["Condition"] = conditions
	}
	return s
}

// resources are what statements are for, beside all.
var resources = []string{
	"arn:aws:sagemaker:*:*:*", "arn:aws:sagemaker:us-east-1:111122223333:*", "arn:aws:sagemaker:*:*:training-job/*", "arn:aws:sagemaker:*:*:training-job/ml-*",
	"arn:aws:sagemaker:*:*:model/ml", "arn:aws:sagemaker:*:*:*/ml-?", "arn:aws:sagemaker:eu-west-1:*:*", "arn:aws:s3:::*", "arn:aws:sagemaker:*:444455556666:*",
	"arn:aws:sagemaker:*:*:*/${aws:PrincipalTag/team}", "arn:aws:sagemaker:*:*:processing-job/${aws:username, 'ml'}-*",
}

// operators are those that go with what a key is.
var operators = map[string][]string{
	"string":  {"StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"},
	"arn":     {"ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals", "StringEquals", "StringLike", "StringNotLike"},
	"number":  {"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"},
	"date":    {"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"},
	"bool":    {"Bool", "Bool", "Bool", "StringEquals", "StringNotEquals"},
	"address": {"IpAddress", "NotIpAddress"},
}

// variables are what policies compare words with, beside words.
var variables = []string{
	"${aws:PrincipalTag/team}", "${aws:RequestTag/project}", "${aws:username}", "${aws:username}-*", "${aws:PrincipalTag/team, 'ml'}", "${aws:principaltag/TEAM}", "${aws:TagKeys}", "m${*}",
}

func (m maker) condition(in map[string]map[string]any, k key) {
	name, values := "Null", pick[any](m, "true", "false", true, false)
	if !m.often(4) {
		name, values = m.comparison(k)
	}
	if in[name] == nil {
		in[name] = map[string]any{}
	}
	spelling := k.name
	switch m.IntN(8) {
	case 0:
		spelling = strings.ToLower(spelling)
	case 1:
		spelling = strings.ToUpper(spelling)
	}
	for other := range in[name] {
		if strings.EqualFold(other, spelling) {
			return // a key that is written twice is no policy
		}
	}
	in[name][spelling] = values
}

func (m maker) comparison(k key) (string, any) {
	name := pick(m, operators[k.compares]...)
	patterns := k.patterns
	if k.compares == "string" && (len(k.patterns) == len(words)) && m.often(4) {
		patterns = variables
	}
	if m.often(3) {
		name += "IfExists"
	}
	if k.several && !m.often(4) || m.often(8) {
		name = pick(m, "ForAllValues:", "ForAllValues:", "ForAnyValue:") + name
	}
	if k.compares == "bool" && m.often(3) {
		return name, pick(m, true, false)
	}
	return name, m.oneOrMore(patterns...)
}

// levels reads documents as IAM does.
func (d documents) levels(t testing.TB) (l levels) {
	for _, text := range d.grants {
		l.grants = append(l.grants, read(t, text))
	}
	for _, level := range d.bounds {
		var policies []policy
		for _, text := range level {
			policies = append(policies, read(t, text))
		}
		l.bounds = append(l.bounds, policies)
	}
	return l
}

// policies reads documents as the linter does.
func (d documents) policies() guard.Policies {
	list := func(texts []string) (out []guard.Document) {
		for _, text := range texts {
			out = append(out, guard.Read(value.OfString(text).FromJSON(), nil))
		}
		return out
	}
	p := guard.Policies{Grants: list(d.grants)}
	for _, level := range d.bounds {
		p.Bounds = append(p.Bounds, list(level))
	}
	return p
}

func (d documents) String() string {
	out := "grants " + strings.Join(d.grants, "\n       ")
	for _, level := range d.bounds {
		out += "\nbounds " + strings.Join(level, "\n       ")
	}
	return out
}
