package cloudformation

import (
	"fmt"
	"net/netip"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// maxEchoes bounds how many attributes are followed into one another.
const maxEchoes = 20

// An echo is an attribute that is what a property of its resource says.
type echo struct {
	state state
	value value.Value
	known bool
}

// echoed returns an attribute that is what a property of its resource says, where that is known: the address block of a
// VPC or subnet, from which Fn::Cidr cuts others.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html
func (t *template) echoed(d *declaration, attr string, at source.Span) (value.Value, bool) {
	if attr != "CidrBlock" || d.typ != "AWS::EC2::VPC" && d.typ != "AWS::EC2::Subnet" || d.ambiguous {
		return value.Value{}, false
	}
	if d.echo == nil && t.echoes < maxEchoes {
		d.echo = &echo{state: underway}
		t.echoes++
		d.echo.value, d.echo.known = t.echo(d, attr)
		t.echoes--
		d.echo.state = done
	}
	if d.echo == nil || d.echo.state == underway || !d.echo.known { // what refers to itself is known nowhere
		return value.Value{}, false
	}
	return t.use(d.echo.value, at), true
}

func (t *template) echo(d *declaration, attr string) (value.Value, bool) {
	p := d.body.Get("Properties").Pair(attr)
	if p == nil {
		return value.Value{}, false
	}
	in, _ := t.standing(d)
	v := t.eval(p.Value, in.under(p.Key.Span))
	for _, arm := range v.Arms() {
		// AWS clears the host bits of a block that has some.
		if block, err := netip.ParsePrefix(arm.Value.Literal()); err != nil || block != block.Masked() {
			return value.Value{}, false
		}
	}
	return t.noted(v, p.Key.Span, fmt.Sprintf("the %s of %s", attr, d.name)), true
}
