package python

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// cdkPackage is the root of the AWS CDK's packages for Python, in both of its versions.
const cdkPackage = "aws_cdk."

// cdkClass reports whether a name is that of a construct of the CDK that stands for a resource of CloudFormation's.
func cdkClass(name string) bool {
	return len(name) > 3 && name[:3] == "Cfn" && name[3] >= 'A' && name[3] <= 'Z'
}

// callCDK evaluates a call of something of the CDK's: a construct that is a workload, a structure of settings, or else an
// object whose attributes are known only once the app is synthesized.
func (in *interp) callCDK(n *pyast.Call, class string, a *arguments, target string) object {
	name := last(class)
	if name == "condition_if" && len(a.positional) == 3 {
		return in.conditionIf(n, a)
	}
	if o := in.cdkLookup(name, a); o != nil {
		return o
	}
	made := in.instance(class, a)
	made.header = in.span(n.Func)
	// A test that synthesizes an app deploys nothing.
	if in.quiet > 0 || isTest(in.path) || in.synthesized() {
		return made
	}
	switch {
	case strings.Contains(class, "aws_sagemaker.") && cdkClass(name) && strings.HasSuffix(class, "aws_sagemaker."+name):
		in.cdkResource(n, made, name, a, target)
	case strings.HasSuffix(class, "aws_sagemaker_alpha.Model"):
		in.cdkRecord(n, "AWS::SageMaker::Model", in.attached(n, a, "network_isolation"), a, target, map[string]string{
			"VpcConfig": "vpc", "VpcConfig.Subnets": "vpc", "VpcConfig.SecurityGroupIds": "security_groups",
			"EnableNetworkIsolation": "network_isolation", "ExecutionRoleArn": "role",
		})
	case strings.HasSuffix(class, "aws_stepfunctions_tasks.SageMakerCreateModel"):
		in.cdkRecord(n, "CreateModel", in.attached(n, a, "enable_network_isolation"), a, target, map[string]string{
			"VpcConfig": "vpc", "VpcConfig.Subnets": "vpc", "VpcConfig.SecurityGroupIds": "vpc",
			"EnableNetworkIsolation": "enable_network_isolation", "ExecutionRoleArn": "role",
		})
	case strings.HasSuffix(class, "aws_stepfunctions_tasks.SageMakerCreateTrainingJob"):
		in.cdkRecord(n, "CreateTrainingJob", in.trainingTask(n, a), a, target, map[string]string{
			"VpcConfig": "vpc_config", "VpcConfig.Subnets": "vpc_config", "VpcConfig.SecurityGroupIds": "vpc_config",
			"EnableNetworkIsolation": "enable_network_isolation", "RoleArn": "role", "ResourceConfig": "resource_config",
			"ResourceConfig.InstanceCount":          "resource_config.instance_count",
			"EnableInterContainerTrafficEncryption": resource.Unsettable,
		})
	}
	return made
}

// conditionIf evaluates Fn.condition_if: CloudFormation takes one of its values when the stack is deployed.
func (in *interp) conditionIf(n *pyast.Call, a *arguments) object {
	text := "the condition " + in.written(n.Args[0])
	f := value.Fact{Var: in.here(n.Args[0]), Is: "true", Text: text + " is true", Opposite: text + " is false"}
	if id, ok := in.identity(a.positional[0].obj); ok {
		f.Var = id + " condition"
	} else if d, isDatum := a.first(); isDatum && d.Literal() != "" {
		f.Var = in.path + " condition " + d.Literal()
	}
	return in.either(f, a.positional[1].obj, a.positional[2].obj)
}

// cdkStructures are the classes of the CDK that are a workload where their names don't say so, for the scan of names.
var cdkStructures = map[string]bool{"aws_sagemaker_alpha": true, "SageMakerCreateModel": true, "SageMakerCreateTrainingJob": true}

// synthesized reports whether the tree has what the CDK has made of the app: its templates say more than the constructs, and
// say it once for each stack.
func (in *interp) synthesized() bool {
	for dir := in.scope.module.dir; ; dir = path.Dir(dir) {
		if dir == "." {
			dir = ""
		}
		for _, file := range in.files.tree.Dir(path.Join(dir, "cdk.out")) {
			if strings.HasSuffix(file, ".template.json") {
				return true
			}
		}
		if dir == "" {
			return false
		}
	}
}

// cdkResource makes the workload of a construct of the lowest level, which has the members of CloudFormation's resource in
// snake_case.
func (in *interp) cdkResource(n *pyast.Call, p *place, name string, a *arguments, target string) {
	resourceType := "AWS::SageMaker::" + strings.TrimPrefix(name, "Cfn")
	if in.templates == nil {
		in.templates = schema.CloudFormation()
	}
	shape := in.templates.Object(resourceType)
	if shape == nil {
		return
	}
	args := &content{open: a.open != "", reason: a.open}
	for _, kw := range a.keywords {
		if kw.name != "scope" && kw.name != "id" {
			args.entries = append(args.entries, entry(kw))
		}
	}
	props := in.cdkObject(args, shape, in.span(n.Func), 0)
	spelling := map[string]string{}
	spellOut(spelling, shape, props, "", "", 0)
	in.cdkRecord(n, resourceType, props, a, target, spelling)
	if s := in.sites[spot{n, resourceType}]; !s.crowded {
		in.constructs[p] = &construct{s, len(s.runs) - 1, shape, in.st.path}
	}
}

// cdkRecord reports a construct. One that no variable names is known by its id.
func (in *interp) cdkRecord(n *pyast.Call, made string, props value.Value, a *arguments, target string, spelling map[string]string) {
	id, given := a.keyword("id")
	if !given && len(a.positional) > 1 {
		id, given = a.positional[1], true
	}
	if d, ok := id.obj.(datum); target == "" && given && ok {
		target, _ = d.AsString()
	}
	in.record(n, made, spelling, last(in.written(n.Func)), target, run{props: props, exists: value.In(in.exists)})
}

// cdkObject returns the object that a structure of the CDK is in a template.
func (in *interp) cdkObject(c *content, shape *schema.Object, header source.Span, depth int) value.Value {
	var fields []value.Field
	for _, e := range c.entries {
		o := narrow(e.obj, in.st.path)
		if _, gone := o.(missing); gone {
			continue
		}
		f := value.Field{Name: e.name, Key: e.key}
		var inner *schema.Object
		if shape != nil {
			if member := shape.Folded(e.name); member != "" {
				f.Name, inner = member, shape.Member(member)
			}
		}
		f.Value = useAt(in.cdkValue(o, inner, depth+1), e.at)
		if v := f.Value; attachments[f.Name] && v.Kind() == value.KindList && v.Open() && len(v.Elems()) == 0 {
			f.Value = value.OfPresent(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
		}
		fields = append(fields, f)
	}
	if c.open {
		return value.OfOpenObject(fields, c.reason).From(header)
	}
	return value.OfObject(fields, false).From(header)
}

// attachments are lists that CloudFormation takes if they have a member only: whatever one of them is made of, it isn't empty.
var attachments = map[string]bool{"Subnets": true, "SubnetIds": true, "SecurityGroupIds": true, "SecurityGroups": true}

// cdkValue returns what an argument of a construct is in a template.
func (in *interp) cdkValue(o object, shape *schema.Object, depth int) value.Value {
	if depth > maxFreeze {
		return value.OfOpaque("it nests too deep")
	}
	switch o := o.(type) {
	case *choice:
		arms := make([]value.Arm, len(o.options))
		for i, opt := range o.options {
			arms[i] = value.Arm{When: opt.when, Value: in.cdkValue(opt.obj, shape, depth+1)}
		}
		return mergeObjects(arms)
	case *place:
		return in.cdkPlace(o, shape, depth)
	case external:
		if last(o.path) == "NO_VALUE" {
			return value.Value{}
		}
	case bound:
		if isToken(o) {
			return value.OfPresent(in.reason(o))
		}
	}
	return in.freeze(o)
}

func (in *interp) cdkPlace(p *place, shape *schema.Object, depth int) value.Value {
	c := in.st.content(p)
	switch {
	case p.kind == listPlace:
		elems := make([]value.Value, 0, len(c.entries))
		for _, e := range c.entries {
			if o := in.present(e.obj); o != nil {
				elems = append(elems, in.cdkValue(o, shape, depth+1))
			}
		}
		v := value.OfList(elems, false)
		if c.open || !certain(c.entries) {
			v = value.OfOpenList(elems, c.reason)
		}
		if p.note != "" {
			return v.WithOrigin(p.noteOrigin())
		}
		return v.From(p.header)
	case p.kind == dictPlace || strings.HasSuffix(p.class, "Property"):
		v := in.cdkObject(c, shape, p.header, depth)
		if shape != nil && shape.Has("Subnets") && shape.Has("SecurityGroupIds") {
			return inVPC(v)
		}
		return v
	case strings.HasPrefix(p.class, cdkPackage):
		return value.OfPresent("it is known only when the app is synthesized").From(p.span)
	}
	return in.freeze(p)
}

// inVPC returns a VpcConfig whose lists are there: the CDK refuses None for either and CloudFormation an empty list.
func inVPC(v value.Value) value.Value {
	fields := append([]value.Field(nil), v.Fields()...)
	for i, f := range fields {
		if v := f.Value; v.Kind() == value.KindOpaque {
			fields[i].Value = value.OfPresent(f.Value.Reason(), f.Value.Refs()...).WithOrigin(f.Value.Origin())
		}
	}
	if v.Open() {
		return value.OfOpenObject(fields, v.Reason()).WithOrigin(v.Origin())
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// isToken reports whether an attribute is one of a construct, which stands for a value that is there once the app is
// synthesized. Constructs come from everywhere, so that some attributes are known by their names.
func isToken(b bound) bool {
	if strings.HasPrefix(b.name, "attr_") || tokens[b.name] {
		return true
	}
	p, ok := b.self.(*place)
	return ok && strings.HasPrefix(p.class, cdkPackage) && !strings.HasSuffix(p.class, "Property")
}

// tokens are attributes of constructs, and of what their methods return.
var tokens = map[string]bool{
	"subnet_id": true, "subnet_ids": true, "security_group_id": true, "vpc_id": true, "role_arn": true, "key_arn": true,
	"key_id": true, "string_value": true, "string_list_value": true, "value_as_string": true, "value_as_list": true,
}

// spellOut fills in the author's words for the members of an object of a template: those of one that isn't there are left
// out, so that it is the one that is missing.
func spellOut(out map[string]string, shape *schema.Object, v value.Value, canonical, word string, depth int) {
	for _, name := range shape.Names() {
		at, spelt := canonical+name, word+snake(name)
		out[at] = spelt
		inner := shape.Member(name)
		if member := v.Attr(name); inner != nil && member.Kind() != value.KindAbsent && depth < maxSpelt {
			spellOut(out, inner, member, at+".", spelt+".", depth+1)
		}
	}
}

// maxSpelt is how deep the members of a construct are spelt.
const maxSpelt = 5

// attached returns the request of a construct of a higher level, which takes a VPC as a whole and chooses from it.
func (in *interp) attached(n *pyast.Call, a *arguments, isolation string) value.Value {
	b := &builder{header: in.span(n.Func), open: a.open}
	if vpc, ok := a.keyword("vpc"); ok {
		b.set("VpcConfig", vpc.key, in.chosenFrom(vpc, false))
	}
	if arg, ok := a.keyword(isolation); ok {
		b.set("EnableNetworkIsolation", arg.key, in.argumentValue(arg))
	}
	return b.object()
}

// chosenFrom returns the VpcConfig that the CDK makes of a VPC, with groups of its own making where it isn't given any.
func (in *interp) chosenFrom(vpc argument, required bool) value.Value {
	of := func(o object) value.Value {
		if d, ok := o.(datum); ok && d.Kind() == value.KindAbsent {
			return d.Value
		}
		const reason = "the CDK chooses from the VPC when the app is synthesized"
		there := value.OfPresent(reason).From(vpc.at)
		config := value.OfObject([]value.Field{{Name: "Subnets", Value: there}, {Name: "SecurityGroupIds", Value: there}}, false)
		if p, ok := o.(*place); !ok && !required || ok && !strings.HasPrefix(p.class, cdkPackage) {
			return value.OfOpaque(in.reason(o)) // it may be None
		}
		return config.From(vpc.key)
	}
	opts := options(narrow(vpc.obj, in.st.path))
	arms := make([]value.Arm, len(opts))
	for i, opt := range opts {
		arms[i] = value.Arm{When: opt.when, Value: of(opt.obj)}
	}
	return useAt(mergeObjects(arms), vpc.at)
}

// trainingTask returns the request of the step SageMakerCreateTrainingJob of a state machine.
func (in *interp) trainingTask(n *pyast.Call, a *arguments) value.Value {
	b := &builder{header: in.span(n.Func), open: a.open}
	if config, ok := a.keyword("vpc_config"); ok {
		p, isPlace := config.obj.(*place)
		if isPlace {
			config.obj = in.st.content(p).at("vpc")
		}
		b.set("VpcConfig", config.key, in.chosenFrom(config, isPlace))
	}
	if arg, ok := a.keyword("enable_network_isolation"); ok {
		b.set("EnableNetworkIsolation", arg.key, in.argumentValue(arg))
	}
	resources, given := a.keyword("resource_config")
	if p, isPlace := resources.obj.(*place); given && isPlace {
		c := in.st.content(p)
		if i, ok := c.find("instance_count"); ok {
			b.set("ResourceConfig.InstanceCount", c.entries[i].key, in.argumentValue(argument(c.entries[i])))
		}
	} else if given {
		b.set("ResourceConfig", resources.key, value.OfOpaque(in.reason(resources.obj)))
	}
	if !given && a.open == "" {
		// "1 instance of EC2 M4.XLarge with 10GB volume"
		b.set("ResourceConfig.InstanceCount", source.Span{}, value.OfInt(1).From(b.header))
	}
	return b.object()
}
