package endpoints_test

import (
	"testing"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An endpoint is for the service that its name tells, in every partition and as far as the name is known.
func TestServes(t *testing.T) {
	const yes, no, open = tri.True, tri.False, tri.Unknown
	region, unknown := value.OfOpaque("var.region has no default"), value.OfOpaque("var.service has no default")
	text := func(parts ...any) value.Value {
		vs := make([]value.Value, len(parts))
		for i, p := range parts {
			switch p := p.(type) {
			case string:
				vs[i] = value.OfString(p)
			case value.Value:
				vs[i] = p
			}
		}
		return value.OfText(vs...)
	}
	for _, row := range []struct {
		name    value.Value
		service endpoints.Service
		want    tri.Bool
	}{
		{text("com.amazonaws.eu-west-1.s3"), "s3", yes},
		{text("com.amazonaws.eu-west-1.s3"), "sts", no},
		{text("com.amazonaws.eu-west-1.s3express"), "s3", no},
		{text("com.amazonaws.s3-global.accesspoint"), "s3", no},
		{text("com.amazonaws.cn-north-1.s3"), "s3", yes},
		{text("cn.com.amazonaws.cn-north-1.sagemaker.api"), "sagemaker.api", yes},
		{text("com.amazonaws.us-gov-west-1.sagemaker.api-fips"), "sagemaker.api", yes},
		{text("gov.ic.c2s.us-iso-east-1.sagemaker.runtime"), "sagemaker.runtime", yes},
		{text("gov.sgov.sc2s.us-isob-east-1.s3"), "s3", yes},
		{text("eu.amazonaws.eusc-de-east-1.ecr.api"), "ecr.api", yes},
		{text("aws.sagemaker.eu-west-1.studio"), "studio", yes},
		{text("aws.sagemaker.cn-north-1.notebook"), "notebook", yes},
		{text("com.amazonaws.vpce.eu-west-1.vpce-svc-0aa11bb22cc33dd44"), "s3", no},
		{text("s3"), "s3", no},
		{text("com.amazonaws.", region, ".s3"), "s3", yes},
		{text("com.amazonaws.", region, ".s3"), "sagemaker.api", no},
		{text("com.amazonaws.", region, ".sagemaker.api"), "sagemaker.api", yes},
		{text("com.amazonaws.", region, ".sagemaker.api-fips"), "sagemaker.api", yes},
		{text("com.amazonaws.", region, ".sagemaker.api"), "sagemaker.runtime", no},
		{text("aws.sagemaker.", region, ".studio"), "studio", yes},
		{text(region, ".s3"), "s3", yes},
		{text("com.amazonaws.", region, ".", unknown), "s3", open},
		{text("com.amazonaws.eu-west-1.", unknown), "s3", open},
		{text("com.amazonaws.eu-west-1.sagemaker.", unknown), "s3", no},
		{text("com.amazonaws.eu-west-1.sagemaker.", unknown), "sagemaker.api", open},
		{text("com.amazonaws.eu-west-1.", unknown, ".api"), "sagemaker.api", open},
		{text("com.amazonaws.vpce.", region, ".", unknown), "s3", no},
		{text("com.example.", unknown), "s3", no},
		{unknown, "s3", open},
		{value.Value{}, "s3", no},
	} {
		if got := endpoints.Named(row.name, row.service).Known(); got != row.want {
			t.Errorf("%s for %s: got %s, want %s", value.Value.Reason(row.name)+row.name.Literal(), row.service, got, row.want)
		}
	}
}
