package model

import (
	"slices"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// declared decodes one resource of a dialect.
func declared(d resource.Dialect, typ string, props ...value.Field) *Estate {
	file := source.NewFile("x", []byte("x"))
	return Decode([]resource.Raw{{
		Dialect: d, Type: typ, Addr: value.Address{Unit: ".", Name: typ + ".x"}, Subject: typ + ".x",
		Exists: value.Yes(), Props: value.OfObject(props, false).From(file.Whole()), Span: file.Whole(),
	}})
}

func field(name string, v value.Value) value.Field { return value.Field{Name: name, Value: v} }

func object(fields ...value.Field) value.Value { return value.OfObject(fields, false) }

func list(vs ...value.Value) value.Value { return value.OfList(vs, false) }

// What a dialect can't set is what the service does without it, and known to be out of its author's hands.
func TestForeignDefault(t *testing.T) {
	c := declared(resource.Terraform, "aws_sagemaker_endpoint_configuration").EndpointConfigs[0]
	if v := c.EnableNetworkIsolation; v.Is("false").Known() != tri.True || v.Known {
		t.Errorf("Terraform can't isolate an endpoint configuration: %v, known %v", v.Literal(), v.Known)
	}
	if c.VPCConfig.Subnets.Known {
		t.Error("Terraform can't place an endpoint configuration")
	}
	c = declared(resource.CloudFormation, "AWS::SageMaker::EndpointConfig").EndpointConfigs[0]
	if v := c.EnableNetworkIsolation; v.Is("false").Known() != tri.True || !v.Known || v.Property != "EnableNetworkIsolation" {
		t.Errorf("CloudFormation can: %v, known %v at %s", v.Literal(), v.Known, v.Property)
	}
}

// Nor can an author change what the function that makes the request doesn't let them.
func TestUnsettable(t *testing.T) {
	raw := resource.Raw{
		Dialect: resource.API, Type: "CreateTrainingJob", Props: object(),
		Spelling: map[string]string{"EnableNetworkIsolation": resource.Unsettable},
	}
	job := Decode([]resource.Raw{raw}).TrainingJobs[0]
	if v := job.EnableNetworkIsolation; v.Is("false").Known() != tri.True || v.Known {
		t.Errorf("the job can't be isolated: %v, known %v", v.Literal(), v.Known)
	}
	if v := job.EnableInterContainerTrafficEncryption; !v.Known {
		t.Error("the job's traffic can be encrypted")
	}
}

// A default stands in for an absent member, not for one of a block that isn't there at all.
func TestDefaultOfAbsentBlock(t *testing.T) {
	job := declared(resource.API, "CreateHyperParameterTuningJob", field("TrainingJobDefinitions", list(object()))).HyperParameterTuningJobs[0]
	if v := job.Definition.EnableNetworkIsolation; v.Kind() != value.KindAbsent {
		t.Errorf("there is no single definition, but it is isolated: %v", v.Literal())
	}
	if v := job.Definitions[0].EnableNetworkIsolation; v.Is("false").Known() != tri.True {
		t.Errorf("the first definition isn't isolated: %v", v.Literal())
	}
}

// A property's name goes down to the first member that is missing.
func TestProperty(t *testing.T) {
	for _, row := range []struct {
		props []value.Field
		want  string
	}{
		{nil, "primary_container"},
		{[]value.Field{field("primary_container", list(object()))}, "primary_container.image_config"},
		{[]value.Field{field("primary_container", list(object(field("image_config", list(object())))))}, "primary_container.image_config.repository_access_mode"},
	} {
		m := declared(resource.Terraform, "aws_sagemaker_model", row.props...).Models[0]
		if got := m.PrimaryContainer.RepositoryAccessMode.Property; got != row.want {
			t.Errorf("got %s, want %s", got, row.want)
		}
	}
}

// Terraform's string of a script is CloudFormation's list of objects.
func TestItself(t *testing.T) {
	for _, e := range []*Estate{
		declared(resource.Terraform, "aws_sagemaker_notebook_instance_lifecycle_configuration", field("on_start", value.OfString("c2g="))),
		declared(resource.CloudFormation, "AWS::SageMaker::NotebookInstanceLifecycleConfig", field("OnStart", list(object(field("Content", value.OfString("c2g=")))))),
	} {
		if hooks := e.NotebookInstanceLifecycleConfigs[0].OnStart; len(hooks) != 1 || hooks[0].Content.Literal() != "c2g=" {
			t.Errorf("got %+v", hooks)
		}
	}
}

// A rule with several peers is a permission for each; what isn't known of it may be one more.
func TestPermissions(t *testing.T) {
	when := func(is string) value.World { return value.World{{Var: "var.open", Is: is, Text: "var.open is " + is}} }
	g := declared(resource.Terraform, "aws_security_group", field("egress", list(
		object(
			field("protocol", value.OfString("tcp")), field("from_port", value.OfInt(443)), field("to_port", value.OfInt(443)),
			field("cidr_blocks", list(value.OfString("10.0.0.0/16"), value.OfString("10.1.0.0/16"))), field("ipv6_cidr_blocks", list()),
			field("self", value.OfChoice([]value.Arm{
				{When: when("true"), Value: value.OfBool(true)}, {When: when("false"), Value: value.OfBool(false)},
			})),
		),
	))).SecurityGroups[0]
	all, complete := g.Permissions()
	var got []string
	for _, p := range all {
		got = append(got, p.Direction.Literal()+" "+p.Peer.Kind.String()+" "+p.Peer.Value.Literal()+" "+p.When.String())
	}
	want := []string{"egress CidrIp 10.0.0.0/16 ", "egress CidrIp 10.1.0.0/16 ", "egress SecurityGroupId  var.open is true"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if ref, ok := all[2].Peer.Value.Symbol(); !ok || ref.Addr != g.Addr() {
		t.Errorf("the group itself is %v", ref)
	}
	if !complete.Everywhere() {
		t.Error("nothing else can be in it")
	}

	r := declared(resource.Terraform, "aws_security_group_rule", field("type", value.OfString("ingress")),
		field("self", value.OfOpaque("var.self has no default")), field("cidr_blocks", value.OfOpaque("var.cidrs has no default"))).SecurityGroupRules[0]
	all, complete = r.Permissions()
	if len(all) != 2 || all[0].Peer.Value.Reason() != "var.cidrs has no default" || all[1].Peer.Value.Reason() != "var.self has no default" || !all[1].Peer.Self {
		t.Errorf("what can't be known: %+v", all)
	}
	if complete.Known() != tri.True {
		t.Errorf("nothing but what is there can be in it: %v", complete.Known())
	}
}

// A rule that names no group stands for itself, with all that it says.
func TestPartWithoutOwner(t *testing.T) {
	e := declared(resource.CloudFormation, "AWS::EC2::Route", field("DestinationCidrBlock", value.OfString("0.0.0.0/0")))
	own, parts, apart := e.Parts(e.Routes[0])
	if apart || len(parts) != 0 || len(own) != 1 {
		t.Errorf("got %v, %v, apart %v", own, parts, apart)
	}
}

// A dynamic block without elements is no block, in those worlds in which it has none.
func TestNoBlock(t *testing.T) {
	const typ = "aws_sagemaker_monitoring_schedule"
	written := list(object(field("role_arn", value.OfString("r"))))
	inline := value.Fact{Var: "inline", Is: "true", Text: "inline is true"}
	for name, row := range map[string]struct {
		block value.Value
		want  tri.Bool
	}{
		"there":    {written, tri.True},
		"left out": {value.Value{}, tri.False},
		"empty":    {list(), tri.False},
		"one of two": {value.OfChoice([]value.Arm{
			{When: value.World{inline}, Value: written}, {When: value.World{inline.Not()}, Value: list()},
		}), tri.Unknown},
	} {
		config := field("monitoring_schedule_config", list(object(field("monitoring_job_definition", row.block))))
		there := declared(resource.Terraform, typ, config).MonitoringSchedules[0].Definition.Body.Set()
		if there.Known() != row.want {
			t.Errorf("%s: %v, want %v", name, there.Known(), row.want)
		}
		if name == "one of two" && (!there.Somewhere() || !there.Not().Somewhere()) {
			t.Errorf("%s: it isn't told in which", name)
		}
	}
}

// Spell knows the members of nested structs, as each dialect has them.
func TestSpell(t *testing.T) {
	for _, row := range []struct {
		dialect        resource.Dialect
		typ, path, own string
	}{
		{resource.Terraform, "aws_sagemaker_model", "EnableNetworkIsolation", "enable_network_isolation"},
		{resource.Terraform, "aws_sagemaker_model", "Containers.ImageConfig.RepositoryAccessMode", "container.image_config.repository_access_mode"},
		{resource.Terraform, "aws_sagemaker_data_quality_job_definition", "NetworkConfig.EnableNetworkIsolation", "network_config.enable_network_isolation"},
		{resource.CloudFormation, "AWS::SageMaker::ProcessingJob", "NetworkConfig.EnableNetworkIsolation", "NetworkConfig.EnableNetworkIsolation"},
		{resource.API, "CreateHyperParameterTuningJob", "TrainingJobDefinitions.EnableNetworkIsolation", "TrainingJobDefinitions.EnableNetworkIsolation"},
		{resource.ACK, "Model", "EnableNetworkIsolation", "spec.enableNetworkIsolation"},
		{resource.Terraform, "aws_sagemaker_endpoint_configuration", "EnableNetworkIsolation", "EnableNetworkIsolation"},
	} {
		e := declared(row.dialect, row.typ)
		if got := e.Spell(e.All()[0].Head().Raw, row.path); got != row.own {
			t.Errorf("%s in %s is %s, want %s", row.path, row.dialect, got, row.own)
		}
	}
}

// What stands in something that may not be there is known only where it is the default; of what stands in a Block, whose
// rules ask whether it is there, it is what is written.
func TestMaybeDefault(t *testing.T) {
	network := func(on bool) value.Field {
		return field("network_config", list(object(field("enable_network_isolation", value.OfBool(on))).MaybeSince("var.nets has no default")))
	}
	const quality = "aws_sagemaker_data_quality_job_definition"
	on := declared(resource.Terraform, quality, network(true)).DataQualityJobDefinitions[0].NetworkConfig.EnableNetworkIsolation
	if on.IsTrue().Known() != tri.Unknown || on.Reason() != "var.nets has no default" {
		t.Errorf("isolation that may not be there is on: %v, %s", on.IsTrue().Known(), on.Reason())
	}
	off := declared(resource.Terraform, quality, network(false)).DataQualityJobDefinitions[0].NetworkConfig.EnableNetworkIsolation
	if off.IsTrue().Known() != tri.False {
		t.Errorf("it is off, written or not: %v", off.IsTrue().Known())
	}
	container := object(field("image_config", list(object(field("repository_access_mode", value.OfString("Vpc")))))).Maybe()
	m := declared(resource.Terraform, "aws_sagemaker_model", field("primary_container", list(container))).Models[0]
	if mode := m.PrimaryContainer.RepositoryAccessMode; mode.Is("Vpc").Known() != tri.True {
		t.Errorf("a container that is there pulls from the VPC: %v", mode.Is("Vpc").Known())
	}
}
