package guard_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// The tests below decide random policies by trying requests one by one, with an evaluator of their own that knows IAM's
// documentation and nothing of the package.

// A request is what somebody asks. A key that isn't in it is absent.
type request struct {
	account, action, resource string
	keys                      map[string]string
}

// A policyDoc is a policy as encoding/json reads it.
type policyDoc struct {
	Version   string
	Statement []map[string]any
}

func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, e.(string))
		}
		return out
	}
	return nil
}

// like matches a pattern as the IAM user guide says: * is any text, ? any one letter.
func like(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return like(pattern[1:], text) || text != "" && like(pattern, text[1:])
	case text == "" || pattern[0] != '?' && pattern[0] != text[0]:
		return false
	}
	return like(pattern[1:], text[1:])
}

func (r request) matches(s map[string]any) bool {
	element := func(name string, is func(v any) bool) bool {
		if v, ok := s[name]; ok {
			return is(v)
		}
		v, ok := s["Not"+name]
		return ok && !is(v)
	}
	named := func(text string, fold bool) func(v any) bool {
		return func(v any) bool {
			return slices.ContainsFunc(texts(v), func(p string) bool {
				if fold {
					return like(strings.ToLower(p), strings.ToLower(text))
				}
				return like(p, text)
			})
		}
	}
	principal := func(v any) bool {
		if m, ok := v.(map[string]any); ok {
			v = m["AWS"]
		}
		return slices.ContainsFunc(texts(v), func(p string) bool { return p == "*" || strings.Contains(p, ":"+r.account+":") })
	}
	if !element("Principal", principal) || !element("Action", named(r.action, true)) || !element("Resource", named(r.resource, false)) {
		return false
	}
	conditions, _ := s["Condition"].(map[string]any)
	for operator, keys := range conditions {
		for key, values := range keys.(map[string]any) {
			if !r.meets(operator, key, texts(values)) {
				return false
			}
		}
	}
	return true
}

// meets decides one condition.
func (r request) meets(operator, key string, values []string) bool {
	have, present := r.keys[strings.ToLower(key)]
	set, bare, quantified := strings.Cut(operator, ":")
	if !quantified {
		set, bare = "", operator
	}
	if bare == "Null" {
		return slices.Contains(values, fmt.Sprint(!present))
	}
	ifExists := strings.HasSuffix(bare, "IfExists")
	bare = strings.TrimSuffix(bare, "IfExists")
	negated := strings.Contains(bare, "Not")
	if !present {
		switch set {
		case "ForAllValues":
			return true
		case "ForAnyValue":
			return false
		}
		return ifExists || negated
	}
	match := slices.ContainsFunc(values, func(v string) bool {
		if v == "${"+key+"}" {
			return true
		}
		switch {
		case strings.HasPrefix(bare, "String") && strings.HasSuffix(bare, "Like"), strings.HasPrefix(bare, "Arn"):
			return like(v, have)
		case bare == "Bool":
			return strings.EqualFold(v, have)
		case strings.HasSuffix(bare, "IpAddress"):
			block, err := netip.ParsePrefix(v)
			return err == nil && block.Contains(netip.MustParseAddr(have))
		}
		return v == have
	})
	return match != negated
}

// options are what a key may be in the requests that a question is about; "" stands for its being absent.
type options map[string][]string

// each calls f with every request that the options leave, until it says to stop.
func (o options) each(r request, f func(request) bool) {
	var names []string
	for name := range o {
		names = append(names, name)
	}
	slices.Sort(names)
	r.keys = map[string]string{}
	var fill func(i int) bool
	fill = func(i int) bool {
		if i == len(names) {
			return f(r)
		}
		for _, v := range o[names[i]] {
			delete(r.keys, names[i])
			if v != "" {
				r.keys[names[i]] = v
			}
			if !fill(i + 1) {
				return false
			}
		}
		return true
	}
	fill(0)
}

// only keeps the keys that a policy mentions: no other matters.
func (o options) only(text string) options {
	out := options{}
	for name, values := range o {
		if strings.Contains(strings.ToLower(text), name) {
			out[name] = values
		}
	}
	return out
}

// Requests by strangers on what nobody names, through an endpoint: they choose how they ask.
var strangers = options{
	"aws:principalaccount":  {"999988887777"},
	"aws:principalarn":      {"arn:aws:iam::999988887777:role/zz", "arn:aws:iam::999988887777:user/zz"},
	"aws:principalorgid":    {"o-zz", ""},
	"aws:principaltag/team": {"zz", ""},
	"aws:resourceaccount":   {"999988887777"},
	"aws:resourceorgid":     {"o-zz", ""},
	"aws:sourcevpce":        {"vpce-zz"},
	"aws:sourceip":          {"203.0.113.7", "2001:db8::7", ""},
	"aws:securetransport":   {"true", "false"},
	"aws:useragent":         {"zz", "boto3", "*", ""},
}

// Requests from outside, that somebody makes himself.
var outside = options{
	"aws:principalaccount":  {"999988887777"},
	"aws:principalarn":      {"arn:aws:iam::999988887777:role/zz", "arn:aws:iam::999988887777:user/zz"},
	"aws:principalorgid":    {"o-zz", ""},
	"aws:principaltag/team": {"zz", ""},
	"aws:resourceaccount":   {"111122223333"},
	"aws:resourceorgid":     {"o-1"},
	"aws:sourcevpce":        {""},
	"aws:sourceip":          {"203.0.113.7", "2001:db8::7"},
	"aws:securetransport":   {"true"},
	"aws:useragent":         {"zz", "boto3", "*", ""},
}

// values are what random policies compare each key with.
var keyValues = map[string][]string{
	"aws:PrincipalAccount":  {"111122223333", "1111*", "*", "${aws:PrincipalAccount}"},
	"aws:PrincipalArn":      {"arn:aws:iam::111122223333:role/a", "arn:aws:iam::*:role/*", "arn:aws:iam::*:*", "*"},
	"aws:principalorgid":    {"o-1", "o-*", "*"},
	"aws:PrincipalTag/team": {"ml", "*"},
	"aws:ResourceAccount":   {"111122223333", "*"},
	"aws:ResourceOrgID":     {"o-1"},
	"aws:SourceVpce":        {"vpce-1", "vpce-*"},
	"aws:SourceIp":          {"192.0.2.0/24", "0.0.0.0/0", "::/0"},
	"aws:SecureTransport":   {"true", "false"},
	"aws:UserAgent":         {"boto3", "*"},
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// several returns one of some texts, or a list of them.
func several(r *rand.Rand, from ...string) any {
	if r.IntN(2) == 0 {
		return pick(r, from...)
	}
	out := []any{}
	for range 1 + r.IntN(2) {
		out = append(out, pick(r, from...))
	}
	return out
}

func condition(r *rand.Rand, in map[string]any) {
	var names []string
	for name := range keyValues {
		names = append(names, name)
	}
	slices.Sort(names)
	key := pick(r, names...)
	operator := pick(r, "StringEquals", "StringNotEquals", "StringLike", "StringNotLike")
	switch {
	case r.IntN(8) == 0:
		operator = "Null"
	case key == "aws:SourceIp":
		operator = pick(r, "IpAddress", "NotIpAddress")
	case key == "aws:SecureTransport":
		operator = "Bool"
	case key == "aws:PrincipalArn":
		operator = pick(r, "ArnLike", "ArnNotLike", "StringEquals", "StringNotLike")
	}
	// Texts that are compared as they are have no wildcards, if who writes them knows that.
	plain := slices.Clone(keyValues[key])
	if strings.Contains(operator, "Equals") {
		plain = slices.DeleteFunc(plain, func(v string) bool { return strings.Contains(v, "*") })
	}
	values := several(r, plain...)
	if operator == "Null" {
		values = pick(r, "true", "false")
	} else {
		operator += pick(r, "", "", "IfExists")
		if r.IntN(8) == 0 {
			operator = pick(r, "ForAllValues:", "ForAnyValue:") + strings.TrimSuffix(operator, "IfExists")
		}
	}
	keys, _ := in[operator].(map[string]any)
	if keys == nil {
		keys = map[string]any{}
		in[operator] = keys
	}
	for have := range keys {
		if strings.EqualFold(have, key) {
			return
		}
	}
	keys[key] = values
}

// statement returns a random one that is mostly wide.
func statement(r *rand.Rand) map[string]any {
	s := map[string]any{"Effect": pick(r, "Allow", "Allow", "Deny")}
	wide := func(name, all string, others ...string) {
		switch r.IntN(6) {
		case 0:
			s[name] = several(r, append(others, all)...)
		case 1:
			s[pick(r, name, "Not"+name)] = several(r, others...)
		default:
			s[name] = all
		}
	}
	switch r.IntN(6) {
	case 0:
		s[pick(r, "Principal", "NotPrincipal")] = map[string]any{"AWS": several(r, "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/a")}
	case 1:
		s["Principal"] = map[string]any{"AWS": several(r, "*", "arn:aws:iam::111122223333:root")}
	default:
		s["Principal"] = "*"
	}
	wide("Action", "s3:*", "*", "s3:Get*", "s3:GetObject", "s3:PutObject", "S3:getobject", "iam:*")
	wide("Resource", "*", "arn:aws:s3:::*", "arn:aws:s3:::models", "arn:aws:s3:::models/*", "arn:aws:s3:::models*", "arn:aws:s3:::models/a/*")
	if r.IntN(3) > 0 {
		c := map[string]any{}
		for range 1 + r.IntN(3) {
			condition(r, c)
		}
		s["Condition"] = c
	}
	return s
}

func randomPolicy(t *testing.T, r *rand.Rand) (policyDoc, string) {
	t.Helper()
	doc := policyDoc{Version: "2012-10-17"}
	for range 1 + r.IntN(3) {
		doc.Statement = append(doc.Statement, statement(r))
	}
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, string(text)
}

// unrestricted tries every request of strangers.
func unrestricted(doc policyDoc, text string) bool {
	actions := []string{"s3:GetObject", "s3:PutObject", "s3:Zz", "s3:"}
	resources := []string{"arn:aws:s3:::zz", "arn:aws:s3:::zz/k", "arn:aws:s3:::"}
	return slices.ContainsFunc(doc.Statement, func(s map[string]any) bool {
		if s["Effect"] != "Allow" {
			return false
		}
		for _, action := range actions {
			for _, resource := range resources {
				found := false
				strangers.only(text).each(request{account: "999988887777", action: action, resource: resource}, func(r request) bool {
					found = r.matches(s)
					return !found
				})
				if !found {
					return false
				}
			}
		}
		return true
	})
}

// repels tries every request from outside. A Deny for other accounts only isn't one for requests from outside.
func repels(doc policyDoc, text string) bool {
	return slices.ContainsFunc(doc.Statement, func(s map[string]any) bool {
		conditions, _ := json.Marshal(s["Condition"])
		if s["Effect"] != "Deny" || s["Condition"] != nil && !strings.Contains(string(conditions), "aws:Source") {
			return false
		}
		all := true
		for _, object := range []string{"k", "a/k", "zz", ""} {
			outside.only(text).each(request{account: "999988887777", action: "s3:GetObject", resource: "arn:aws:s3:::models/" + object}, func(r request) bool {
				all = r.matches(s)
				return all
			})
			if !all {
				return false
			}
		}
		return true
	})
}

const policies = 2_500

// What is said of a policy is what trying all requests says.
func TestAgainstRequests(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	wide, closed := 0, 0
	for range policies {
		doc, text := randomPolicy(t, r)
		d := guard.Read(value.OfString(text).FromJSON(), nil)
		if want, got := unrestricted(doc, text), anyOf(d.Unrestricted("s3")); got != tri.Of(want) {
			t.Errorf("unrestricted: %v, want %v: %s", got, want, text)
		} else if want {
			wide++
		}
		if want, got := repels(doc, text), d.Repels("s3:GetObject").Holds.Known(); got != tri.Of(want) {
			t.Errorf("repels: %v, want %v: %s", got, want, text)
		} else if want {
			closed++
		}
		if t.Failed() {
			return
		}
	}
	if wide < policies/20 || closed < policies/100 {
		t.Errorf("%d unrestricted and %d closed policies of %d: they hardly differ", wide, closed, policies)
	}
}

// unknown replaces a text of a policy, at random, by one that isn't known.
func unknown(r *rand.Rand, v value.Value, depth int) value.Value {
	switch v.Kind() {
	case value.KindObject:
		fields := slices.Clone(v.Fields())
		if len(fields) == 0 || depth > 0 && r.IntN(12) == 0 {
			return value.OfOpaque("it isn't known")
		}
		i := r.IntN(len(fields))
		fields[i].Value = unknown(r, fields[i].Value, depth+1)
		return value.OfObject(fields, false)
	case value.KindList:
		elems := slices.Clone(v.Elems())
		if len(elems) == 0 {
			return v
		}
		i := r.IntN(len(elems))
		switch r.IntN(8) {
		case 0:
			return value.OfOpenList(slices.Delete(elems, i, i+1), "it isn't known")
		case 1:
			elems[i] = elems[i].Maybe()
		default:
			elems[i] = unknown(r, elems[i], depth+1)
		}
		return value.OfList(elems, false)
	}
	if text, ok := v.AsString(); ok && len(text) > 2 && r.IntN(2) == 0 {
		at := 1 + r.IntN(len(text)-1)
		return value.OfText(value.OfString(text[:at]), value.OfOpaque("it isn't known"))
	}
	return value.OfOpaque("it isn't known")
}

// With a part that isn't known, no answer contradicts what the whole policy says: what it says is one of what it may say.
func TestUnknownParts(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	decided := 0
	for range policies {
		_, text := randomPolicy(t, r)
		if strings.Contains(text, "${") {
			continue // what isn't known is taken for a constant, and not for a policy variable
		}
		v := value.OfString(text).FromJSON()
		whole, part := guard.Read(v, nil), guard.Read(unknown(r, v, 0), nil)
		for _, question := range []struct {
			name string
			ask  func(d guard.Document) tri.Bool
		}{
			{"unrestricted", func(d guard.Document) tri.Bool { return anyOf(d.Unrestricted("s3")) }},
			{"repels", func(d guard.Document) tri.Bool { return d.Repels("s3:GetObject").Holds.Known() }},
			{"reaches", func(d guard.Document) tri.Bool { return d.Reaches("s3:GetObject", "arn:aws:s3:::models").Known() }},
		} {
			want, got := question.ask(whole), question.ask(part)
			if got != tri.Unknown {
				decided++
			}
			if want != tri.Unknown && got != tri.Unknown && got != want {
				t.Fatalf("%s: %v with a part unknown, %v of %s", question.name, got, want, text)
			}
		}
	}
	if decided < policies {
		t.Errorf("%d answers of %d were decided", decided, 3*policies)
	}
}
