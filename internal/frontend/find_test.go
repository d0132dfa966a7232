package frontend_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

func object(pairs ...any) value.Value {
	var fields []value.Field
	for i := 0; i < len(pairs); i += 2 {
		fields = append(fields, value.Field{Name: pairs[i].(string), Value: valueOf(pairs[i+1])})
	}
	return value.OfObject(fields, false)
}

func valueOf(v any) value.Value {
	switch v := v.(type) {
	case string:
		return value.OfString(v)
	case []string:
		var elems []value.Value
		for _, s := range v {
			elems = append(elems, value.OfString(s))
		}
		return value.OfList(elems, false)
	}
	return v.(value.Value)
}

func subnet(unit, name string, props value.Value) resource.Raw {
	return resource.Raw{
		Dialect: resource.Terraform, Type: "aws_subnet", Addr: value.Address{Unit: unit, Name: "aws_subnet." + name},
		Subject: "aws_subnet." + name, Exists: value.Yes(), Props: props,
		Span: source.NewFile(unit+"/main.tf", nil).Whole(),
	}
}

func idOf(unit, name string) value.Value {
	return value.OfSymbol(value.Ref{Addr: value.Address{Unit: unit, Name: name}, Attr: "id"})
}

func filter(name string, values ...string) value.Value {
	return value.OfList([]value.Value{object("name", name, "values", values)}, false)
}

// What a data source finds, by all that may be said of a resource and all that may be asked.
func TestFind(t *testing.T) {
	env := value.OfOpaque("var.env has no default")
	vpc := func(name string) resource.Raw {
		return resource.Raw{Dialect: resource.Terraform, Type: "aws_vpc", Addr: value.Address{Unit: "net", Name: "aws_vpc." + name}, Exists: value.Yes(), Props: object()}
	}
	raws := []resource.Raw{
		vpc("main"), vpc("other"),
		subnet("net", "a", object("vpc_id", idOf("net", "aws_vpc.main"), "cidr_block", "10.0.0.0/24", "tags", object("Name", "prod-private-a", "Tier", "private"))),
		subnet("net", "b", object("vpc_id", idOf("net", "aws_vpc.main"), "tags", object("Name", value.OfText(env, value.OfString("-public-b")), "Tier", "public"))),
		subnet("net", "c", object("vpc_id", idOf("net", "aws_vpc.other"), "tags", object("Name", "prod-private-c", "Tier", "private"))),
		subnet("net", "d", object("vpc_id", idOf("net", "aws_vpc.main"), "tags", object("Name", env, "Tier", "data"))),
	}
	main := idOf("net", "aws_vpc.main")
	for name, c := range map[string]struct {
		typ   string
		props value.Value
		want  string
	}{
		"a name":                    {"aws_subnet", object("tags", object("Name", "prod-private-c")), "aws_subnet.c"},
		"a filter":                  {"aws_subnet", object("filter", filter("tag:Name", "prod-private-c")), "aws_subnet.c"},
		"wild":                      {"aws_subnet", object("filter", filter("tag:Name", "*private-c")), "aws_subnet.c"},
		"a part that isn't known":   {"aws_subnet", object("filter", filter("tag:Name", "*-public-*")), "aws_subnet.b"},
		"alike":                     {"aws_subnet", object("tags", object("Name", "dev-public-b")), "aws_subnet.b"},
		"tier in a VPC":             {"aws_subnet", object("vpc_id", main, "tags", object("Tier", "private")), "aws_subnet.a"},
		"tier in any":               {"aws_subnet", object("tags", object("Tier", "private")), "? may find any of several"},
		"a block":                   {"aws_subnet", object("cidr_block", "10.0.0.0/24"), "aws_subnet.a"},
		"nothing known":             {"aws_subnet", object("tags", object("Name", env)), ""},
		"nothing asked":             {"aws_subnet", object(), ""},
		"an unknown filter":         {"aws_subnet", object("vpc_id", main, "filter", filter("ipv6-native", "true"), "tags", object("Tier", "private")), ""},
		"no such":                   {"aws_subnet", object("tags", object("Name", "nothing")), ""},
		"by its id":                 {"aws_subnet", object("id", idOf("net", "aws_subnet.d")), "aws_subnet.d"},
		"all of a tier":             {"aws_subnets", object("filter", value.OfList([]value.Value{object("name", "vpc-id", "values", value.OfList([]value.Value{main}, false))}, false), "tags", object("Tier", "private")), "aws_subnet.a"},
		"all of a VPC":              {"aws_subnet_ids", object("vpc_id", main), "aws_subnet.a aws_subnet.b aws_subnet.d"},
		"all, one not known":        {"aws_subnet_ids", object("vpc_id", main, "filter", filter("tag:Name", "prod-*")), "aws_subnet.a, open"},
		"all of a tier in any":      {"aws_subnets", object("tags", object("Tier", "private")), "? may find those of any of several VPCs"},
		"all of a tier in no VPC":   {"aws_subnets", object("tags", object("Tier", "public")), "aws_subnet.b, open"},
		"a data source that is not": {"aws_ami", object("tags", object("Name", "prod-private-c")), ""},
	} {
		l := frontend.NewLookup(frontend.NewDirectory(nil, raws))
		found, _ := l.Find(resource.Raw{Type: c.typ, Data: true, Props: c.props, Addr: value.Address{Unit: "ml", Name: "data.x"}})
		var names []string
		for _, r := range found.Resources {
			names = append(names, r.Subject)
		}
		got := strings.Join(names, " ")
		if found.Open != "" {
			got += ", open"
		}
		if found.Reason != "" {
			got = "?" + found.Reason
		}
		if c.want == "" && got != "" || !strings.HasPrefix(got, strings.TrimPrefix(c.want, "? ")) && !strings.Contains(got, strings.TrimPrefix(c.want, "? ")) {
			t.Errorf("%s: it finds %q, want %q", name, got, c.want)
		}
	}
}

// What may be made by what can't be seen is found too.
func TestFindUnread(t *testing.T) {
	main := idOf("net", "aws_vpc.main")
	raws := []resource.Raw{
		{Dialect: resource.Terraform, Type: "aws_vpc", Addr: value.Address{Unit: "net", Name: "aws_vpc.main"}, Exists: value.Yes(), Props: object()},
		subnet("net", "a", object("vpc_id", main)),
		{Type: "module", Addr: value.Address{Unit: "net", Name: "module.more"}, Exists: value.Yes(), Props: object("vpc", main), Unread: "module.more is not in the tree"},
	}
	l := frontend.NewLookup(frontend.NewDirectory(nil, raws))
	found, ok := l.Find(resource.Raw{Type: "aws_subnet_ids", Data: true, Props: object("vpc_id", main)})
	if !ok || len(found.Resources) != 1 || found.Open != "module.more is not in the tree" {
		t.Errorf("it finds %d, open because %q", len(found.Resources), found.Open)
	}
}

// A tree of many resources and data sources costs no more than what is alike.
func BenchmarkFind(b *testing.B) {
	var raws []resource.Raw
	for i := range 5_000 {
		raws = append(raws, subnet("net", fmt.Sprint("s", i), object("tags", object("Name", fmt.Sprint("s", i)))))
	}
	l := frontend.NewLookup(frontend.NewDirectory(nil, raws))
	for b.Loop() {
		l.Find(resource.Raw{Type: "aws_subnet", Data: true, Props: object("tags", object("Name", "s4999"))})
	}
}
