package encryption

import (
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

const written = "what it writes"

// Outputs returns the members by which a resource names keys for what it writes to S3; none for a kind that has no such
// member.
func Outputs(r model.Resource) []Store {
	out := outputsOf(r)
	for i := range out {
		if out[i].Data == "" {
			out[i].Data = written
		}
	}
	return known(out)
}

func outputsOf(r model.Resource) []Store {
	switch r := r.(type) {
	case *model.TrainingJob:
		return output("OutputDataConfig.KmsKeyId", r.OutputData)
	case *model.HyperParameterTuningJob:
		return definitions(r, func(d *model.TrainingJobDefinition, path string) []Store {
			return output(path+"OutputDataConfig.KmsKeyId", d.OutputData)
		})
	case *model.ProcessingJob:
		return []Store{{Member: processed, Key: r.OutputKMSKey, Applies: outputs(r)}}
	case *model.TransformJob:
		return append(output("TransformOutput.KmsKeyId", r.Output), Store{
			Member: "DataCaptureConfig.KmsKeyId", Data: captured, Key: r.CaptureKMSKeyID, Applies: r.CaptureS3URI.Set(),
		})
	case *model.AutoMLJob:
		return output("OutputDataConfig.KmsKeyId", r.OutputData)
	case *model.AutoMLJobV2:
		return output("OutputDataConfig.KmsKeyId", r.OutputData)
	case *model.LabelingJob:
		return output("OutputConfig.KmsKeyId", r.Output)
	case *model.CompilationJob:
		return location(r.Output)
	case *model.EdgePackagingJob:
		return location(r.Output)
	case *model.OptimizationJob:
		return location(r.Output)
	case *model.InferenceRecommendationsJob:
		// Besides the models that it compiles it keeps nothing where its author could look for it.
		return []Store{{Member: "OutputConfig.KmsKeyId", Data: "the models that it compiles", Key: r.OutputKMSKeyID, Applies: r.CompiledS3URI.Set()}}
	case *model.Job:
		return []Store{{Member: "JobConfigDocument.OutputDataConfig.KmsKeyArn", Key: r.Document.OutputKMSKeyARN, Applies: value.Yes()}}
	case *model.EndpointConfig:
		return endpoint(r)
	case *model.InferenceExperiment:
		return []Store{{Member: "DataStorageConfig.KmsKey", Data: captured, Key: r.StorageKMSKey, Applies: r.DataStorage.Set()}}
	case *model.Domain:
		return settings("DefaultUserSettings.", &r.DefaultUserSettings)
	case *model.UserProfile:
		return settings("UserSettings.", &r.UserSettings)
	case *model.DataQualityJobDefinition:
		return monitor("DataQualityJobOutputConfig.KmsKeyId", r.OutputKMSKeyID)
	case *model.ModelQualityJobDefinition:
		return monitor("ModelQualityJobOutputConfig.KmsKeyId", r.OutputKMSKeyID)
	case *model.ModelBiasJobDefinition:
		return monitor("ModelBiasJobOutputConfig.KmsKeyId", r.OutputKMSKeyID)
	case *model.ModelExplainabilityJobDefinition:
		return monitor("ModelExplainabilityJobOutputConfig.KmsKeyId", r.OutputKMSKeyID)
	case *model.MonitoringSchedule:
		out := monitor(model.InlineDefinition+"MonitoringOutputConfig.KmsKeyId", r.Definition.OutputKMSKeyID)
		out[0].Applies = r.Definition.Body.Set()
		return out
	}
	return nil
}

const captured = "the data that it captures"

// output is where a job writes. Directory buckets take no key: API_OutputDataConfig.
func output(member string, o model.Output) []Store {
	return []Store{{Member: member, Key: o.KMSKeyID, Applies: directory(o.S3OutputPath.Value).Not()}}
}

func location(o model.OutputLocation) []Store {
	return []Store{{Member: "OutputConfig.KmsKeyId", Key: o.KMSKeyID, Applies: directory(o.S3OutputLocation.Value).Not()}}
}

func monitor(member string, key value.String) []Store {
	return []Store{{Member: member, Key: key, Applies: value.Yes()}}
}

// directory says in which worlds a location is in a directory bucket of S3 Express One Zone, as its name tells; one of
// which that isn't known is in none. AWS: S3 user guide, "Directory bucket naming rules".
func directory(uri value.Value) value.Truth {
	return uri.Each(func(v value.Value) value.Truth {
		rest, isURI := strings.CutPrefix(v.Literal(), "s3://")
		bucket, _, _ := strings.Cut(rest, "/")
		return value.Always(tri.Of(isURI && strings.HasSuffix(bucket, "--x-s3")), v.Origin())
	})
}

const processed = "ProcessingOutputConfig.KmsKeyId"

// outputs says in which worlds a processing job writes to S3. An object of the SDK's has a word for the key and none for the
// outputs, of which only its run() tells: it is taken for one that has some, unless that is seen to have none.
func outputs(j *model.ProcessingJob) value.Truth {
	_, key := j.Raw.Spelling[processed]
	_, all := j.Raw.Spelling["ProcessingOutputConfig"]
	if key && !all && j.Outputs.Kind() == value.KindAbsent || j.Raw.Partial {
		return value.Yes()
	}
	return j.Outputs.NonEmpty()
}

// endpoint is what an endpoint writes: the requests and responses that it captures, those of asynchronous inference, and
// what is left of a container that crashes.
func endpoint(c *model.EndpointConfig) []Store {
	out := []Store{
		{Member: "DataCaptureConfig.KmsKeyId", Data: captured, Key: c.CaptureKMSKeyID, Applies: capturing(c)},
		{Member: "AsyncInferenceConfig.OutputConfig.KmsKeyId", Data: "the responses that it stores", Key: c.AsyncOutput.KMSKeyID, Applies: c.Async.Set()},
	}
	dumps := func(list []model.ProductionVariant, name string) {
		for i := range list {
			v := &list[i]
			out = append(out, Store{
				Part: "a variant", Member: name + ".CoreDumpConfig.KmsKeyId", Data: "its core dumps", Key: v.CoreDumpKMSKeyID,
				Applies: value.In(v.When).And(v.CoreDump.Set()),
			})
		}
	}
	dumps(c.ProductionVariants, "ProductionVariants")
	dumps(c.ShadowProductionVariants, "ShadowProductionVariants")
	return out
}

// capturing says in which worlds an endpoint captures data. Left out, EnableCapture is true to the API, and false to
// Terraform's aws provider, which sends what it has for booleans.
func capturing(c *model.EndpointConfig) value.Truth {
	off := c.EnableCapture.Each(func(v value.Value) value.Truth {
		if v.Kind() == value.KindAbsent {
			return value.Always(tri.Of(c.Raw.Dialect == resource.Terraform), v.Origin())
		}
		return v.Is("false")
	})
	return c.Capture.Set().And(off.Not())
}

// settings are what users of a domain write: the output of cells of notebooks that they share, and what Canvas makes.
// AWS: API_SharingSettings, API_WorkspaceSettings.
func settings(path string, s *model.UserSettings) []Store {
	return []Store{
		{Member: path + "SharingSettings.S3KmsKeyId", Data: "the output of shared notebooks", Key: s.SharingS3KMSKeyID, Applies: s.NotebookOutputOption.Is("Allowed")},
		{Member: path + "CanvasAppSettings.WorkspaceSettings.S3KmsKeyId", Data: "what Canvas writes", Key: s.Canvas.S3KMSKeyID, Applies: s.Canvas.Workspace.Set()},
	}
}
