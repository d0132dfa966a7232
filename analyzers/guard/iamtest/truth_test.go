package iamtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// columns are what a request may have for a key. An empty set is the guide's "null data set".
var columns = [...]string{"absent", "empty", "one that matches", "one that doesn't", "all match", "some match", "none matches"}

// modified says what each form of an operator X, or of its negation NotX, makes of a key: + holds, - doesn't, and ? is where
// the guide leaves it open. IAM user guide:
//
//   - "Condition operators": "If the key that you specify in a policy condition is not present in the request context, the
//     values do not match and the condition is false. If the policy condition requires that the key is not matched, and the
//     right key is not present, the condition is true."
//   - there, "...IfExists": "If the key is not present, evaluate the condition element as true. If you are using a Deny with
//     a negated condition operator like StringNotEqualsIfExists, the request is still denied even if the tag is missing."
//   - there, "Null": "either true (the key doesn't exist - it is null) or false (the key exists and its value is not null)".
//   - "Multivalued context keys": ForAllValues "returns true if every key value in the request matches at least one value in
//     the policy. It also returns true if there are no keys in the request, or if the key values resolve to a null data set";
//     ForAnyValue "returns true if any one of the key values in the request matches any one of the condition values in the
//     policy. For no matching key or a null dataset, the condition returns false."
//   - "Conditions with multiple keys or values": "If a single condition operator includes multiple values for one key, that
//     condition operator is evaluated using a logical OR"; "negated matching condition operators work like a logical AND".
//
// Open are: several values and no set operator, which the guide asks for; the empty set without one; and ForAnyValue with
// IfExists of a key that isn't there, of which the two sections say opposite things.
var modified = map[string]string{
	"X":                         "-?+-???",
	"XIfExists":                 "+?+-???",
	"NotX":                      "+?-+???",
	"NotXIfExists":              "+?-+???",
	"ForAllValues:X":            "+++-+--",
	"ForAllValues:XIfExists":    "+++-+--",
	"ForAllValues:NotX":         "++-+--+",
	"ForAllValues:NotXIfExists": "++-+--+",
	"ForAnyValue:X":             "--+-++-",
	"ForAnyValue:XIfExists":     "??+-++-",
	"ForAnyValue:NotX":          "---+-++",
	"ForAnyValue:NotXIfExists":  "??-+-++",
}

// samples are each operator's values: one of a policy, another, what matches the first, the second, and neither.
var samples = []struct{ operator, negation, one, other, first, second, neither string }{
	{"StringEquals", "StringNotEquals", "ml", "ops", "ml", "ops", "ML"},
	{"StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "ml", "ops", "ML", "Ops", "mlops"},
	{"StringLike", "StringNotLike", "ml-*", "?ps", "ml-a", "ops", "Ml-a"},
	{"ArnEquals", "ArnNotEquals", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:user/a", "arn:aws:iam::111122223333:role/x/y", "arn:aws:iam::444455556666:user/a", "arn:aws:iam::444455556666:role/x"},
	{"ArnLike", "ArnNotLike", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:user/a", "arn:aws:iam::111122223333:role/", "arn:aws:iam::444455556666:user/a", "arn:aws:iam::1:2:user/a"},
	{"NumericEquals", "NumericNotEquals", "5", "7.5", "5.0", "7.50", "6"},
	{"NumericLessThan", "", "5", "3", "4.9", "2", "5"},
	{"NumericLessThanEquals", "", "5", "3", "5", "-3", "5.01"},
	{"NumericGreaterThan", "", "5", "7", "5.5", "8", "5"},
	{"NumericGreaterThanEquals", "", "5", "7", "5", "7", "4"},
	{"DateEquals", "DateNotEquals", "2025-01-01T00:00:00Z", "2026-01-01", "1735689600", "2026-01-01T01:00:00+01:00", "2025-01-01T00:00:01Z"},
	{"DateLessThan", "", "2025-01-01T00:00:00Z", "1700000000", "2024-12-31T23:59:59Z", "2020-01-01", "2025-01-01T00:00:00Z"},
	{"DateLessThanEquals", "", "2025-01-01T00:00:00Z", "1700000000", "2025-01-01T00:00:00Z", "2020-01-01", "2025-01-01T00:00:01Z"},
	{"DateGreaterThan", "", "2025-01-01T00:00:00Z", "1900000000", "2025-01-01T00:00:01Z", "2050-01-01", "2025-01-01T00:00:00Z"},
	{"DateGreaterThanEquals", "", "2025-01-01T00:00:00Z", "1900000000", "2025-01-01T00:00:00Z", "2050-01-01", "2024-12-31T23:59:59Z"},
	{"Bool", "", "true", "true", "true", "true", "false"},
	{"BinaryEquals", "", "QmluYXJ5", "AAEC", "QmluYXJ5", "AAEC", "QmluYXJ6"},
	{"IpAddress", "NotIpAddress", "203.0.113.0/24", "2001:db8:1234:5678::/64", "203.0.113.255", "2001:db8:1234:5678::1", "203.0.114.0"},
}

// A row is a condition, a request, and what the guide says of them.
type row struct {
	condition string
	keys      map[string][]string
	want      answer
}

const multivalued = "aws:TagKeys"

// rows are those of the table, with one value in the policy and with several.
func rows(add func(row)) {
	for _, s := range samples {
		for form, marks := range modified {
			name := strings.Replace(form, "X", s.operator, 1)
			if strings.Contains(form, "Not") {
				if s.negation == "" {
					continue
				}
				name = strings.Replace(form, "NotX", s.negation, 1)
			}
			for _, several := range []bool{false, true} {
				values, second := []string{s.one}, s.first
				if several {
					values, second = []string{s.other, s.one}, s.second
				}
				for i, have := range [...][]string{nil, {}, {s.first}, {s.neither}, {s.first, second}, {s.neither, s.first}, {s.neither, s.neither}} {
					keys := map[string][]string{multivalued: have}
					if have == nil {
						delete(keys, multivalued)
					}
					text, _ := json.Marshal(map[string]map[string][]string{name: {multivalued: values}})
					add(row{string(text), keys, marked(marks[i])})
				}
			}
		}
	}
	for value, marks := range map[string]string{
		`"true"`: "++-----", `"false"`: "--+++++", `true`: "++-----", `["false"]`: "--+++++", `["true","false"]`: "+++++++",
	} {
		for i, have := range [...][]string{nil, {}, {"a"}, {"b"}, {"a", "a"}, {"b", "a"}, {"b", "b"}} {
			keys := map[string][]string{multivalued: have}
			if have == nil {
				delete(keys, multivalued)
			}
			add(row{fmt.Sprintf(`{"Null":{%q:%s}}`, multivalued, value), keys, marked(marks[i])})
		}
	}
}

func marked(mark byte) answer { return map[byte]answer{'+': yes, '?': open, '-': no}[mark] }

// has are the keys of a request, each of one value.
func has(pairs ...string) map[string][]string {
	keys := map[string][]string{}
	for i := 0; i < len(pairs); i += 2 {
		keys[pairs[i]] = append(keys[pairs[i]], pairs[i+1])
	}
	return keys
}

// particulars are what the table's columns don't tell apart. IAM user guide, in each section's words.
var particulars = []row{
	// "Condition": several operators and several keys are joined with AND.
	{`{"StringEquals":{"aws:PrincipalTag/team":"ml","aws:RequestTag/project":"x"}}`, has("aws:PrincipalTag/team", "ml", "aws:RequestTag/project", "x"), yes},
	{`{"StringEquals":{"aws:PrincipalTag/team":"ml","aws:RequestTag/project":"x"}}`, has("aws:PrincipalTag/team", "ml"), no},
	{`{"StringEquals":{"aws:PrincipalTag/team":"ml"},"Bool":{"aws:SecureTransport":"true"}}`, has("aws:PrincipalTag/team", "ml", "aws:SecureTransport", "false"), no},
	{`{"StringLike":{"aws:PrincipalTag/team":"m*"},"StringNotEquals":{"aws:PrincipalTag/team":"ml"}}`, has("aws:PrincipalTag/team", "mx"), yes},
	{`{"StringLike":{"aws:PrincipalTag/team":"m*"},"StringNotEquals":{"aws:PrincipalTag/team":"ml"}}`, has("aws:PrincipalTag/team", "ml"), no},
	{`{}`, has(), yes},

	// "Condition": "Condition key names are not case-sensitive."
	{`{"StringEquals":{"AWS:principaltag/TEAM":"ml"}}`, has("aws:PrincipalTag/team", "ml"), yes},
	{`{"Null":{"SAGEMAKER:VPCSUBNETS":"false"}}`, has("sagemaker:VpcSubnets", "subnet-1"), yes},
	{`{"stringequals":{"aws:PrincipalTag/team":"ml"}}`, has("aws:PrincipalTag/team", "ml"), yes},
	{`{"forallvalues:STRINGNOTEQUALSIFEXISTS":{"aws:TagKeys":"ml"}}`, has("aws:TagKeys", "ml"), no},
	{`{"NULL":{"aws:TagKeys":"TRUE"}}`, has(), yes},

	// "String condition operators": wildcards are StringLike's alone; ? is one letter, * any number of them.
	{`{"StringEquals":{"aws:PrincipalTag/team":"m*"}}`, has("aws:PrincipalTag/team", "ml"), no},
	{`{"StringEquals":{"aws:PrincipalTag/team":"m*"}}`, has("aws:PrincipalTag/team", "m*"), yes},
	{`{"StringNotEquals":{"aws:PrincipalTag/team":"*"}}`, has("aws:PrincipalTag/team", "ml"), yes},
	{`{"StringEqualsIgnoreCase":{"aws:PrincipalTag/team":"M?"}}`, has("aws:PrincipalTag/team", "ml"), no},
	{`{"StringLike":{"aws:PrincipalTag/team":"m?"}}`, has("aws:PrincipalTag/team", "m"), no},
	{`{"StringLike":{"aws:PrincipalTag/team":"m?"}}`, has("aws:PrincipalTag/team", "mlx"), no},
	{`{"StringLike":{"aws:PrincipalTag/team":"*l"}}`, has("aws:PrincipalTag/team", "ml:l"), yes},
	{`{"StringLike":{"aws:PrincipalTag/team":"a*b*c"}}`, has("aws:PrincipalTag/team", "abbxc"), yes},
	{`{"StringLike":{"aws:PrincipalTag/team":"a*b*c"}}`, has("aws:PrincipalTag/team", "acb"), no},
	{`{"StringLike":{"aws:PrincipalTag/team":"*"}}`, has("aws:PrincipalTag/team", "ml"), yes},
	{`{"StringLike":{"aws:PrincipalTag/team":"*"}}`, has(), no},
	{`{"StringNotLike":{"aws:PrincipalTag/team":"*"}}`, has("aws:PrincipalTag/team", "ml"), no},
	{`{"StringNotLike":{"aws:PrincipalTag/team":"*"}}`, has(), yes},
	{`{"StringLike":{"s3:prefix":["","home/"]}}`, has("s3:prefix", ""), yes},
	{`{"StringLike":{"aws:PrincipalTag/team":"[a-z]l"}}`, has("aws:PrincipalTag/team", "ml"), no},

	// "Numeric condition operators": "an integer or decimal value". Quotation marks are optional ("Grammar").
	{`{"NumericLessThanEquals":{"sagemaker:MaxRuntimeInSeconds":3600}}`, has("sagemaker:MaxRuntimeInSeconds", "3600"), yes},
	{`{"NumericLessThan":{"sagemaker:MaxRuntimeInSeconds":"9"}}`, has("sagemaker:MaxRuntimeInSeconds", "10"), no},
	{`{"NumericEquals":{"sagemaker:MaxRuntimeInSeconds":"0"}}`, has("sagemaker:MaxRuntimeInSeconds", "-0"), yes},
	{`{"NumericGreaterThan":{"sagemaker:MaxRuntimeInSeconds":"-1.5"}}`, has("sagemaker:MaxRuntimeInSeconds", "-1.25"), yes},
	{`{"NumericEquals":{"sagemaker:MaxRuntimeInSeconds":"9007199254740993"}}`, has("sagemaker:MaxRuntimeInSeconds", "9007199254740992"), no},
	{`{"NumericEquals":{"sagemaker:MaxRuntimeInSeconds":"an hour"}}`, has("sagemaker:MaxRuntimeInSeconds", "3600"), no},
	{`{"NumericLessThan":{"sagemaker:MaxRuntimeInSeconds":"36*"}}`, has("sagemaker:MaxRuntimeInSeconds", "1"), no},
	{`{"NumericEquals":{"sagemaker:MaxRuntimeInSeconds":["x","3600"]}}`, has("sagemaker:MaxRuntimeInSeconds", "3600"), yes},
	{`{"NumericEqualsIfExists":{"sagemaker:MaxRuntimeInSeconds":"x"}}`, has(), yes},

	// "Date condition operators": ISO 8601 as in W3C's note, or epoch time.
	{`{"DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"}}`, has("aws:CurrentTime", "2024-12-31T23:30:00-01:00"), no},
	{`{"DateGreaterThan":{"aws:CurrentTime":"2025-01"}}`, has("aws:CurrentTime", "2025-01-01T00:00:00.5Z"), yes},
	{`{"DateEquals":{"aws:EpochTime":"1735689600"}}`, has("aws:EpochTime", "2025-01-01T00:00Z"), yes},
	{`{"DateLessThan":{"aws:EpochTime":1735689600}}`, has("aws:EpochTime", "1735689599"), yes},
	{`{"DateLessThan":{"aws:CurrentTime":"2025-*"}}`, has("aws:CurrentTime", "2024-01-01T00:00:00Z"), no},
	{`{"DateGreaterThan":{"aws:TokenIssueTime":"2020-01-01T00:00:01Z"}}`, has(), no},

	// "Boolean condition operators".
	{`{"Bool":{"sagemaker:NetworkIsolation":true}}`, has("sagemaker:NetworkIsolation", "true"), yes},
	{`{"Bool":{"sagemaker:NetworkIsolation":"True"}}`, has("sagemaker:NetworkIsolation", "true"), yes},
	{`{"Bool":{"sagemaker:NetworkIsolation":["true","false"]}}`, has("sagemaker:NetworkIsolation", "false"), yes},
	{`{"Bool":{"sagemaker:NetworkIsolation":"false"}}`, has(), no},
	{`{"BoolIfExists":{"sagemaker:NetworkIsolation":"true"}}`, has("sagemaker:NetworkIsolation", "false"), no},
	{`{"Bool":{"sagemaker:NetworkIsolation":"yes"}}`, has("sagemaker:NetworkIsolation", "true"), no},

	// "IP address condition operators": CIDR, or an address that is a block of its own; the two families don't meet.
	{`{"IpAddress":{"aws:SourceIp":"203.0.113.7"}}`, has("aws:SourceIp", "203.0.113.7"), yes},
	{`{"IpAddress":{"aws:SourceIp":"203.0.113.7"}}`, has("aws:SourceIp", "203.0.113.8"), no},
	{`{"NotIpAddress":{"aws:SourceIp":"203.0.113.7"}}`, has("aws:SourceIp", "203.0.113.8"), yes},
	{`{"IpAddress":{"aws:SourceIp":"2001:db8::7"}}`, has("aws:SourceIp", "2001:DB8:0:0::7"), yes},
	{`{"IpAddress":{"aws:SourceIp":"2001:db8::7"}}`, has("aws:SourceIp", "2001:db8::8"), no},
	{`{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}`, has("aws:SourceIp", "2001:db8::8"), no},
	{`{"IpAddress":{"aws:SourceIp":"::/0"}}`, has("aws:SourceIp", "203.0.113.7"), no},
	{`{"NotIpAddress":{"aws:SourceIp":"0.0.0.0/0"}}`, has("aws:SourceIp", "2001:db8::8"), yes},
	{`{"NotIpAddress":{"aws:SourceIp":["0.0.0.0/0","::/0"]}}`, has("aws:SourceIp", "2001:db8::8"), no},
	{`{"IpAddress":{"aws:SourceIp":"203.0.113.77/24"}}`, has("aws:SourceIp", "203.0.113.1"), yes},
	{`{"IpAddress":{"aws:SourceIp":"203.0.113.0/33"}}`, has("aws:SourceIp", "203.0.113.1"), no},
	{`{"IpAddress":{"aws:SourceIp":"203.0.*"}}`, has("aws:SourceIp", "203.0.113.1"), no},

	// "ARN condition operators": each of six parts by itself; the last has the other colons. The guide's own example.
	{`{"ArnLike":{"aws:SourceArn":"arn:aws:someservice:*:111122223333:finance/*"}}`, has("aws:SourceArn", "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"), no},
	{`{"StringLike":{"aws:SourceArn":"arn:aws:someservice:*:111122223333:finance/*"}}`, has("aws:SourceArn", "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"), yes},
	{`{"ArnNotLike":{"aws:SourceArn":"arn:aws:someservice:*:111122223333:finance/*"}}`, has("aws:SourceArn", "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"), yes},
	{`{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:*:*:*"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-2:111122223333:a:b:c"), yes},
	{`{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:*:a:?"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-2:111122223333:a:b"), yes},
	{`{"ArnLike":{"aws:SourceArn":"arn:*:sns:us-east-?:*:*"}}`, has("aws:SourceArn", "arn:aws-cn:sns:us-east-22:1:a"), no},
	{`{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/Admin"}}`, has("aws:PrincipalArn", "arn:aws:iam::111122223333:role/admin"), no},
	{`{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:*"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-2:111122223333:a"), open},

	// "Policy variables": in string and ARN comparisons.
	{`{"StringEquals":{"aws:RequestTag/owner":"${aws:username}"}}`, has("aws:RequestTag/owner", "ana", "aws:username", "ana"), yes},
	{`{"StringEquals":{"aws:RequestTag/owner":"${AWS:UserName}"}}`, has("aws:RequestTag/owner", "ana", "aws:username", "bo"), no},
	{`{"StringLike":{"aws:RequestTag/owner":"${aws:username}-*"}}`, has("aws:RequestTag/owner", "ana-1", "aws:username", "ana"), yes},
	{`{"StringEqualsIgnoreCase":{"aws:RequestTag/owner":"x-${aws:username}"}}`, has("aws:RequestTag/owner", "X-Ana", "aws:username", "aNa"), yes},
	{`{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:*:${aws:username}/*"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-2:1:ana/x", "aws:username", "ana"), yes},
	// "Policy variables with no value": "There is no equal or like value"; inverted operators do match.
	{`{"StringEquals":{"aws:RequestTag/owner":"${aws:username}"}}`, has("aws:RequestTag/owner", "ana"), no},
	{`{"StringLike":{"aws:RequestTag/owner":"*${aws:username}*"}}`, has("aws:RequestTag/owner", "ana"), no},
	{`{"StringNotEquals":{"aws:RequestTag/owner":"${aws:username}"}}`, has("aws:RequestTag/owner", "ana"), yes},
	{`{"StringNotLike":{"aws:RequestTag/owner":"${aws:username}"}}`, has(), yes},
	{`{"StringEquals":{"aws:RequestTag/owner":["${aws:username}","ana"]}}`, has("aws:RequestTag/owner", "ana"), yes},
	{`{"StringNotEquals":{"aws:RequestTag/owner":["${aws:username}","ana"]}}`, has("aws:RequestTag/owner", "ana"), no},
	{`{"ForAllValues:StringEquals":{"aws:TagKeys":"${aws:username}"}}`, has("aws:TagKeys", "a"), no},
	{`{"ForAllValues:StringEquals":{"aws:TagKeys":"${aws:username}"}}`, has(), yes},
	// "You cannot use a multivalued context key as a policy variable."
	{`{"StringEquals":{"aws:RequestTag/owner":"${aws:TagKeys}"}}`, has("aws:RequestTag/owner", "a", "aws:TagKeys", "a", "aws:TagKeys", "b"), no},
	{`{"StringEquals":{"aws:RequestTag/owner":"${aws:TagKeys}"}}`, has("aws:RequestTag/owner", "a", "aws:TagKeys", "a"), no},
	// "Specifying default values": after a comma and a space, in single quotes.
	{`{"StringEquals":{"aws:RequestTag/owner":"${aws:username, 'nobody'}"}}`, has("aws:RequestTag/owner", "nobody"), yes},
	{`{"StringEquals":{"aws:RequestTag/owner":"${aws:username, 'nobody'}"}}`, has("aws:RequestTag/owner", "nobody", "aws:username", "ana"), no},
	{`{"StringEquals":{"aws:RequestTag/owner":"${aws:username, 'nobody'}"}}`, has("aws:RequestTag/owner", "ana", "aws:username", "ana"), yes},
	{`{"StringNotEquals":{"aws:RequestTag/owner":"x-${aws:username, 'nobody'}"}}`, has("aws:RequestTag/owner", "x-nobody"), no},
	// "Special characters".
	{`{"StringLike":{"aws:RequestTag/owner":"a${*}"}}`, has("aws:RequestTag/owner", "a*"), yes},
	{`{"StringLike":{"aws:RequestTag/owner":"a${*}"}}`, has("aws:RequestTag/owner", "ab"), no},
	{`{"StringLike":{"aws:RequestTag/owner":"a${?}*"}}`, has("aws:RequestTag/owner", "a?bc"), yes},
	{`{"StringLike":{"aws:RequestTag/owner":"a${?}*"}}`, has("aws:RequestTag/owner", "abbc"), no},
	{`{"StringEquals":{"aws:RequestTag/owner":"a${$}{b}"}}`, has("aws:RequestTag/owner", "a${b}"), yes},
	{`{"StringEquals":{"aws:RequestTag/owner":"a${*}"}}`, has("aws:RequestTag/owner", "a*"), yes},
	// What stands in a value of the request is no wildcard.
	{`{"StringLike":{"aws:RequestTag/owner":"${aws:username}"}}`, has("aws:RequestTag/owner", "ana", "aws:username", "*"), no},
	// "You can't use a policy variable with other operators, such as Numeric, Date, Boolean, Binary, IP Address, or Null."
	{`{"NumericEquals":{"sagemaker:MaxRuntimeInSeconds":"${aws:username}"}}`, has("sagemaker:MaxRuntimeInSeconds", "1", "aws:username", "1"), no},
	{`{"IpAddress":{"aws:SourceIp":"${aws:username}"}}`, has("aws:SourceIp", "203.0.113.7", "aws:username", "203.0.113.7"), no},
}

// conditioned is a policy that allows what a condition admits.
func conditioned(condition string) string {
	return `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":` + condition + `}}`
}

func (r row) request() request {
	out := request{action: "sagemaker:CreateTrainingJob", resource: "arn:aws:sagemaker:us-east-1:111122223333:training-job/a", keys: map[string][]string{}}
	for key, values := range r.keys {
		out.keys[strings.ToLower(key)] = values
	}
	return out
}

// A case is a policy, a request and what the guide says of them: the conditions' rows and those of the other elements.
func cases(add func(text string, r request, want answer)) {
	conditions := func(r row) { add(conditioned(r.condition), r.request(), r.want) }
	rows(conditions)
	for _, r := range particulars {
		conditions(r)
	}
	for _, e := range elements {
		r := row{keys: e.keys}.request()
		r.action, r.resource = e.action, e.resource
		if r.action == "" {
			r.action = "sagemaker:CreateTrainingJob"
		}
		if r.resource == "" {
			r.resource = "arn:aws:sagemaker:us-east-1:111122223333:training-job/a"
		}
		add(`{"Version":"`+e.version()+`","Statement":[`+e.statements+`]}`, r, e.want)
	}
}

// An element is a row about what a statement names, and about how statements go together.
type element struct {
	statements       string
	action, resource string
	keys             map[string][]string
	want             answer
	old              bool
}

func (e element) version() string {
	if e.old {
		return "2008-10-17"
	}
	return "2012-10-17"
}

const job = "arn:aws:sagemaker:us-east-1:111122223333:training-job/"

var elements = []element{
	// "Action": case doesn't matter, wildcards go anywhere.
	{statements: `{"Effect":"Allow","Action":"SageMaker:createTRAININGjob","Resource":"*"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"sagemaker:Create*Job","Resource":"*"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"sagemaker:Create*Job","Resource":"*"}`, action: "sagemaker:CreateModel", want: no},
	{statements: `{"Effect":"Allow","Action":["s3:*","sagemaker:CreateTrainingJo?"],"Resource":"*"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"*"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"sagemaker:Create","Resource":"*"}`, want: no},
	// "NotAction": all but those.
	{statements: `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`, want: yes},
	{statements: `{"Effect":"Allow","NotAction":["iam:*","SAGEMAKER:create*"],"Resource":"*"}`, want: no},
	// "Resource": case matters; * is also beyond / and, at the end of a segment, beyond colons.
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `a"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `A"}`, want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::*","arn:aws:sagemaker:*:*:training-job/*"]}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:*:*:*/b"}`, resource: job + "a/b", want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:us-east-?:111122223333:training-job/?"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:eu-*:111122223333:*"}`, want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:*:training-job/a"}`, want: yes},
	// "When you specify an incomplete ARN, AWS automatically completes the ARN by adding wildcards to all missing fields."
	{statements: `{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:us-east-1"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3"}`, want: no},
	// "NotResource".
	{statements: `{"Effect":"Allow","Action":"*","NotResource":"` + job + `b"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","NotResource":["` + job + `b","` + job + `*"]}`, want: no},
	// Variables stand in the resource's part; one without a value "will not match any resource".
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `${aws:username}-*"}`, resource: job + "ana-1", keys: has("aws:username", "ana"), want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `${aws:username}-*"}`, resource: job + "ana-1", keys: has("aws:username", "bo"), want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `${aws:username}*"}`, resource: job + "ana-1", want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":["` + job + `${aws:username}*","*"]}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","NotResource":"` + job + `${aws:username}*"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `${aws:username, 'a'}"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `${*}"}`, want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `${*}"}`, resource: job + "*", want: yes},
	// "Version": in 2008-10-17 they are "treated as literal strings".
	{statements: `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/owner":"${aws:username}"}}}`, keys: has("aws:RequestTag/owner", "ana", "aws:username", "ana"), old: true, want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/owner":"${aws:username}"}}}`, keys: has("aws:RequestTag/owner", "${aws:username}"), old: true, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"` + job + `${aws:username}*"}`, resource: job + "ana-1", keys: has("aws:username", "ana"), old: true, want: no},
	// "Policy evaluation logic": nothing is allowed unless something allows it; a Deny wins, wherever it stands.
	{statements: `{"Effect":"Deny","Action":"s3:*","Resource":"*"}`, want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sagemaker:Create*","Resource":"*"}`, want: no},
	{statements: `{"Effect":"Deny","Action":"*","NotResource":"` + job + `a"},{"Effect":"Allow","Action":"*","Resource":"*"}`, want: yes},
	{statements: `{"Effect":"Deny","NotAction":"sagemaker:*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}`, want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`, want: no},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`, keys: has("sagemaker:VpcSubnets", "subnet-1"), want: yes},
	{statements: `{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"sagemaker:VpcSubnets":"subnet-1"}}}`, want: no},
}

// The evaluator that the engine is measured with says what the table says.
func TestTruthTable(t *testing.T) {
	n := 0
	cases(func(text string, r request, want answer) {
		n++
		if got := (levels{grants: []policy{read(t, text)}}).evaluate(r); got != want {
			t.Errorf("%v, want %v: %s with %v for %s", got, want, text, r.keys, r.resource)
		}
	})
	if want := len(samples)*12*2*len(columns)/2 + len(particulars); n < want {
		t.Errorf("%d rows, fewer than %d", n, want)
	}
}
