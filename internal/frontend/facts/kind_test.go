package facts

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
)

// outputs prints the members of what EC2's describe operations list, by the name of the list. What describe-vpc-attribute
// tells of a VPC stands beside its other members.
const outputs = `
import json, botocore.session
m = botocore.session.get_session().get_service_model("ec2")
out = {}
for op in m.operation_names:
    if op.startswith("Describe") and m.operation_model(op).output_shape is not None:
        for name, shape in m.operation_model(op).output_shape.members.items():
            if shape.type_name == "list" and shape.member.type_name == "structure":
                out.setdefault(name, []).extend(shape.member.members)
out["Vpcs"] += list(m.operation_model("DescribeVpcAttribute").output_shape.members)
out["Route"] = list(m.shape_for("Route").members)
out["IpPermission"] = list(m.shape_for("IpPermission").members)
out["NetworkAclEntry"] = list(m.shape_for("NetworkAclEntry").members)
print(json.dumps(out))
`

// Every member that is read is one of EC2's, and becomes one that the model reads.
func TestKindsFollowTheServiceModel(t *testing.T) {
	b, err := exec.Command("python3", "-c", outputs).Output()
	if err != nil {
		t.Skipf("botocore is not to be had here: %v", err)
	}
	var known map[string][]string
	if err := json.Unmarshal(b, &known); err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		names := append([]string{k.id}, k.with...)
		for _, m := range k.members {
			names = append(names, m.name)
		}
		for _, name := range append(names, k.arn, k.when) {
			if name != "" && !slices.Contains(known[k.list], name) {
				t.Errorf("EC2 has no %s in %s", name, k.list)
			}
		}
	}
	for _, target := range targets {
		if !slices.Contains(known["Route"], target[0]) {
			t.Errorf("a route has no %s", target[0])
		}
	}
	// A route's other targets are no targets: how it came to be, and an address.
	for _, name := range known["Route"] {
		read := slices.ContainsFunc(targets, func(t [2]string) bool { return t[0] == name })
		if !read && !strings.HasPrefix(name, "Destination") && !slices.Contains([]string{"InstanceOwnerId", "Origin", "State", "IpAddress"}, name) {
			t.Errorf("a route's %s isn't read", name)
		}
	}
}

func TestKindsAreTheModels(t *testing.T) {
	// What the model has no member for yet, and what only one of two types has.
	const unread = "available_ip_address_count"
	for _, k := range kinds {
		paths := slices.Concat(model.Paths(resource.Terraform, k.typ), model.Paths(resource.Terraform, k.special))
		if len(paths) == 0 {
			t.Errorf("the model doesn't know %s", k.typ)
		}
		for _, m := range k.members {
			there := slices.ContainsFunc(paths, func(p string) bool {
				return p == m.as || strings.HasPrefix(p, m.as+"[]") || strings.HasPrefix(p, m.as+".")
			})
			if !there && m.as != unread {
				t.Errorf("nothing reads %s of %s", m.as, k.typ)
			}
		}
	}
	for _, target := range targets {
		if !slices.Contains(model.Paths(resource.Terraform, "aws_route_table"), "route[]."+target[1]) {
			t.Errorf("nothing reads a route's %s", target[1])
		}
	}
}
