package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/vpclint/vpclint/internal/value"
)

// The region of a data source is that of its provider's configuration, which wins over the environment:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#environment-variables

// region returns the region that a resource's provider is configured with; false where only the environment says it.
func (r *resourceInstance) region() (value.Value, bool) {
	key := "aws"
	if a := r.decl.block.Body.Attributes["provider"]; a != nil {
		if key = providerKey(a.Expr); key == "" {
			return value.Value{}, false
		}
	}
	o := r.in.region(key)
	if text, ok := o.AsString(); !ok || text == "" {
		return value.Value{}, false
	}
	return o.Value, true
}

// region returns the region of a provider configuration as a module knows it: "aws", or "aws.frankfurt".
func (in *instance) region(key string) outcome {
	m := in.regions[key]
	if m == nil {
		m = &memo{}
		if in.regions == nil {
			in.regions = map[string]*memo{}
		}
		in.regions[key] = m
	}
	if !m.begin() {
		return m.of("the region of ", key)
	}
	return m.finish(in.configuredRegion(key))
}

// configuredRegion is region, found out.
func (in *instance) configuredRegion(key string) outcome {
	if b := in.mod.providers[key]; b != nil {
		if a := b.Body.Attributes["region"]; a != nil {
			o := in.ev.eval(a.Expr, in.scope)
			o.Value = o.Noted("the provider's region" + is(o.Value, false))
			return o
		}
		return unknown("the region of " + key + " is known only when terraform runs")
	}
	if in.parent == nil {
		return unknown("the region of " + key + " is known only when terraform runs")
	}
	if passed, ok := in.passed(key); ok {
		return in.parent.region(passed)
	}
	// Configurations without an alias are inherited:
	// https://developer.hashicorp.com/terraform/language/modules/develop/providers#implicit-provider-inheritance
	if strings.Contains(key, ".") {
		return unknown(key + " is not passed to " + in.path)
	}
	return in.parent.region(key)
}

// passed returns which of the caller's provider configurations is one of the module's.
func (in *instance) passed(key string) (string, bool) {
	a := in.call.block.Body.Attributes["providers"]
	if a == nil {
		return "", false
	}
	pairs, diags := hcl.ExprMap(a.Expr)
	if diags.HasErrors() {
		return "", true
	}
	for _, p := range pairs {
		if providerKey(p.Key) == key {
			return providerKey(p.Value), true
		}
	}
	return "", false
}

// providerKey returns what an expression calls a provider configuration, "" where it can't be read.
func providerKey(e hcl.Expression) string {
	if k, ok := e.(*hclsyntax.ObjectConsKeyExpr); ok {
		e = k.Wrapped
	}
	if t, diags := hcl.AbsTraversalForExpr(e); !diags.HasErrors() {
		names := make([]string, len(t))
		names[0] = t.RootName()
		for i, step := range t[1:] {
			names[i+1] = attrName(step)
		}
		return strings.Join(names, ".")
	}
	if v, diags := e.Value(nil); !diags.HasErrors() && v.Type() == cty.String && v.IsKnown() && !v.IsNull() {
		return v.AsString()
	}
	return ""
}

// aliasOf returns the key of a provider block.
func aliasOf(b *hclsyntax.Block) string {
	a := b.Body.Attributes["alias"]
	if a == nil {
		return b.Labels[0]
	}
	return b.Labels[0] + "." + providerKey(a.Expr)
}

// A partition is one of AWS's, with the regions of a prefix.
type partition struct{ prefix, name, suffix string }

// partitions are those of which the regions are told by their names, the standard one last:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func partitionOf(region string) (partition, bool) {
	for _, p := range []partition{
		{"cn-", "aws-cn", "amazonaws.com.cn"},
		{"us-gov-", "aws-us-gov", "amazonaws.com"},
	} {
		if strings.HasPrefix(region, p.prefix) {
			return p, true
		}
	}
	area, rest, _ := strings.Cut(region, "-")
	if strings.Count(rest, "-") != 1 || strings.HasPrefix(rest, "iso") {
		return partition{}, false
	}
	for _, prefix := range []string{"us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"} {
		if area == prefix {
			return partition{prefix + "-", "aws", "amazonaws.com"}, true
		}
	}
	return partition{}, false
}

// located returns an attribute of a data source that tells where the provider works.
func (r *resourceInstance) located(name string) (value.Value, bool) {
	args := r.decl.block.Body.Attributes
	switch r.decl.typ {
	case "aws_region":
		if name != "name" && name != "id" || args["name"] != nil || args["endpoint"] != nil || args["region"] != nil {
			return value.Value{}, false
		}
		return r.region()
	case "aws_partition":
		region, ok := r.region()
		if !ok {
			return value.Value{}, false
		}
		p, ok := partitionOf(region.Literal())
		switch {
		case !ok:
		case name == "partition" || name == "id":
			return value.OfString(p.name).WithOrigin(region.Origin()), true
		case name == "dns_suffix":
			return value.OfString(p.suffix).WithOrigin(region.Origin()), true
		}
	}
	return value.Value{}, false
}
