package model

import (
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Parameter is a value under a name, which other stacks, modules and code may look up. AWS: SSM API_PutParameter.
type Parameter struct {
	Meta     `tf:"aws_ssm_parameter" aws:"AWS::SSM::Parameter" api:"PutParameter"`
	Name     value.String `aws:"Name"`
	Type     value.String `aws:"Type"`
	DataType value.String `aws:"DataType" default:"text"`
	KeyID    value.String `aws:"KeyId" cfn:"-"`
	Value    value.String `aws:"Value"`
	// InsecureValue is a Value that Terraform may show. AWS: provider's aws_ssm_parameter.
	InsecureValue value.String `aws:"-" tf:"insecure_value"`
}

// conceal takes away a value that may be a secret: only that it is there is kept.
func (p *Parameter) conceal() {
	if p.Type.Is("String").Or(p.Type.Is("StringList")).Known() == tri.True {
		return
	}
	p.Value.Value = p.Value.Map(func(v value.Value) value.Value {
		o := v.Origin()
		if v.Kind() == value.KindAbsent || o == nil {
			return v
		}
		// What led to it may quote it.
		return value.OfPresent("a SecureString's value is never shown", v.Refs()...).From(o.Span)
	})
}

// A concealing resource may hold a secret, which no later stage sees.
type concealing interface{ conceal() }
