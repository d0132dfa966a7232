package network_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// document is a policy of one statement.
func document(effect string) value.Value {
	text := value.OfString
	return value.OfObject([]value.Field{{Name: "Statement", Value: value.OfObject([]value.Field{
		{Name: "Effect", Value: text(effect)}, {Name: "Action", Value: text("sagemaker:*")}, {Name: "Resource", Value: text("*")},
	}, false)}}, false)
}

// whoHas tells who has which policies.
func whoHas(raws ...resource.Raw) []string {
	a := network.Link(model.Decode(raws), nil).Access()
	var out []string
	list := func(policies []network.HeldPolicy, complete value.Truth) string {
		var names []string
		for _, h := range policies {
			name := strings.TrimPrefix(h.Resource.Head().Subject(), "aws_iam_")
			if h.Holds.Known() != tri.True {
				name += "?"
			}
			names = append(names, name)
		}
		for _, c := range complete.Cases() {
			if c.Holds != tri.True {
				names = append(names, "and? "+c.Reason)
			}
		}
		return strings.Join(names, ", ")
	}
	for _, p := range a.Principals {
		who := "nobody"
		switch text, known := p.Name.AsString(); {
		case p.Resource != nil:
			who = p.Resource.Head().Subject()
		case known:
			who = p.Kind.String() + " " + text
		case p.Kind != model.Nobody:
			who = "some " + p.Kind.String()
		}
		line := who + ": " + list(p.Policies, p.PoliciesComplete)
		for _, h := range p.ByAWS {
			line += "; " + h.Name
		}
		if bounds := list(p.Boundaries, p.BoundariesComplete); bounds != "" {
			line += "; bounded by " + bounds
		}
		out = append(out, strings.ReplaceAll(line, "aws_iam_", ""))
	}
	for _, o := range a.Organization {
		line := "organization: " + o.Resource.Head().Subject()
		for _, t := range o.Targets {
			line += fmt.Sprintf(" %s", t.Name.Literal())
		}
		out = append(out, line)
	}
	return out
}

// in returns a resource that is deployed with others than those of raw.
func in(unit string, r resource.Raw) resource.Raw {
	r.Addr.Unit = unit
	return r
}

type props = map[string]value.Value

func TestPrincipals(t *testing.T) {
	text := value.OfString
	list := func(vs ...value.Value) value.Value { return value.OfList(vs, false) }
	role := func(name string) resource.Raw { return raw("aws_iam_role", name, props{"name": text(name)}) }
	embedded := func(name string, role value.Value, effect string) resource.Raw {
		return raw("aws_iam_role_policy", name, props{"role": role, "policy": document(effect)})
	}
	managed := func(name, effect string) resource.Raw {
		return raw("aws_iam_policy", name, props{"name": text(name), "policy": document(effect)})
	}
	attach := func(name string, role, policy value.Value) resource.Raw {
		return raw("aws_iam_role_policy_attachment", name, props{"role": role, "policy_arn": policy})
	}
	unknown := value.OfOpaque("var.x has no default")
	lookup := func(typ, name string, p props) resource.Raw {
		r := raw(typ, name, p)
		r.Data, r.Addr.Name = true, "data."+typ+"."+name
		return r
	}
	for _, row := range []struct {
		name string
		raws []resource.Raw
		want []string
	}{
		{"by reference and by name", []resource.Raw{
			role("jobs"), embedded("a", ref("aws_iam_role.jobs", "id"), "Allow"), embedded("b", text("jobs"), "Deny"),
		}, []string{"role.jobs: role_policy.a, role_policy.b"}},
		{"a name that unknown text is part of", []resource.Raw{
			raw("aws_iam_role", "jobs", props{"name": value.OfText(ref("aws_vpc.v", "id"), text("-jobs"))}),
			embedded("a", value.OfText(ref("aws_vpc.v", "id"), text("-jobs")), "Allow"),
			embedded("b", value.OfText(ref("aws_vpc.w", "id"), text("-jobs")), "Allow"),
		}, []string{"role.jobs: role_policy.a", "some role: role_policy.b"}},
		{"a managed policy by reference, by ARN, by an ARN of which the account isn't known", []resource.Raw{
			role("jobs"), managed("m", "Allow"), managed("n", "Allow"), managed("o", "Allow"),
			attach("a", text("jobs"), ref("aws_iam_policy.m", "arn")),
			attach("b", text("jobs"), text("arn:aws:iam::123456789012:policy/n")),
			attach("c", text("jobs"), value.OfText(text("arn:aws:iam::"), unknown, text(":policy/o"))),
		}, []string{"role.jobs: policy.m, policy.n, policy.o"}},
		{"a policy of AWS's counts for nothing", []resource.Raw{
			role("jobs"), embedded("a", text("jobs"), "Allow"),
			attach("b", text("jobs"), text("arn:aws:iam::aws:policy/AmazonSageMakerFullAccess")),
			attach("c", text("jobs"), value.OfText(text("arn:"), unknown, text(":iam::aws:policy/ReadOnlyAccess"))),
			attach("d", text("jobs"), ref("data.aws_iam_policy.p", "id")),
			lookup("aws_iam_policy", "p", props{"arn": text("arn:aws-cn:iam::aws:policy/ReadOnlyAccess")}),
		}, []string{"role.jobs: role_policy.a; AmazonSageMakerFullAccess; ReadOnlyAccess; ReadOnlyAccess"}},
		{"a policy that isn't in the tree", []resource.Raw{
			role("jobs"), embedded("a", text("jobs"), "Allow"), attach("b", text("jobs"), text("arn:aws:iam::123456789012:policy/guard")),
		}, []string{"role.jobs: role_policy.a, and? not all of its policies are known: arn:aws:iam::123456789012:policy/guard is not in the tree"}},
		{"a policy that isn't known", []resource.Raw{
			role("jobs"), embedded("a", text("jobs"), "Allow"), attach("b", text("jobs"), unknown),
		}, []string{"role.jobs: role_policy.a, and? not all of its policies are known: var.x has no default"}},
		{"one policy of two roles", []resource.Raw{
			role("jobs"), role("more"), managed("m", "Allow"), raw("aws_iam_policy_attachment", "a", props{
				"policy_arn": ref("aws_iam_policy.m", "arn"), "roles": list(text("jobs"), text("more")),
			}),
		}, []string{"role.jobs: policy.m", "role.more: policy.m"}},
		{"a policy of nobody", []resource.Raw{managed("m", "Allow")}, []string{"nobody: policy.m"}},
		{"what is called a boundary", []resource.Raw{managed("jobs-boundary", "Allow")}, []string{
			"nobody: policy.jobs-boundary, and? it may be a permissions boundary, which allows nothing by itself",
		}},
		{"a role that isn't in the tree", []resource.Raw{
			embedded("a", text("jobs"), "Allow"), embedded("b", ref("data.aws_iam_role.r", "id"), "Deny"), embedded("c", unknown, "Allow"),
			lookup("aws_iam_role", "r", props{"name": text("jobs")}),
		}, []string{"role jobs: role_policy.a, role_policy.b", "some role: role_policy.c"}},
		{"a boundary", []resource.Raw{
			raw("aws_iam_role", "jobs", props{"name": text("jobs"), "permissions_boundary": ref("aws_iam_policy.m", "arn")}),
			raw("aws_iam_role", "more", props{"permissions_boundary": unknown}),
			managed("m", "Allow"), embedded("a", text("jobs"), "Allow"), embedded("b", ref("aws_iam_role.more", "id"), "Allow"),
		}, []string{
			"role.jobs: role_policy.a; bounded by policy.m",
			"role.more: role_policy.b; bounded by and? its permissions boundary is not known: var.x has no default",
		}},
		{"roles of one name that are deployed apart", []resource.Raw{
			role("jobs"), in("other", role("jobs")), embedded("a", text("jobs"), "Allow"), in("other", embedded("b", text("jobs"), "Deny")),
		}, []string{"role.jobs: role_policy.a", "role.jobs: role_policy.b"}},
		{"a policy for a name that only others declare", []resource.Raw{
			role("jobs"), embedded("a", text("jobs"), "Allow"), in("other", embedded("b", text("jobs"), "Deny")),
		}, []string{
			"role.jobs: role_policy.a, and? it may have the policies that are written for jobs elsewhere in the tree",
			"role jobs: role_policy.b",
		}},
		{"a Deny of nobody knows whom leaves those beside it open", []resource.Raw{
			role("jobs"), embedded("a", text("jobs"), "Allow"), embedded("b", unknown, "Deny"),
		}, []string{"role.jobs: role_policy.a, and? it is not known whose policy role_policy.b is", "some role: role_policy.b"}},
		{"a Deny of nobody knows whom that is there in one world", []resource.Raw{
			role("jobs"), embedded("a", text("jobs"), "Allow"),
			raw("aws_iam_role_policy", "b", props{"role": unknown, "policy": value.OfChoice([]value.Arm{
				{When: value.World{{Var: "open", Is: "true", Text: "var.open is true"}}},
				{When: value.World{{Var: "open", Is: "false", Text: "var.open is false"}}, Value: document("Deny")},
			})}),
		}, []string{"role.jobs: role_policy.a, and? it is not known whose policy role_policy.b is", "some role: role_policy.b"}},
		{"groups", []resource.Raw{
			raw("aws_iam_group", "g", props{"name": text("g")}), raw("aws_iam_group", "h", props{"name": text("h")}),
			raw("aws_iam_user", "ana", props{"name": text("ana")}),
			raw("aws_iam_group_policy", "gp", props{"group": text("g"), "policy": document("Allow")}),
			raw("aws_iam_group_policy", "hp", props{"group": text("h"), "policy": document("Deny")}),
			raw("aws_iam_user_group_membership", "m", props{"user": text("ana"), "groups": list(text("g"), text("h"))}),
		}, []string{"user.ana: group_policy.gp, group_policy.hp"}},
		{"a group whose users have nothing more", []resource.Raw{
			raw("aws_iam_group", "g", props{"name": text("g")}),
			raw("aws_iam_group_policy", "gp", props{"group": text("g"), "policy": document("Allow")}),
			raw("aws_iam_group_membership", "m", props{"group": text("g"), "users": list(text("ana"), text("bo"))}),
		}, []string{"group.g: group_policy.gp"}},
		{"a group that isn't in the tree", []resource.Raw{
			raw("aws_iam_user", "ana", props{"name": text("ana")}),
			raw("aws_iam_user_policy", "up", props{"user": text("ana"), "policy": document("Allow")}),
			raw("aws_iam_user_group_membership", "m", props{"user": text("ana"), "groups": list(text("g"))}),
		}, []string{"user.ana: user_policy.up, and? not all of its policies are known: its group g is not in the tree"}},
		{"what an organization says", []resource.Raw{
			raw("aws_organizations_policy", "scp", props{"content": document("Deny")}),
			raw("aws_organizations_policy", "tags", props{"content": document("Deny"), "type": text("TAG_POLICY")}),
			raw("aws_organizations_policy_attachment", "a", props{"policy_id": ref("aws_organizations_policy.scp", "id"), "target_id": text("r-1")}),
		}, []string{"organization: aws_organizations_policy.scp r-1"}},
	} {
		if diff := cmp.Diff(row.want, whoHas(row.raws...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.name, diff)
		}
	}
}
