// Package isolationtest compares the rules about isolation, encryption, keys and placement with what the controls of AWS
// Security Hub say in words: random requests of each kind are written down in every language that has the kind, and judged by
// a table of their members that knows no rule.
package isolationtest

import (
	"math/rand/v2"
	"strings"
)

// A member is one member of a request. Its value is an object, a list, a text, a number, a switch or nil, which is null.
type member struct {
	name  string
	value any
}

// An object has its members in the order in which they are written.
type object []member

// at returns the value at a path of members, nil where there is none or where it is null.
func (o object) at(path string) any {
	head, rest, more := strings.Cut(path, ".")
	for _, m := range o {
		if m.name != head {
			continue
		}
		if !more {
			return m.value
		}
		if inner, ok := m.value.(object); ok {
			return inner.at(rest)
		}
	}
	return nil
}

// list returns the elements of a list of objects.
func (o object) list(path string) []object {
	var out []object
	elements, _ := o.at(path).([]any)
	for _, e := range elements {
		out = append(out, e.(object))
	}
	return out
}

func (o object) object(path string) object {
	inner, _ := o.at(path).(object)
	return inner
}

// with returns the object without what is absent.
func with(members ...member) object {
	var out object
	for _, m := range members {
		if m.name != "" {
			out = append(out, m)
		}
	}
	return out
}

var absent = member{}

// A die decides what a request says.
type die struct{ *rand.Rand }

func (d die) one(of ...string) string { return of[d.IntN(len(of))] }

// often returns the member, or leaves it out one time in four.
func (d die) often(m member) member {
	if d.IntN(4) == 0 {
		return absent
	}
	return m
}

// flag is a switch that is on, off, null or absent.
func (d die) flag(name string) member {
	return d.any(name, true, true, false, nil)
}

// any is one of the values, or absent.
func (d die) any(name string, values ...any) member {
	i := d.IntN(len(values) + 1)
	if i == len(values) {
		return absent
	}
	return member{name, values[i]}
}

// key names a KMS key, or none in one of the ways in which that can be said.
func (d die) key(name string) member {
	const arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	return d.any(name, arn, arn, arn, "alias/churn", "alias/aws/s3", "", nil)
}

func (d die) ids(name, id string) member {
	some := []any{id}
	return d.any(name, some, some, some, some, some, []any{}, nil)
}

// vpc is where something runs: whole, in part, or nowhere.
func (d die) vpc(name string) member {
	if d.IntN(8) == 0 {
		return member{name, nil}
	}
	return d.often(member{name, with(d.ids("SecurityGroupIds", "sg-0aa11bb22cc33dd44"), d.ids("Subnets", "subnet-0aa11bb22cc33dd44"))})
}

// instances are those of a cluster of one type. Local is a type with storage of its own, which takes no key.
func (d die) instances(local bool, more ...member) object {
	types := []string{"ml.m5.xlarge", "ml.c5.2xlarge"}
	if local {
		types = append(types, "ml.g4dn.xlarge", "ml.p4d.24xlarge")
	}
	return with(append([]member{
		{"InstanceCount", 1 + d.IntN(3)/2*(1+d.IntN(3))},
		{"InstanceType", d.one(types...)},
		{"VolumeSizeInGB", 30},
	}, more...)...)
}

const role = "arn:aws:iam::123456789012:role/sagemaker"

const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1"

var stopping = member{"StoppingCondition", object{{"MaxRuntimeInSeconds", 3600}}}
