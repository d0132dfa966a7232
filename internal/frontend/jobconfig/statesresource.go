package jobconfig

import (
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// sageMaker is the service in a task's Resource, of the optimized integration and of the SDK's:
// "arn:aws:states:::sagemaker:createTrainingJob.sync", "arn:aws:states:::aws-sdk:sagemaker:createAutoMLJobV2".
const sageMaker = "sagemaker:"

// startPipelineExecution is the one request that creates nothing and yet matters: it runs the jobs of a pipeline.
const startPipelineExecution = "StartPipelineExecution"

// sageMakerOperation returns the operation of SageMaker's that a task's Resource asks for, as the API spells it; empty where
// it asks for none that creates something. The ARN's partition, or all of its beginning, may be unknown.
func sageMakerOperation(resource value.Value) string {
	end, whole := resource.Suffix()
	prefix, action, found := strings.Cut(end, sageMaker)
	switch {
	case !found:
		return ""
	case strings.HasSuffix(prefix, "states:::"), strings.HasSuffix(prefix, "states:::aws-sdk:"):
	case !whole && (prefix == "" || prefix == ":" || strings.HasSuffix(":"+prefix, ":aws-sdk:")):
	default:
		return ""
	}
	action, _, _ = strings.Cut(action, ".") // .sync, .sync:2, .waitForTaskToken
	if action == "" || action[0] < 'a' || action[0] > 'z' {
		return ""
	}
	name := strings.ToUpper(action[:1]) + action[1:]
	switch {
	case name == "CreatePipelineExecution":
		return startPipelineExecution
	case name != startPipelineExecution && !strings.HasPrefix(name, "Create"):
		return ""
	}
	return name
}
