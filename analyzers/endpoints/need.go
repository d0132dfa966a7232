package endpoints

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Need is a service that a kind of workload can't do without, and in which worlds.
type Need struct {
	Service Service
	Holds   value.Truth
}

// Needs returns the services that a workload needs besides S3, which all of them do. The containers of jobs and models need
// none: SageMaker pulls their images and keeps their logs from outside of the VPC.
//
// AWS: "Connect a notebook instance in a VPC to external resources", "Connect Studio in a VPC to external resources",
// "Network and storage for RStudio on SageMaker AI", "Give Amazon SageMaker Clarify jobs access to resources in your VPC".
func Needs(w *network.Workload) []Need {
	always := func(services ...Service) []Need {
		out := make([]Need, len(services))
		for i, s := range services {
			out[i] = Need{Service: s, Holds: value.Yes()}
		}
		return out
	}
	switch w := w.Workload.(type) {
	case *model.NotebookInstance:
		return always(API, Runtime)
	case *model.Domain:
		return append(always(API, Runtime, Studio), Need{Service: LicenseManager, Holds: w.Settings.RStudioExecutionRoleARN.Set()})
	case *model.ModelExplainabilityJobDefinition:
		// It asks the model for predictions, which a shadow endpoint makes.
		return always(API, Runtime)
	}
	return nil
}

// IsDocumented says in which worlds an endpoint is for a service that SageMaker's documentation names for workloads.
func IsDocumented(ep *network.Endpoint) value.Truth {
	is := ep.ServiceName.Each(func(v value.Value) value.Truth {
		if name, known := v.AsString(); known {
			service, ok := Parse(name)
			service = Service(strings.TrimSuffix(string(service), fips))
			return value.Always(tri.Of(ok && slices.Contains(documented, service)), v.Origin())
		}
		any := value.No()
		for _, s := range documented {
			any = any.Or(Named(v, s))
		}
		return any
	})
	return is.And(ep.OwnService.Not())
}

// documented are the services that SageMaker's documentation names for workloads in a VPC: those that some kind needs, and
// those that code of any kind calls. What Canvas can use besides is left out (athena, glue and their like), and CodeArtifact,
// which has a documented way without private DNS.
// AWS: "Connect to SageMaker AI within your VPC", and the pages of Needs.
var documented = []Service{
	S3, API, Runtime, Studio, LicenseManager,
	"notebook", "experiments", "mlflow", "partner-app", "sagemaker.featurestore-runtime", "sagemaker.metrics", "sagemaker-geospatial",
	"sagemaker-data-science-assistant", "sts", "kms", "secretsmanager", "ssm", "ssmmessages", "ec2messages", "logs", "monitoring",
	"ecr.api", "ecr.dkr", "codecommit", "git-codecommit", "servicecatalog",
}
