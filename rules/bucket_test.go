package rules_test

import (
	"testing"

	"github.com/vpclint/vpclint/rules"
)

const bucketAlone = `resource "aws_s3_bucket" "models" {}

resource "aws_sagemaker_model" "ranking" {
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  primary_container {
    image          = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/ranking:1"
    model_data_url = "s3://${aws_s3_bucket.models.id}/model.tar.gz"
  }
}
`

const bucketElsewhere = `
variable "bucket" {}

resource "aws_s3_bucket_policy" "some" {
  bucket = var.bucket
  policy = "{}"
}
`

// In strict a bucket without any policy is open, unless one that is for some bucket may be its own.
func TestBucketWithoutPolicy(t *testing.T) {
	for _, row := range []struct {
		name, tree         string
		strict             bool
		findings, undecide int
	}{
		{"default", bucketAlone, false, 0, 0},
		{"strict", bucketAlone, true, 1, 0},
		{"strict, beside a policy of some bucket", bucketAlone + bucketElsewhere, true, 0, 1},
	} {
		rule := *rules.BucketOpenOutsideVPC
		rule.Strict = row.strict
		e := example{files: []block{{info: "hcl main.tf", text: row.tree}}}
		got, output := run(t, &rule, e)
		if len(got.Findings) != row.findings || len(got.Undecided) != row.undecide {
			t.Errorf("%s:\n%s", row.name, output)
		}
		for _, f := range got.Findings {
			if at := f.At.Text(); at != `"aws_s3_bucket" "models"` {
				t.Errorf("%s: stands at %s, not at the bucket:\n%s", row.name, at, output)
			}
		}
	}
}
