package python

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

func knownText(s string) datum { return datum{value.OfString(s)} }

// defaults are what sagemaker's config.yaml gives to every request that doesn't say otherwise:
// https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
type defaults struct {
	node *doctree.Node
	// sure tells that the script reads this file; otherwise it lies where it may be read from.
	sure bool
}

// configurable are the members of requests that config.yaml has, below the section of the request.
var configurable = [...]string{
	"VpcConfig.Subnets",
	"VpcConfig.SecurityGroupIds",
	"EnableNetworkIsolation",
	"EnableInterContainerTrafficEncryption",
	"ResourceConfig.VolumeKmsKeyId",
	"OutputDataConfig.KmsKeyId",
	"NetworkConfig.VpcConfig.Subnets",
	"NetworkConfig.VpcConfig.SecurityGroupIds",
	"NetworkConfig.EnableNetworkIsolation",
	"NetworkConfig.EnableInterContainerTrafficEncryption",
	"ProcessingResources.ClusterConfig.VolumeKmsKeyId",
	"ProcessingOutputConfig.KmsKeyId",
	"AutoMLJobConfig.SecurityConfig.VpcConfig.Subnets",
	"AutoMLJobConfig.SecurityConfig.VpcConfig.SecurityGroupIds",
	"AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption",
	"AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId",
	"SecurityConfig.VpcConfig.Subnets",
	"SecurityConfig.VpcConfig.SecurityGroupIds",
	"SecurityConfig.EnableInterContainerTrafficEncryption",
	"SecurityConfig.VolumeKmsKeyId",
}

// fill adds what the file gives to a request of a signature.
func (d defaults) fill(v value.Value, sig *signature) value.Value {
	section := d.node
	for _, name := range sig.config {
		section = section.Get(name)
	}
	if section == nil {
		return v
	}
	at := v.Origin().Span
	for _, member := range configurable {
		names := strings.Split(member, ".")
		n := section
		for _, name := range names {
			n = n.Get(name)
		}
		if n == nil || n.Kind == doctree.Null {
			continue
		}
		given := value.OfOpaque("config.yaml may supply it, if the script's environment points to "+n.Span.File.Path).
			NotedAt(n.Span, n.Span.File.Path+" may supply it")
		if d.sure {
			given = ofNode(n).NotedAt(n.Span, "sagemaker's "+path.Base(n.Span.File.Path)+" supplies "+member)
		}
		v = overlay(v, names, given.Use(at), at)
	}
	return v
}

// overlay returns v with a member set where it isn't, or is None.
func overlay(v value.Value, names []string, given value.Value, at source.Span) value.Value {
	if len(names) == 0 {
		return v.Map(func(arm value.Value) value.Value {
			if arm.Kind() == value.KindAbsent {
				return given
			}
			return arm
		})
	}
	if v.Kind() == value.KindAbsent {
		v = value.OfObject(nil, false).From(at)
	}
	if v.Kind() != value.KindObject || v.Open() {
		return v
	}
	old, _ := v.Field(names[0])
	old.Name, old.Value = names[0], overlay(old.Value, names[1:], given, at)
	fields := make([]value.Field, 0, len(v.Fields())+1)
	for _, f := range v.Fields() {
		if f.Name != old.Name {
			fields = append(fields, f)
		}
	}
	return value.OfObject(append(fields, old), false).WithOrigin(v.Origin())
}

// ofNode returns the value of a scalar or a list of a YAML document.
func ofNode(n *doctree.Node) value.Value {
	switch n.Kind {
	case doctree.String:
		return value.OfString(n.Text).From(n.Span)
	case doctree.Bool:
		return value.OfBool(strings.EqualFold(n.Text, "true")).From(n.Span)
	case doctree.Sequence:
		elems := make([]value.Value, len(n.Items))
		for i, item := range n.Items {
			elems[i] = ofNode(item)
		}
		return value.OfList(elems, false).From(n.Span)
	case doctree.Null:
		return value.Value{}.From(n.Span)
	}
	return value.OfOpaque("it is no text").From(n.Span)
}

// overrideDefaults follows os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = path.
func (in *interp) overrideDefaults(variable string, o object) {
	if variable != "SAGEMAKER_USER_CONFIG_OVERRIDE" && variable != "SAGEMAKER_ADMIN_CONFIG_OVERRIDE" {
		return
	}
	switch o := o.(type) {
	case located:
		in.bindDefaults(o.path)
	case datum:
		if s, ok := o.AsString(); ok {
			in.bindDefaults(s)
		}
	}
}

// bindDefaults reads the configuration at a path relative to the script's directory: a file, or a directory that has one.
func (in *interp) bindDefaults(p string) {
	if path.IsAbs(p) || strings.Contains(p, "://") {
		return
	}
	p = path.Join(in.scope.module.dir, p)
	for _, file := range [...]string{p, path.Join(p, "config.yaml")} {
		if n := in.configuration(file); n != nil {
			in.defaults = defaults{node: n, sure: true}
			return
		}
	}
}

// nearbyDefaults finds the nearest configuration in the directories above the script.
func (in *interp) nearbyDefaults() {
	for dir := in.scope.module.dir; ; dir = path.Dir(dir) {
		if dir == "." {
			dir = ""
		}
		if n := in.configuration(path.Join(dir, "config.yaml")); n != nil {
			in.defaults = defaults{node: n}
			return
		}
		if dir == "" {
			return
		}
	}
}

// configuration returns the root of a SageMaker configuration; nil where the file is none.
func (in *interp) configuration(file string) *doctree.Node {
	if !in.hasFile(file) {
		return nil
	}
	f, err := in.open(file)
	if err != nil {
		return nil
	}
	docs, _ := in.input.Documents.Parse(f)
	if len(docs) == 0 || docs[0].Root.Get("SageMaker") == nil {
		return nil
	}
	return docs[0].Root
}
