package isolationtest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A hole is a value of which it isn't known which of several it is: because nobody says it before deployment, or because a
// condition chooses it that nobody decides before.
type hole struct {
	arms   []any
	chosen bool
}

// may are the values that a member may have.
var may = map[string][]any{
	"EnableNetworkIsolation":                {true, false},
	"EnableInterContainerTrafficEncryption": {true, false},
	"VolumeKmsKeyId":                        {"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", nil},
	"KmsKeyId":                              {"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", nil},
	"Subnets":                               {[]any{"subnet-0aa11bb22cc33dd44"}, []any{}},
	"SubnetIds":                             {[]any{"subnet-0aa11bb22cc33dd44"}, []any{}},
	"SecurityGroupIds":                      {[]any{"sg-0aa11bb22cc33dd44"}, []any{}},
	"SubnetId":                              {"subnet-0aa11bb22cc33dd44", nil},
	"InstanceCount":                         {1, 3},
	"InstanceType":                          {"ml.m5.xlarge", "ml.g4dn.xlarge"},
	"DirectInternetAccess":                  {"Disabled", "Enabled"},
	"RootAccess":                            {"Disabled", "Enabled"},
	"AppNetworkAccessType":                  {"VpcOnly", "PublicInternetOnly"},
	"MinimumInstanceMetadataServiceVersion": {"2", "1"},
	"RepositoryAccessMode":                  {"Vpc", "Platform"},
}

// puncture makes a hole of the n-th of the values that may be another; false where there are fewer.
func puncture(o object, n *int, chosen bool) (object, bool) {
	for i, m := range o {
		var changed any
		if m.name == "OverrideVpcConfig" {
			continue // what overrides is written whole or not at all
		}
		switch v := m.value.(type) {
		case object:
			if inner, ok := puncture(v, n, chosen); ok {
				changed = inner
			}
		case []any:
			for j, e := range v {
				if inner, ok := e.(object); ok && changed == nil {
					if inner, ok = puncture(inner, n, chosen); ok {
						list := slices.Clone(v)
						list[j] = inner
						changed = list
					}
				}
			}
		}
		if arms, ok := may[m.name]; ok && changed == nil {
			if *n == 0 {
				changed = hole{arms, chosen}
			}
			*n--
		}
		if changed != nil {
			out := slices.Clone(o)
			out[i].value = changed
			return out, true
		}
	}
	return o, false
}

// filled returns a value with what one of the arms says in place of the hole.
func filled(v any, arm int) any {
	switch v := v.(type) {
	case hole:
		return v.arms[arm]
	case object:
		out := make(object, len(v))
		for i, m := range v {
			out[i] = member{m.name, filled(m.value, arm)}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = filled(e, arm)
		}
		return out
	}
	return v
}

// among judges a request with a hole: what all arms agree on holds, a choice that is wrong in one arm is wrong, and else
// nobody knows.
func among(k kind, r object, chosen bool) map[string]answer {
	out := map[string]answer{}
	one, other := expect(k, filled(r, 0).(object), false), expect(k, filled(r, 1).(object), false)
	for _, rule := range judged() {
		a, b := settled(one[rule.ID]), settled(other[rule.ID])
		switch {
		case rule.ID == "missing-vpc-config" && a == right && b == right && !chosen && subnetsOpen(k, r):
			// What may name no subnets is left open even where partial-vpc-config would say so.
			out[rule.ID] = undecided
		case a == b:
			out[rule.ID] = a
		case chosen:
			out[rule.ID] = wrong
		default:
			out[rule.ID] = undecided
		}
	}
	return out
}

// subnetsOpen reports whether it isn't known whether a part that names security groups names subnets.
func subnetsOpen(k kind, r object) bool {
	others := parts(k, filled(r, 1).(object))
	for i, p := range parts(k, filled(r, 0).(object)) {
		if p.placeable && len(p.groups) > 0 && len(p.subnets) != len(others[i].subnets) {
			return true
		}
	}
	return false
}

// open are the languages that can say that they don't know, and how.
var open = []spelling{
	{"Terraform", "main.tf", func(k kind, name string, r object) (string, bool) {
		text, ok := resource(k, name, r)
		return "variable \"given\" {}\n\n" + text, ok
	}, false},
	{"CloudFormation", "template.yaml", func(k kind, name string, r object) (string, bool) {
		text, ok := template(k, name, r)
		return "Parameters:\n  Given:\n    Type: String\nConditions:\n  Is: !Equals [!Ref Given, \"yes\"]\n" + text, ok
	}, false},
	{"boto3", "create.py", func(k kind, name string, r object) (string, bool) {
		text, ok := client(k, name, r)
		return "import json\nimport os\n\n" + text, ok
	}, false},
}

// Requests of which one value isn't known are judged alike in every language that can say so.
func TestHoles(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.operation, func(t *testing.T) {
			disagreements, example := map[string]int{}, map[string]string{}
			cases := map[string]object{}
			chosen := map[string]bool{}
			for seed := *first; seed < *first+*requests; seed++ {
				r, name := draw(k, seed), fmt.Sprintf("c%d", seed)
				d := rand.New(rand.NewPCG(uint64(seed), 9))
				n := d.IntN(8)
				chosen[name] = d.IntN(2) == 0
				if punctured, ok := puncture(r, &n, chosen[name]); ok {
					cases[name] = punctured
				}
			}
			got := judge(t, k, open, cases)
			for _, name := range slices.Sorted(maps.Keys(cases)) {
				want := among(k, cases[name], chosen[name])
				for _, s := range open {
					text, ok := s.write(k, name, cases[name])
					if !ok {
						continue
					}
					for _, d := range compare(s, got[name+"/"+s.file], want) {
						d += map[bool]string{true: " (a condition chooses)", false: " (it isn't known)"}[chosen[name]]
						if disagreements[d]++; example[d] == "" || len(text) < len(example[d]) {
							example[d] = text
						}
					}
				}
			}
			for _, d := range slices.Sorted(maps.Keys(disagreements)) {
				t.Errorf("%s (%d requests), such as\n%s", d, disagreements[d], strings.TrimSpace(example[d]))
			}
		})
	}
}
