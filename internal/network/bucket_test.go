package network_test

import (
	"slices"
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// artifact links a model whose artifact has a URI among resources, and returns the buckets.
func artifact(uri value.Value, more ...resource.Raw) []*network.Bucket {
	container := value.OfObject([]value.Field{{Name: "model_data_url", Value: uri}}, false)
	raws := append(more, raw("aws_sagemaker_model", "m", map[string]value.Value{
		"primary_container": value.OfList([]value.Value{container}, false),
	}))
	return network.Link(model.Decode(raws), nil).Buckets
}

func text(parts ...value.Value) value.Value { return value.OfText(parts...) }

var known = value.OfString

// A URI names its bucket in whatever form, by reference or by name.
func TestBucketUsers(t *testing.T) {
	project := value.OfOpaque("var.project has no default").From(raw("x", "y", nil).Span)
	named := raw("aws_s3_bucket", "b", map[string]value.Value{"bucket": known("acme-data")})
	made := raw("aws_s3_bucket", "b", nil)
	built := raw("aws_s3_bucket", "b", map[string]value.Value{"bucket": text(project, known("-data"))})
	lookup := raw("aws_s3_bucket", "b", map[string]value.Value{"bucket": known("acme-data")})
	lookup.Data, lookup.Addr.Name = true, "data.aws_s3_bucket.b"
	policy := raw("aws_s3_bucket_policy", "p", map[string]value.Value{"bucket": known("acme-data"), "policy": known("{}")})
	for _, row := range []struct {
		name string
		uri  value.Value
		more []resource.Raw
		want int
	}{
		{"a literal", known("s3://acme-data/a/model.tar.gz"), []resource.Raw{named}, 1},
		{"a virtual host", known("https://acme-data.s3.eu-west-1.amazonaws.com/model.tar.gz"), []resource.Raw{named}, 1},
		{"a path", known("https://s3.eu-west-1.amazonaws.com/acme-data/model.tar.gz"), []resource.Raw{named}, 1},
		{"another bucket", known("s3://acme-data-2/model.tar.gz"), []resource.Raw{named}, 0},
		{"no URI", known("acme-data"), []resource.Raw{named}, 0},
		{"a reference", text(known("s3://"), ref("aws_s3_bucket.b", "id"), known("/model.tar.gz")), []resource.Raw{made}, 1},
		{"a host", text(known("https://"), ref("aws_s3_bucket.b", "bucket_regional_domain_name"), known("/m.tar.gz")), []resource.Raw{made}, 1},
		{"the same unknown name", text(known("s3://"), project, known("-data/model.tar.gz")), []resource.Raw{built}, 1},
		{"another name of the same part", text(known("s3://"), project, known("-logs/model.tar.gz")), []resource.Raw{built}, 0},
		{"a bucket that is looked up", text(known("s3://"), ref("data.aws_s3_bucket.b", "id"), known("/m.tar.gz")), []resource.Raw{lookup, policy}, 1},
	} {
		buckets := artifact(row.uri, row.more...)
		if len(buckets) != 1 || len(buckets[0].Users) != row.want {
			t.Errorf("%s: %d buckets: %+v", row.name, len(buckets), buckets)
		}
	}
}

// Where there is no call, and no policy of some bucket, a bucket's policies are all known.
func TestBucketPoliciesWorlds(t *testing.T) {
	there := value.World{{Var: "var.shared", Is: "true", Text: "var.shared is true"}}
	call := raw("module", "m", map[string]value.Value{"bucket": ref("aws_s3_bucket.b", "id")})
	call.Unread = "module.m is not in the tree"
	policy := raw("aws_s3_bucket_policy", "p", map[string]value.Value{"bucket": value.OfOpaque("var.bucket has no default"), "policy": known("{}")})
	for _, r := range []resource.Raw{call, policy} {
		r.Exists = value.In(there)
		g := network.Link(model.Decode([]resource.Raw{raw("aws_s3_bucket", "b", map[string]value.Value{"bucket": known("acme-data")}), r}), nil)
		complete := g.Buckets[0].PoliciesComplete
		if in, out := complete.When(there), complete.When(value.World{there[0].Not()}); in.Known() != tri.Unknown || out.Known() != tri.True {
			t.Errorf("%s: %s where it is there, %s where it isn't", r.Type, in.Known(), out.Known())
		}
	}
}

// A bucket has the policies that name it; what can't be told may be one.
func TestBucketPolicies(t *testing.T) {
	bucket := raw("aws_s3_bucket", "b", map[string]value.Value{"bucket": known("acme-data")})
	policy := func(of value.Value) resource.Raw {
		return raw("aws_s3_bucket_policy", "p", map[string]value.Value{"bucket": of, "policy": known("{}")})
	}
	unread := raw("module", "m", map[string]value.Value{"bucket": ref("aws_s3_bucket.b", "id")})
	unread.Unread = "module.m is not in the tree"
	for _, row := range []struct {
		name     string
		more     resource.Raw
		policies int
		complete tri.Bool
	}{
		{"by reference", policy(ref("aws_s3_bucket.b", "id")), 1, tri.True},
		{"by name", policy(known("acme-data")), 1, tri.True},
		{"of another", policy(known("acme-logs")), 0, tri.True},
		{"of one that isn't known", policy(value.OfOpaque("var.bucket has no default")), 0, tri.Unknown},
		{"by a module that isn't seen", unread, 0, tri.Unknown},
	} {
		g := network.Link(model.Decode([]resource.Raw{bucket, row.more}), nil)
		i := slices.IndexFunc(g.Buckets, func(b *network.Bucket) bool { return b.Resource != nil })
		if b := g.Buckets[i]; len(b.Policies) != row.policies || b.PoliciesComplete.Known() != row.complete {
			t.Errorf("%s: %d policies, complete: %v", row.name, len(b.Policies), b.PoliciesComplete.Known())
		}
	}
}
