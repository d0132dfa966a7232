package network

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Bucket is a bucket of the tree, or one that the tree has only the policy of, with its policies and who uses it.
type Bucket struct {
	// Resource is the bucket; nil where it isn't in the tree.
	Resource *model.Bucket
	// Policies are those that it may have, of which AWS keeps the last.
	Policies []BucketPolicy
	// PoliciesComplete says in which worlds no other policy can be its.
	PoliciesComplete value.Truth
	Users            []BucketUser
}

// A BucketPolicy is a policy of a bucket.
type BucketPolicy struct {
	// Resource is where it is written: the bucket, or the policy apart from it.
	Resource model.Resource
	Document value.Policy
	Holds    value.Truth
}

// A BucketUser is a workload that reads or writes a bucket.
type BucketUser struct {
	Workload model.Resource
	Holds    value.Truth
	// From is where the workload names the bucket.
	From *value.Origin
}

// buckets links buckets with their policies and with the workloads that name them.
func (l *linker) buckets(e *model.Estate) {
	b := bucketLinker{linker: l, byAddr: map[value.Address]*Bucket{}, byName: map[string][]*Bucket{}, byUnit: map[string][]*Bucket{}}
	for _, r := range e.Buckets {
		b.declare(r)
	}
	for _, p := range e.BucketPolicies {
		b.policy(p)
	}
	for _, w := range e.Workloads() {
		b.users(w)
	}
	for _, t := range e.TransformJobs {
		b.users(t)
	}
	for _, bucket := range b.graph.Buckets {
		if bucket.Resource != nil && bucket.PoliciesComplete.Somewhere() {
			bucket.PoliciesComplete = bucket.PoliciesComplete.And(l.unread(bucket.Resource))
		}
	}
}

// A bucketLinker finds buckets by what names them.
type bucketLinker struct {
	*linker
	byAddr map[value.Address]*Bucket
	byName map[string][]*Bucket
	// byUnit are those that are declared.
	byUnit map[string][]*Bucket
}

func (b *bucketLinker) declare(r *model.Bucket) {
	bucket := &Bucket{Resource: r, PoliciesComplete: value.Yes()}
	b.byAddr[r.Addr()] = bucket
	b.byUnit[r.Addr().Unit] = append(b.byUnit[r.Addr().Unit], bucket)
	b.graph.Buckets = append(b.graph.Buckets, bucket)
	for _, arm := range r.BucketName.Arms() {
		if key := nameKey(arm.Value); key != "" && !slices.Contains(b.byName[key], bucket) {
			b.byName[key] = append(b.byName[key], bucket)
		}
	}
	if r.InlinePolicy.Kind() != value.KindAbsent {
		bucket.Policies = append(bucket.Policies, BucketPolicy{Resource: r, Document: r.InlinePolicy, Holds: value.Yes()})
	}
}

// policy gives buckets the policy that a resource writes. One of a bucket that isn't in the tree makes it known.
func (b *bucketLinker) policy(p *model.BucketPolicy) {
	members, _ := p.Bucket.Members()
	for _, m := range members {
		found := b.find(m)
		if len(found) == 0 {
			if key := nameKey(b.looked(m.Value)); key != "" {
				bucket := &Bucket{PoliciesComplete: value.Yes()}
				b.graph.Buckets = append(b.graph.Buckets, bucket)
				b.byName[key] = append(b.byName[key], bucket)
				found = append(found, bucketEdge{bucket, value.Yes().Within(m.When)})
			}
			b.stray(p, m)
		}
		for _, edge := range found {
			holds := edge.holds.And(p.Raw.Exists)
			if edge.to.Resource != nil {
				holds = belongs(p, edge.to.Resource, holds)
			}
			edge.to.Policies = append(edge.to.Policies, BucketPolicy{Resource: p, Document: p.PolicyDocument, Holds: holds})
		}
	}
}

// stray notes that a policy may be that of a bucket of the same unit.
func (b *bucketLinker) stray(p *model.BucketPolicy, m value.Member) {
	for _, bucket := range b.byUnit[p.Addr().Unit] {
		if bucket.PoliciesComplete.Somewhere() && b.mayName(m.Value, bucket.Resource) {
			reason := "it is not known which bucket " + p.Subject() + " is for"
			bucket.PoliciesComplete = bucket.PoliciesComplete.And(elsewhere(p.Exists().Within(m.When), reason, m.Value.Origin()))
		}
	}
}

// mayName reports whether an unresolved value may be a bucket's name.
func (b *bucketLinker) mayName(v value.Value, r *model.Bucket) bool {
	if text, literal := v.AsString(); literal {
		return r.BucketName.Is(text).Possible()
	}
	return b.mayRefer(v, r.Raw)
}

// A bucketEdge is a bucket that a value may name.
type bucketEdge struct {
	to    *Bucket
	holds value.Truth
}

// find returns the buckets that one value names.
func (b *bucketLinker) find(m value.Member) []bucketEdge {
	v := b.looked(m.Value)
	there := value.Always(tri.True, v.Origin())
	if m.Value.MayBeMissing() {
		there = value.Unknowable(cmp.Or(m.Value.WhyMissing(), "it may not be there"), v.Origin())
	}
	there = there.Within(m.When)
	if ref, ok := v.Symbol(); ok {
		if to := b.byAddr[ref.Addr]; to != nil {
			return []bucketEdge{{to, there}}
		}
	}
	var out []bucketEdge
	for _, to := range b.byName[nameKey(v)] {
		out = append(out, bucketEdge{to, there})
	}
	if len(out) == 0 && v.Kind() == value.KindOpaque {
		// What is only known to be computed from a bucket may name it.
		for _, ref := range v.Refs() {
			if to := b.byAddr[ref.Addr]; to != nil {
				out = append(out, bucketEdge{to, value.Unknowable(v.Reason(), v.Origin()).Within(m.When)})
			}
		}
	}
	return out
}

// bucketLookup is the data source that finds a bucket by its name.
const bucketLookup = "aws_s3_bucket"

// looked returns the name by which a data source looks up a bucket, and any other value as it is.
func (b *bucketLinker) looked(v value.Value) value.Value {
	ref, ok := v.Symbol()
	if !ok {
		return v
	}
	if raw := b.known(ref.Addr); raw != nil && raw.Data && raw.Type == bucketLookup && raw.Dialect == resource.Terraform {
		if name := raw.Props.Attr("bucket"); name.Kind() != value.KindAbsent && name.Kind() != value.KindChoice {
			return name
		}
	}
	return v
}

// nameKey tells names apart: equal keys are equal names. It is empty where nothing is known of a name that others may say
// too. An unknown part is itself wherever it is read from one place.
func nameKey(v value.Value) string {
	var key strings.Builder
	for _, part := range v.Parts() {
		text, known := part.AsString()
		ref, symbol := part.Symbol()
		root := part.Origin().Root()
		switch {
		case known:
			key.WriteString(text)
		case symbol:
			fmt.Fprintf(&key, "\x00%s\x00%s\x00%s\x00", ref.Addr.Unit, ref.Addr.Name, ref.Attr)
		case part.Kind() == value.KindOpaque && root != nil && !root.Span.IsZero():
			fmt.Fprintf(&key, "\x00%s\x00%d\x00%d\x00", root.Span.File.Path, root.Span.Start, root.Span.End)
		default:
			return ""
		}
	}
	return key.String()
}

// users links a workload with the buckets that its properties name: channels, outputs, artifacts, and what its containers are
// told.
func (b *bucketLinker) users(w model.Resource) {
	b.walk(w, w.Head().Raw.Props, nil, 0)
}

// maxNesting bounds how deep the properties of a workload are looked at.
const maxNesting = 40

func (b *bucketLinker) walk(w model.Resource, v value.Value, when value.World, depth int) {
	if depth == maxNesting {
		return
	}
	switch v.Kind() {
	case value.KindChoice:
		for _, arm := range v.Arms() {
			if both, possible := when.And(arm.When); possible {
				b.walk(w, arm.Value.MaybeAs(v), both, depth+1)
			}
		}
	case value.KindList:
		for _, e := range v.Elems() {
			b.walk(w, e, when, depth+1)
		}
	case value.KindObject:
		for _, f := range v.Fields() {
			b.walk(w, f.Value, when, depth+1)
		}
	case value.KindScalar, value.KindText:
		name, ok := bucketIn(v)
		if !ok {
			return
		}
		for _, edge := range b.find(value.Member{Value: name, When: when}) {
			edge.to.Users = append(edge.to.Users, BucketUser{Workload: w, Holds: edge.holds.And(w.Head().Exists()), From: v.Origin()})
		}
	}
}

// bucketIn returns the name of the bucket in a URI of S3's; false for any other text.
// AWS: S3 user guide, "Methods for accessing a bucket".
func bucketIn(v value.Value) (value.Value, bool) {
	begins, whole := v.Prefix()
	if whole {
		for _, form := range uriForms {
			if m := form.FindStringSubmatch(begins); m != nil {
				return value.OfString(m[1]).WithOrigin(v.Origin()), true
			}
		}
		return value.Value{}, false
	}
	for _, scheme := range []struct{ begins, ends string }{{"s3://", "/"}, {"s3a://", "/"}, {"https://", ".s3"}} {
		if strings.HasPrefix(begins, scheme.begins) {
			return between(v, scheme.begins, scheme.ends)
		}
	}
	return value.Value{}, false
}

// uriForms are the ways of writing an object's or a prefix's address.
var uriForms = []*regexp.Regexp{
	regexp.MustCompile(`^s3a?://([^/]+)`),
	regexp.MustCompile(`^https://([^/]+)\.s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?(?:/|$)`),
	regexp.MustCompile(`^https://s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?/([^/]+)`),
}

// domainAttributes are those of a bucket that are a host's name rather than its own.
var domainAttributes = []string{
	"bucket_domain_name", "bucket_regional_domain_name", "DomainName", "RegionalDomainName", "DualStackDomainName",
}

// between returns what stands in a text with unknown parts between its known beginning and the first ending.
func between(v value.Value, begins, ends string) (value.Value, bool) {
	var name []value.Value
	for i, part := range v.Parts() {
		text, known := part.AsString()
		if i == 0 {
			text = strings.TrimPrefix(text, begins)
		}
		if ref, ok := part.Symbol(); ok && len(name) == 0 && slices.Contains(domainAttributes, ref.Attr) {
			return part, true
		}
		if !known {
			name = append(name, part)
			continue
		}
		before, _, ended := strings.Cut(text, ends)
		if before != "" {
			name = append(name, value.OfString(before).WithOrigin(part.Origin()))
		}
		if ended {
			break
		}
	}
	switch len(name) {
	case 0:
		return value.Value{}, false
	case 1:
		return name[0].Certain(), true
	}
	return value.OfText(name...).WithOrigin(v.Origin()), true
}
