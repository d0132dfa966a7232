package terraform

import (
	"strings"
	"testing"
)

// Whatever stands as the source and the version of a call: what is read of it holds together.
func FuzzRegistryModule(f *testing.F) {
	f.Add("terraform-aws-modules/vpc/aws", "~> 5.0")
	f.Add("terraform-aws-modules/vpc/aws//modules/vpc-endpoints", ">= 3, < 6.1, != 4.0.2")
	f.Add("git::https://u:p@github.com/terraform-aws-modules/terraform-aws-vpc.git//x?ref=v5.1.2&depth=1", "5.x")
	f.Add("git@github.com:cloudposse/terraform-aws-vpc?ref=%zz", "= v1.2.3")
	f.Add("registry.terraform.io/a/b/c//../..", "~>2147483647,>")
	f.Fuzz(func(t *testing.T, source, versions string) {
		if shown := legible(source); len(shown) > len(source) || legible(shown) != shown {
			t.Errorf("%q is shown as %q, and that as %q", source, shown, legible(shown))
		}
		p, ok := registryModuleAt(source)
		if !ok {
			return
		}
		for _, s := range summariesOf(p.name) {
			if s.from.compare(s.below) >= 0 {
				t.Errorf("%q is %s from %v below %v", source, s.label, s.from, s.below)
			}
		}
		checkConstraints(t, versions)
		if _, ok := p.constraints(versions); ok && !p.fromGit && strings.Contains(versions, ",,") {
			t.Errorf("%q is read, though a constraint is empty", versions)
		}
	})
}

// checkConstraints holds that a version which all constraints admit lies in the range of versions of which they admit some.
func checkConstraints(t *testing.T, text string) {
	t.Helper()
	cs, ok := parseConstraints(text)
	if !ok {
		return
	}
	candidates := []version{{}, {5, 1, 2}, {1 << 20}}
	for _, c := range cs {
		candidates = append(candidates, c.from, c.below, c.excluded, c.from.next(), c.below.next(), c.excluded.next())
	}
	for _, v := range candidates {
		admitted := true
		for _, c := range cs {
			admitted = admitted && c.admits(v)
		}
		if admitted && !admitSome(cs, v, v.next()) {
			t.Errorf("%q admits %v, but none from it on below the next", text, v)
		}
	}
}
