package model

import (
	"fmt"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// benchEstate is an estate of 2,000 Terraform resources in the proportions of a platform team's: networks, security
// groups, workloads, and the roles and buckets that the model doesn't read.
func benchEstate() []resource.Raw {
	file := source.NewFile("main.tf", []byte("resource"))
	at := file.Whole()
	str := func(s string) value.Value { return value.OfString(s).From(at) }
	ref := func(typ, name, attr string) value.Value {
		return value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: typ + "." + name}, Attr: attr}).From(at)
	}
	list := func(vs ...value.Value) value.Value { return value.OfList(vs, false).From(at) }
	obj := func(pairs ...any) value.Value {
		var fields []value.Field
		for i := 0; i < len(pairs); i += 2 {
			fields = append(fields, value.Field{Name: pairs[i].(string), Value: pairs[i+1].(value.Value)})
		}
		return value.OfObject(fields, false).From(at)
	}
	yes := value.OfBool(true).From(at)
	var raws []resource.Raw
	for i := range 100 {
		name := fmt.Sprintf("n%d", i)
		add := func(typ, suffix string, props value.Value) {
			raws = append(raws, resource.Raw{
				Type: typ, Addr: value.Address{Unit: ".", Name: typ + "." + name + suffix}, Subject: typ + "." + name + suffix,
				Exists: value.Yes(), Props: props, Span: at,
			})
		}
		rule := obj("from_port", value.OfInt(443).From(at), "to_port", value.OfInt(443).From(at), "protocol", str("tcp"), "cidr_blocks", list(str("10.0.0.0/8")))
		add("aws_vpc", "", obj("cidr_block", str("10.0.0.0/16"), "enable_dns_hostnames", yes, "tags", obj("Name", str(name))))
		for _, z := range []string{"a", "b", "c"} {
			add("aws_subnet", z, obj("vpc_id", ref("aws_vpc", name, "id"), "cidr_block", str("10.0.1.0/24"), "availability_zone", str("eu-west-1"+z), "tags", obj("Name", str(name))))
			add("aws_route_table_association", z, obj("subnet_id", ref("aws_subnet", name+z, "id"), "route_table_id", ref("aws_route_table", name, "id")))
		}
		add("aws_route_table", "", obj("vpc_id", ref("aws_vpc", name, "id"), "route", list(obj("cidr_block", str("0.0.0.0/0"), "nat_gateway_id", ref("aws_nat_gateway", name, "id")))))
		add("aws_nat_gateway", "", obj("subnet_id", ref("aws_subnet", name+"a", "id"), "allocation_id", ref("aws_eip", name, "id")))
		add("aws_eip", "", obj("domain", str("vpc")))
		add("aws_vpc_endpoint", "", obj("vpc_id", ref("aws_vpc", name, "id"), "service_name", str("com.amazonaws.eu-west-1.s3"), "route_table_ids", list(ref("aws_route_table", name, "id"))))
		add("aws_security_group", "", obj("vpc_id", ref("aws_vpc", name, "id"), "ingress", list(rule, rule), "egress", list(rule)))
		add("aws_security_group_rule", "", obj("security_group_id", ref("aws_security_group", name, "id"), "type", str("egress"), "from_port", value.OfInt(0), "to_port", value.OfInt(0), "protocol", str("-1"), "cidr_blocks", list(str("0.0.0.0/0"))))
		add("aws_sagemaker_model", "", obj("name", str(name), "execution_role_arn", ref("aws_iam_role", name, "arn"), "primary_container", list(obj("image", str("image"))), "vpc_config", list(obj("subnets", list(ref("aws_subnet", name+"a", "id"), ref("aws_subnet", name+"b", "id")), "security_group_ids", list(ref("aws_security_group", name, "id"))))))
		add("aws_sagemaker_notebook_instance", "", obj("name", str(name), "role_arn", ref("aws_iam_role", name, "arn"), "instance_type", str("ml.t3.medium"), "subnet_id", ref("aws_subnet", name+"a", "id"), "security_groups", list(ref("aws_security_group", name, "id")), "direct_internet_access", str("Disabled")))
		add("aws_sagemaker_endpoint_configuration", "", obj("production_variants", list(obj("variant_name", str("a"), "model_name", ref("aws_sagemaker_model", name, "name"), "initial_instance_count", value.OfInt(1).From(at), "instance_type", str("ml.m5.large")))))
		add("aws_sagemaker_domain", "", obj("domain_name", str(name), "vpc_id", ref("aws_vpc", name, "id"), "subnet_ids", list(ref("aws_subnet", name+"a", "id")), "app_network_access_type", str("VpcOnly"), "default_user_settings", list(obj("execution_role", ref("aws_iam_role", name, "arn")))))
		add("aws_sagemaker_user_profile", "", obj("user_profile_name", str(name), "domain_id", ref("aws_sagemaker_domain", name, "id")))
		add("aws_iam_role", "", obj("assume_role_policy", str("{}")))
		add("aws_s3_bucket", "", obj("bucket", str(name)))
	}
	return raws
}

func BenchmarkDecode(b *testing.B) {
	raws := benchEstate()
	b.ReportMetric(float64(len(raws)), "resources")
	b.ReportAllocs()
	for b.Loop() {
		Decode(raws)
	}
}
