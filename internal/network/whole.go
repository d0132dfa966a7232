package network

import (
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// whole returns who has which policies: everybody with a policy, and nobody in the place of those who have the others.
func (a *accessLinker) whole() *Access {
	out := &Access{Organization: a.organization}
	absorbed := a.grouped()
	for _, p := range a.all {
		if len(p.Policies) == 0 || absorbed[p] {
			continue
		}
		if d := a.stray[p.Kind]; d != nil && p.Resource != nil && p.PoliciesComplete.Somewhere() {
			p.PoliciesComplete = p.PoliciesComplete.And(d.of(p.Resource, nil))
		}
		out.Principals = append(out.Principals, p)
	}
	for i := range a.said.Documents {
		d := &a.said.Documents[i]
		if d.Kind == model.PolicyBare || d.Kind == model.PolicyManaged && !a.used[d] {
			p := &Principal{
				Policies:         []HeldPolicy{{PolicyDocument: d, Holds: d.Holds}},
				PoliciesComplete: value.Yes(), BoundariesComplete: value.Yes(),
			}
			if boundaryByName(d) {
				p.PoliciesComplete = value.Unknowable("it may be a permissions boundary, which allows nothing by itself", nil)
			}
			out.Principals = append(out.Principals, p)
		}
	}
	return out
}

// boundaryByName reports whether a policy is called a boundary by who wrote it. That is no more than a hint.
func boundaryByName(d *model.PolicyDocument) bool {
	head := d.Resource.Head()
	name, _ := d.Name.AsString()
	file := ""
	if head.Span().File != nil {
		file = path.Base(head.Span().File.Path)
	}
	return slices.ContainsFunc([]string{head.Subject(), name, file}, func(text string) bool {
		return strings.Contains(strings.ToLower(text), "boundary")
	})
}

// grouped gives users the policies of their groups, and returns the groups that are judged with their users. A user who has
// nothing but one group's policies is judged as that group.
func (a *accessLinker) grouped() map[*Principal]bool {
	absorbed, plain := map[*Principal]bool{}, map[*Principal]bool{}
	for _, u := range a.all {
		in := a.groups[u]
		if len(in) == 0 {
			continue
		}
		bounded := len(u.Boundaries) > 0 || u.BoundariesComplete.Known() != tri.True
		if len(u.Policies)+len(u.ByAWS) == 0 && len(in) == 1 && !bounded && u.PoliciesComplete.Known() == tri.True {
			plain[in[0].group] = true
			continue
		}
		for _, m := range in {
			absorbed[m.group] = true
			a.join(u, m)
		}
	}
	for g := range plain {
		delete(absorbed, g)
	}
	return absorbed
}

// join gives a user the policies of a group that it is in.
func (a *accessLinker) join(u *Principal, m membership) {
	for _, h := range m.group.Policies {
		h.Holds = h.Holds.And(m.holds)
		u.Policies = append(u.Policies, h)
	}
	for _, h := range m.group.ByAWS {
		h.Holds = h.Holds.And(m.holds)
		u.ByAWS = append(u.ByAWS, h)
	}
	u.PoliciesComplete = u.PoliciesComplete.And(m.group.PoliciesComplete.Or(m.holds.Not()))
	if m.group.Resource == nil {
		reason := "not all of its policies are known: its group " + shownName(m.group.Name) + " is not in the tree"
		u.PoliciesComplete = u.PoliciesComplete.And(elsewhere(m.holds, reason, m.group.Name.Origin()))
	}
}

// shownName says a name to people.
func shownName(v value.Value) string {
	if text, known := v.AsString(); known {
		return text
	}
	if ref, ok := v.Symbol(); ok {
		return ref.Addr.Name
	}
	return "of an unknown name"
}

// declareOrganization takes note of a policy that bounds accounts, unless it is of a kind that doesn't: one on tags or
// backups. AWS: Organizations API_CreatePolicy, Type.
func (a *accessLinker) declareOrganization(d *model.PolicyDocument) {
	o := &OrganizationPolicy{PolicyDocument: d, Holds: d.Holds}
	if r, ok := d.Resource.(*model.OrganizationsPolicy); ok {
		o.Holds = o.Holds.And(r.Type.Is("SERVICE_CONTROL_POLICY").Or(r.Type.Is("RESOURCE_CONTROL_POLICY")))
		a.byPolicy[r.Addr()] = o
	}
	if o.Holds.Possible() {
		a.organization = append(a.organization, o)
	}
}

// target attaches an organization's policy to a root, a unit or an account.
func (a *accessLinker) target(at *model.PolicyAttachment) {
	ref, ok := at.Policy.Symbol()
	if !ok {
		return
	}
	if o := a.byPolicy[ref.Addr]; o != nil {
		name := at.Holder.Name
		o.Targets = append(o.Targets, PolicyTarget{Name: name, Key: nameKey(name), Holds: at.Holds})
	}
}
