package facts_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/facts"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// load reads files, each given by a path and its content.
func load(t testing.TB, files ...string) *frontend.Output {
	t.Helper()
	in := &frontend.Input{Each: func(n int, _ func(int) source.Span, do func(int)) {
		for i := range n {
			do(i)
		}
	}}
	for i := 0; i < len(files); i += 2 {
		in.Settings.Network = append(in.Settings.Network, source.NewFile(files[i], []byte(files[i+1])))
	}
	out, err := facts.Frontend{}.Load(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// find returns the resource of a type that an id is tied to, or that tells of it.
func find(t *testing.T, out *frontend.Output, typ, subject string) resource.Raw {
	t.Helper()
	for _, r := range out.Resources {
		if r.Type == typ && r.Subject == subject {
			return r
		}
	}
	t.Fatalf("no %s called %s", typ, subject)
	return resource.Raw{}
}

// types returns the types and subjects of all resources, sorted.
func types(out *frontend.Output) []string {
	var got []string
	for _, r := range out.Resources {
		if r.Unread != "" {
			continue // see TestListings
		}
		got = append(got, strings.TrimPrefix(r.Type, "aws_")+" "+r.Subject)
	}
	slices.Sort(got)
	return got
}

const (
	subnet = `{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-east-1a", "AvailabilityZoneId": "use1-az1",` +
		` "AvailableIpAddressCount": 251, "DefaultForAz": false, "MapPublicIpOnLaunch": false, "AssignIpv6AddressOnCreation": false}`
	table = `{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true, "RouteTableId": "rtb-1", "RouteTableAssociationId": "rtbassoc-1"}],` +
		` "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"}]}`
)

// The same is read however it is laid out: as a command prints it, picked by a query, several outputs in one file or one
// within another, in YAML.
func TestLayouts(t *testing.T) {
	want := []string{"main_route_table_association rtb-1", "route_table rtb-1", "subnet subnet-1", "vpc vpc-1"}
	for name, content := range map[string]string{
		"as printed":      `{"Subnets": [` + subnet + `]} {"RouteTables": [` + table + `]}`,
		"JSON lines":      `{"Subnets": [` + subnet + `], "ResponseMetadata": {"HTTPStatusCode": 200}}` + "\n" + `{"RouteTables": [` + table + `]}` + "\n",
		"bare lists":      `[` + subnet + `]` + "\n" + `[` + table + `]`,
		"one after other": subnet + table,
		"merged":          `{"Subnets": [` + subnet + `], "RouteTables": [` + table + `]}`,
		"by region":       `{"us-east-1": {"subnets": {"Subnets": [` + subnet + `]}, "tables": {"RouteTables": [` + table + `]}}}`,
		"list of outputs": `[{"Subnets": [` + subnet + `]}, {"RouteTables": [` + table + `]}]`,
		"twice":           `{"Subnets": [` + subnet + `, ` + subnet + `]} {"RouteTables": [` + table + `]} {"Subnets": [` + subnet + `]}`,
		"YAML": `Subnets:
- AssignIpv6AddressOnCreation: false
  AvailabilityZone: us-east-1a
  AvailabilityZoneId: use1-az1
  AvailableIpAddressCount: 251
  CidrBlock: 10.0.1.0/24
  DefaultForAz: false
  MapPublicIpOnLaunch: false
  SubnetId: subnet-1
  VpcId: vpc-1
RouteTables:
- Associations:
  - Main: true
    RouteTableAssociationId: rtbassoc-1
    RouteTableId: rtb-1
  RouteTableId: rtb-1
  Routes:
  - DestinationCidrBlock: 10.0.0.0/16
    GatewayId: local
    State: active
  VpcId: vpc-1
`,
	} {
		out := load(t, "network/all.json", content)
		if diff := cmp.Diff(want, types(out)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if !slices.Equal(out.Told, []string{"network/all.json"}) || len(out.Refused) > 0 {
			t.Errorf("%s: told %v, refused %v", name, out.Told, out.Refused)
		}
		props := find(t, out, "aws_subnet", "subnet-1").Props
		if public, ok := props.Attr("map_public_ip_on_launch").AsBool(); !ok || public {
			t.Errorf("%s: map_public_ip_on_launch is %v", name, props.Attr("map_public_ip_on_launch").Kind())
		}
		for _, r := range out.Resources {
			if !r.Fact {
				t.Errorf("%s: %s is no fact", name, r.Subject)
			}
		}
		id := out.Identities[slices.IndexFunc(out.Identities, func(i resource.Identity) bool { return i.Literal == "subnet-1" })]
		if text := strings.Trim(id.Span.Text(), `"`); text != "subnet-1" {
			t.Errorf("%s: the id is told at %q", name, text)
		}
	}
}

// What is no output tells nothing: names without descriptions, ids that are blanked out, what describes something else.
func TestSilent(t *testing.T) {
	for _, content := range []string{
		``, `[]`, `{}`, `null`, `"SubnetId"`,
		`{"Instances": [{"InstanceId": "i-1", "SubnetId": "subnet-1", "VpcId": "vpc-1"}]}`,
		`{"Subnets": "subnet-1"}`,
		`{"SubnetId": {"Ref": "S"}, "CidrBlock": "10.0.0.0/24"}`,
		`[{"SubnetId": "<your subnet>", "CidrBlock": "10.0.0.0/24"}]`,
		"SubnetId subnet-1 CidrBlock 10.0.0.0/24",
		`{"VpcId": "vpc-1", "EnableNetworkAddressUsageMetrics": {"Value": true}}`,
	} {
		if out := load(t, "f.json", content); len(out.Resources) > 0 || len(out.Told) > 0 {
			t.Errorf("%s tells %v", content, types(out))
		}
	}
	if out := load(t, "f.json", `{"Subnets": []}`); len(out.Told) != 1 {
		t.Error("an account without subnets is none that is told")
	}
}

// What isn't told is unknown, and neither absent nor a default.
func TestNotTold(t *testing.T) {
	out := load(t, "f.json", `[{"SubnetId": "subnet-1", "CidrBlock": "10.0.0.0/24"}, {"RouteTableId": "rtb-1", "Associations": []}]`+
		`{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "IsDefault": false}]}`)
	for _, c := range [][3]string{
		{"aws_subnet", "subnet-1", "map_public_ip_on_launch"},
		{"aws_subnet", "subnet-1", "vpc_id"},
		{"aws_route_table", "rtb-1", "route"},
		{"aws_vpc", "vpc-1", "enable_dns_support"},
	} {
		v := find(t, out, c[0], c[1]).Props.Attr(c[2])
		if v.Kind() != value.KindOpaque || !strings.Contains(v.Reason(), "is not told under network:") {
			t.Errorf("%s of %s is %v (%s)", c[2], c[1], v.Kind(), v.Reason())
		}
	}
	out = load(t, "f.json", `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "IsDefault": true}]}{"VpcId": "vpc-1", "EnableDnsSupport": {"Value": false}}`)
	if on, ok := find(t, out, "aws_default_vpc", "vpc-1").Props.Attr("enable_dns_support").AsBool(); !ok || on {
		t.Error("describe-vpc-attribute isn't read")
	}
}

// Whether a subnet without an association has the main table is known only where all tables of its VPC are told.
func TestTables(t *testing.T) {
	other := strings.NewReplacer("rtb-1", "rtb-2", `"Main": true`, `"Main": false, "SubnetId": "subnet-2"`, "rtbassoc-1", "rtbassoc-2").Replace(table)
	untold := "route_table_association subnet-1"
	for name, c := range map[string]struct {
		files []string
		want  bool // an association that says it isn't known
	}{
		"all are told":           {[]string{"a.json", subnet, "b.json", `{"RouteTables": [` + table + `]}`}, false},
		"none is told":           {[]string{"a.json", subnet}, true},
		"the main one isn't":     {[]string{"a.json", subnet, "b.json", `{"RouteTables": [` + other + `]}`}, true},
		"there are more":         {[]string{"a.json", subnet, "b.json", `{"RouteTables": [` + table + `], "NextToken": "x"}`}, true},
		"no more":                {[]string{"a.json", subnet, "b.json", `{"RouteTables": [` + table + `], "NextToken": null}`}, false},
		"associations left out":  {[]string{"a.json", subnet, "b.json", table, "c.json", `[{"RouteTableId": "rtb-3", "VpcId": "vpc-1", "Routes": []}]`}, true},
		"of another VPC":         {[]string{"a.json", subnet, "b.json", strings.ReplaceAll(table, "vpc-1", "vpc-2")}, true},
		"of no VPC that is told": {[]string{"a.json", strings.Replace(subnet, `"VpcId": "vpc-1", `, "", 1), "b.json", table}, true},
	} {
		if got := slices.Contains(types(load(t, c.files...)), untold); got != c.want {
			t.Errorf("%s: unknown is %v, want %v", name, got, c.want)
		}
	}
}

// Files that contradict each other are not believed, those that agree are one.
func TestContradictions(t *testing.T) {
	reordered := `{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [%s{"State": "active", "GatewayId": "local", "DestinationCidrBlock": "10.0.0.0/16"}],` +
		` "Associations": [{"Main": true, "RouteTableId": "rtb-1", "RouteTableAssociationId": "rtbassoc-1"}]}`
	same := load(t, "a.json", table, "b.json", strings.Replace(reordered, "%s", "", 1))
	if routes := find(t, same, "aws_route_table", "rtb-1").Props.Attr("route"); routes.Kind() != value.KindList || len(routes.Elems()) != 1 {
		t.Error("what is told twice isn't believed")
	}
	more := load(t, "a.json", table, "b.json", strings.Replace(reordered, "%s", `{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}, `, 1))
	routes := find(t, more, "aws_route_table", "rtb-1").Props.Attr("route")
	if want := "a.json and b.json contradict each other about route of rtb-1"; routes.Kind() != value.KindOpaque || routes.Reason() != want {
		t.Errorf("the routes are %v: %s, want %s", routes.Kind(), routes.Reason(), want)
	}
	twice := load(t, "a.json", `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": []}, {"RouteTableId": "rtb-1", "VpcId": "vpc-2", "Routes": []}]}`)
	got := find(t, twice, "aws_route_table", "rtb-1").Props.Attr("vpc_id").Reason()
	if want := "a.json contradicts itself about vpc_id of rtb-1"; got != want {
		t.Errorf("of one file it is said: %s, want %s", got, want)
	}
}

// What isn't there any more is no fact.
func TestGone(t *testing.T) {
	out := load(t, "f.json", `{"NatGateways": [{"NatGatewayId": "nat-1", "State": "deleted", "VpcId": "vpc-1"}],
		"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "ServiceName": "com.amazonaws.us-east-1.s3", "State": "Deleting"}],
		"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [
			{"RouteTableAssociationId": "a", "RouteTableId": "rtb-1", "SubnetId": "subnet-1", "AssociationState": {"State": "disassociated"}}],
			"Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "blackhole"}]}],
		"InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": []}]}`)
	want := []string{"internet_gateway igw-1", "main_route_table_association vpc-1", "route_table rtb-1", "vpc vpc-1"}
	if diff := cmp.Diff(want, types(out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if routes := find(t, out, "aws_route_table", "rtb-1").Props.Attr("route"); len(routes.Elems()) != 1 || len(routes.Elems()[0].Fields()) != 1 || routes.Open() {
		t.Error("a black hole leads somewhere")
	}
}

// What lists the endpoints, flow logs and network ACLs of a VPC tells also that there are no more, unless there are more pages.
func TestListings(t *testing.T) {
	const vpc = `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}`
	logs := func(unread string) []string {
		return []string{"the endpoints of vpc-1 are not told; name the output of aws ec2 describe-vpc-endpoints under network: too", unread,
			"the network ACLs of vpc-1 are not told; name the output of aws ec2 describe-network-acls under network: too"}
	}
	untold := logs("the flow logs of vpc-1 are not told; name the output of aws ec2 describe-flow-logs under network: too")
	for name, c := range map[string]struct {
		logs string
		want []string
	}{
		"no listing":             {`{}`, untold},
		"none":                   {`{"FlowLogs": []}`, slices.Delete(logs(""), 1, 2)},
		"one":                    {`{"FlowLogs": [{"FlowLogId": "fl-1", "ResourceId": "vpc-1"}]}`, slices.Delete(logs(""), 1, 2)},
		"bare":                   {`[{"FlowLogId": "fl-1", "ResourceId": "vpc-1"}]`, slices.Delete(logs(""), 1, 2)},
		"more pages":             {`{"FlowLogs": [], "NextToken": "x"}`, logs("not all flow logs of vpc-1 are told: output of aws ec2 describe-flow-logs under network: has more pages")},
		"one of them, by itself": {`{"FlowLogId": "fl-1", "ResourceId": "vpc-1"}`, untold},
	} {
		var got []string
		for _, r := range load(t, "a.json", vpc, "b.json", c.logs).Resources {
			if r.Unread != "" {
				got = append(got, r.Unread)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The further ranges of a VPC are told with it.
func TestBlocks(t *testing.T) {
	out := load(t, "f.json", `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "CidrBlockAssociationSet": [
		{"AssociationId": "vpc-cidr-assoc-1", "CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}},
		{"AssociationId": "vpc-cidr-assoc-2", "CidrBlock": "100.64.0.0/16", "CidrBlockState": {"State": "associated"}},
		{"AssociationId": "vpc-cidr-assoc-3", "CidrBlock": "100.65.0.0/16", "CidrBlockState": {"State": "disassociated"}}]}]}`)
	want := []string{"main_route_table_association vpc-1", "vpc vpc-1", "vpc_ipv4_cidr_block_association vpc-cidr-assoc-2"}
	if diff := cmp.Diff(want, types(out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{
		`{"Subnets": [` + subnet + `]}` + "\n" + `{"RouteTables": [` + table + `], "NextToken": "x"}`,
		"Subnets:\n- &a {SubnetId: subnet-1, VpcId: vpc-1, CidrBlock: 10.0.0.0/24}\n- *a\n",
		`[{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "UserIdGroupPairs": [{"GroupId": "sg-1"}]}], "IpPermissionsEgress": []}]`,
		`{"NetworkAclId": "acl-1", "IsDefault": true, "Entries": [{"Egress": false, "PortRange": {"From": 1}}], "Associations": [{"SubnetId": "subnet-1"}]}`,
		`{"VpcEndpointId": "vpce-1", "ServiceName": "s", "Groups": [{"GroupId": "sg-1"}], "DnsOptions": {"DnsRecordIpType": "ipv4"}, "PolicyDocument": "{}"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		one, two := load(t, "a.json", string(b)), load(t, "a.json", string(b), "b.yaml", string(b))
		seen := map[value.Address]bool{}
		for _, r := range two.Resources {
			if !r.Fact {
				t.Fatalf("%s is no fact", r.Subject)
			}
			if key := (value.Address{Unit: r.Addr.Unit, Name: r.Type + r.Addr.Name}); seen[key] && !strings.Contains(r.Type, "association") {
				t.Fatalf("two of %s", r.Subject)
			} else {
				seen[key] = true
			}
		}
		if len(one.Resources) == 0 && len(two.Resources) > 0 && len(one.Refused) == 0 && len(one.Told) > 0 {
			t.Fatal("the same file tells more when it is read twice")
		}
	})
}
