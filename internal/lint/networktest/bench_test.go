//go:build unix

package networktest

import (
	"fmt"
	"math"
	"path"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/rules"
)

// aboutNetworks are the rules that look at a network.
var aboutNetworks = byID(
	"partial-vpc-config", "public-subnet", "subnet-auto-public-ip", "default-vpc", "mixed-vpcs", "subnet-too-small",
	"single-subnet", "nat-internet-egress",
	"endpoint-without-policy", "endpoint-policy-allows-all", "missing-s3-endpoint", "missing-service-endpoint",
	"endpoint-not-attached", "endpoint-private-dns-off", "vpc-dns-off", "endpoint-security-group-closed",
	"endpoint-allows-package-repositories", "bucket-open-outside-vpc",
	"missing-self-reference", "studio-ports-closed", "https-egress-blocked", "open-egress", "open-ingress", "default-security-group",
	"missing-flow-logs",
)

// team is the network and the workloads of one team, in the mix that a landing zone has. Some of it depends on a condition, and
// one model's subnets aren't known.
const team = `
variable "open" { type = bool }
variable "subnet_ids" { type = list(string) }

resource "aws_vpc" "v" {
  cidr_block           = "10.%[1]d.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_vpc_ipv4_cidr_block_association" "v" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "100.64.0.0/20"
}
resource "aws_flow_log" "v" {
  vpc_id          = aws_vpc.v.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::northwind-flow-logs"
}
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet(aws_vpc.v.cidr_block, 4, count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}
resource "aws_subnet" "private" {
  count             = 3
  vpc_id            = aws_vpc.v.id
  cidr_block        = cidrsubnet(aws_vpc.v.cidr_block, 4, count.index + 4)
  availability_zone = ["eu-west-1a", "eu-west-1b", "eu-west-1c"][count.index]
}
resource "aws_nat_gateway" "n" {
  count         = 2
  subnet_id     = aws_subnet.public[count.index].id
  allocation_id = "eipalloc-0aa11bb22cc33dd44"
}
resource "aws_route_table" "public" { vpc_id = aws_vpc.v.id }
resource "aws_route" "public" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.g.id
}
resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table" "private" {
  count  = 3
  vpc_id = aws_vpc.v.id
}
resource "aws_route" "private" {
  count                  = 2
  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = var.open ? aws_nat_gateway.n[count.index].id : aws_nat_gateway.n[0].id
}
resource "aws_route_table_association" "private" {
  count          = 3
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}
resource "aws_security_group" "jobs" {
  vpc_id = aws_vpc.v.id
}
resource "aws_security_group_rule" "in" {
  type              = "ingress"
  security_group_id = aws_security_group.jobs.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  self              = true
}
resource "aws_security_group_rule" "out" {
  type              = "egress"
  security_group_id = aws_security_group.jobs.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
resource "aws_security_group" "endpoints" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    security_groups = [aws_security_group.jobs.id]
    cidr_blocks     = [aws_vpc.v.cidr_block]
  }
}
resource "aws_security_group" "studio" {
  vpc_id = aws_vpc.v.id
}
resource "aws_vpc_security_group_ingress_rule" "studio" {
  for_each                     = { apps = [8192, 65535], nfs = [2049, 2049] }
  security_group_id            = aws_security_group.studio.id
  ip_protocol                  = "tcp"
  from_port                    = each.value[0]
  to_port                      = each.value[1]
  referenced_security_group_id = aws_security_group.studio.id
}
resource "aws_vpc_security_group_egress_rule" "studio" {
  security_group_id = aws_security_group.studio.id
  ip_protocol       = "-1"
  cidr_ipv4         = var.open ? "0.0.0.0/0" : aws_vpc.v.cidr_block
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.v.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = aws_route_table.private[*].id
  policy          = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::northwind-%[1]d/*" }] })
}
resource "aws_vpc_endpoint" "interface" {
  for_each            = toset(["sagemaker.api", "sagemaker.runtime", "sts", "logs"])
  vpc_id              = aws_vpc.v.id
  service_name        = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
}
resource "aws_sagemaker_domain" "d" {
  domain_name             = "team-%[1]d"
  auth_mode               = "IAM"
  vpc_id                  = aws_vpc.v.id
  subnet_ids              = aws_subnet.private[*].id
  app_network_access_type = "VpcOnly"
  default_user_settings {
    execution_role  = "arn:aws:iam::123456789012:role/sagemaker"
    security_groups = [aws_security_group.studio.id]
  }
}
resource "aws_sagemaker_notebook_instance" "n" {
  count                  = 2
  name                   = "team-%[1]d-${count.index}"
  instance_type          = "ml.t3.medium"
  role_arn               = "arn:aws:iam::123456789012:role/sagemaker"
  subnet_id              = var.open ? aws_subnet.public[0].id : aws_subnet.private[count.index].id
  security_groups        = [aws_security_group.jobs.id]
  direct_internet_access = "Disabled"
}
resource "aws_sagemaker_model" "m" {
  for_each           = toset(["churn", "fraud", "forecast", "search", "ranking"])
  name               = each.key
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  primary_container {
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/northwind:1"
  }
  vpc_config {
    subnets            = each.key == "search" ? var.subnet_ids : aws_subnet.private[*].id
    security_group_ids = [aws_security_group.jobs.id]
  }
}
`

// BenchmarkNetwork links and analyzes networks and runs every rule about them: many teams, each with a root module of its own,
// or all in one, where nothing but addresses tells them apart. The last line of each is the exponent with which the time
// grows. CPU time counts all threads, and with them the collector's.
func BenchmarkNetwork(b *testing.B) {
	for _, layout := range []struct {
		name string
		file func(int) string
	}{
		{"roots", func(i int) string { return fmt.Sprintf("team%d/main.tf", i) }},
		{"modules of one root", func(i int) string { return fmt.Sprintf("teams/%d/main.tf", i) }},
	} {
		b.Run(layout.name, func(b *testing.B) {
			times := map[int]float64{}
			sizes := []int{1000, 2000, 5000}
			for _, size := range sizes {
				b.Run(fmt.Sprint(size), func(b *testing.B) {
					times[size] = link(b, layout.name, layout.file, size)
				})
			}
			b.Run("exponent", func(b *testing.B) {
				b.ReportMetric(math.Log(times[sizes[2]]/times[sizes[0]])/math.Log(float64(sizes[2])/float64(sizes[0])), "exponent")
				b.ReportMetric(0, "ns/op")
			})
		})
	}
}

// link measures one size, and returns the CPU time of one round.
func link(b *testing.B, layout string, file func(int) string, size int) float64 {
	const each = 45
	files := map[string]string{}
	root := ""
	for i := range size / each {
		files[file(i)] = fmt.Sprintf(team, i%250)
		root += fmt.Sprintf("module \"team%d\" {\n  source = \"./%s\"\n  open = var.open\n  subnet_ids = var.subnet_ids\n}\n", i, path.Dir(file(i)))
	}
	if layout != "roots" {
		files["main.tf"] = "variable \"open\" { type = bool }\nvariable \"subnet_ids\" { type = list(string) }\n" + root
	}
	r := run(b, files)
	if got := len(r.Estate.All()); got < size*9/10 || got > size*11/10 {
		b.Fatalf("%d resources, not %d", got, size)
	}
	// As the command line sets it.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	b.ReportAllocs()
	b.ResetTimer()
	begin, linking := cpu(), time.Duration(0)
	for b.Loop() {
		start := cpu()
		net := network.Link(r.Estate, nil)
		linking += cpu() - start
		facts := rules.Establish(net)
		facts.Strict = true
		for _, rule := range aboutNetworks {
			rules.Run(rule, r.Estate, facts)
		}
	}
	spent := float64((cpu() - begin).Nanoseconds()) / float64(b.N)
	b.ReportMetric(spent/1e6, "cpu-ms/op")
	b.ReportMetric(float64(linking.Nanoseconds())/float64(b.N)/1e6, "link-cpu-ms/op")
	return spent
}

// BenchmarkAnalyses links networks and asks all that the analyzers know of them, without a rule that puts it into words: which
// subnets are public and have a way out, where each workload is placed, on how many instances and addresses, what its groups
// let through, and which services it reaches privately.
func BenchmarkAnalyses(b *testing.B) {
	for _, size := range []int{1000, 2000, 5000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			const each = 45
			files := map[string]string{}
			for i := range size / each {
				files[fmt.Sprintf("team%d/main.tf", i)] = fmt.Sprintf(team, i%250)
			}
			r := run(b, files)
			defer debug.SetGCPercent(debug.SetGCPercent(400))
			b.ReportAllocs()
			b.ResetTimer()
			begin := cpu()
			for b.Loop() {
				if asked := ask(network.Link(r.Estate, nil)); asked < size {
					b.Fatalf("only %d questions", asked)
				}
			}
			b.ReportMetric(float64((cpu()-begin).Nanoseconds())/float64(b.N)/1e6, "cpu-ms/op")
		})
	}
}

// ask asks the analyzers all that they know, and returns how many questions that were.
func ask(net *network.Graph) int {
	facts, asked := rules.Establish(net), 0
	for _, s := range net.Subnets {
		facts.Exposure.Public(s)
		facts.Exposure.Out(s)
		facts.Exposure.IPv6Out(s)
		asked += 3
	}
	for _, g := range net.SecurityGroups {
		facts.Firewall.OpenIn(g)
		facts.Firewall.OpenOut(g)
		asked += 2
	}
	for _, w := range net.Workloads {
		facts.Placement.Instances(w)
		facts.Placement.Together(w)
		for i := range w.Attachments {
			a := &w.Attachments[i]
			side := firewall.SideOf(a)
			facts.Placement.Space(a.Placement)
			facts.Placement.Mixes(w, a.Placement)
			facts.Firewall.Within(side, firewall.Traffic{Protocol: "-1"})
			facts.Firewall.ToAnything(side, firewall.HTTPS)
			asked += 6
			for _, edge := range a.Placement.Subnets {
				if edge.To == nil || edge.To.VPC.To == nil {
					continue
				}
				facts.Endpoints.Reaches(edge.To, edge.To.VPC.To, side, endpoints.S3)
				asked++
				for _, need := range endpoints.Needs(w) {
					facts.Endpoints.Reaches(edge.To, edge.To.VPC.To, side, need.Service)
					asked++
				}
			}
		}
	}
	return asked
}

// cpu is the CPU time that the process has spent.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
