package jobconfig

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A section is a part of the SageMaker Python SDK's defaults that says what requests of one operation have where their
// author says nothing:
// https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
type section struct {
	// path leads to it from the member that all sections stand in.
	path      []string
	operation string
	// words are what the section calls members of the request, where it has names of its own; others are those of modules.
	words  []word
	others []string
}

// A word is what a section calls a member of a request.
type word struct{ own, member string }

// What the sections stand in, and what must stand beside it for the SDK to take the file.
const (
	defaultsMember = "SageMaker"
	schemaVersion  = "SchemaVersion"
)

// sections are those of the SDK's schema (config_schema.py of versions 2.257 and 3.27) that are about requests. Others, and
// those that a newer schema may have, say nothing of them.
var sections = []section{
	{path: []string{"TrainingJob"}, operation: "CreateTrainingJob"},
	{path: []string{"ProcessingJob"}, operation: "CreateProcessingJob"},
	{path: []string{"Model"}, operation: "CreateModel"},
	{path: []string{"ModelPackage"}, operation: "CreateModelPackage"},
	{path: []string{"EndpointConfig"}, operation: "CreateEndpointConfig"},
	{path: []string{"AutoMLJob"}, operation: "CreateAutoMLJob"},
	{path: []string{"AutoMLJobV2"}, operation: "CreateAutoMLJobV2"},
	{path: []string{"MonitoringSchedule"}, operation: "CreateMonitoringSchedule"},
	{path: []string{"CompilationJob"}, operation: "CreateCompilationJob"},
	{path: []string{"TransformJob"}, operation: "CreateTransformJob"},
	{path: []string{"FeatureGroup"}, operation: "CreateFeatureGroup"},
	{path: []string{"EdgePackagingJob"}, operation: "CreateEdgePackagingJob"},
	{
		path: []string{"PythonSDK", "Modules", "RemoteFunction"}, operation: "CreateTrainingJob", words: jobWords,
		others: []string{
			"CustomFileFilter", "Dependencies", "ImageUri", "IncludeLocalWorkDir", "JobCondaEnvironment", "PreExecutionCommands",
			"PreExecutionScript", "S3RootUri",
		},
	},
	{
		path: []string{"PythonSDK", "Modules", "NotebookJob"}, operation: "CreateTrainingJob", words: jobWords,
		others: []string{"S3RootUri"},
	},
	{
		path: []string{"PythonSDK", "Modules", "ModelTrainer", "networking"}, operation: "CreateTrainingJob",
		words: []word{
			{"subnets", "VpcConfig.Subnets"},
			{"security_group_ids", "VpcConfig.SecurityGroupIds"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
			{"enable_inter_container_traffic_encryption", "EnableInterContainerTrafficEncryption"},
		},
	},
}

// jobWords are those of the modules that run functions and notebooks as training jobs.
var jobWords = []word{
	{"InstanceType", "ResourceConfig.InstanceType"},
	{"VolumeKmsKeyId", "ResourceConfig.VolumeKmsKeyId"},
	{"S3KmsKeyId", "OutputDataConfig.KmsKeyId"},
	{"EnvironmentVariables", "Environment"},
}

// defaultsReader finds files of the SDK's defaults. Each section is a request of which the file says a part.
func defaultsReader() reader {
	return reader{
		marks:   []string{schemaVersion},
		telling: []string{defaultsMember},
		claims:  func(n, _ *doctree.Node) bool { return isDefaults(n) },
		read:    readDefaults,
		certain: certainDefaults,
	}
}

func isDefaults(n *doctree.Node) bool {
	version, all := n.Get(schemaVersion), n.Get(defaultsMember)
	return version != nil && (version.Kind == doctree.String || version.Kind == doctree.Number) && all != nil && all.Kind == object
}

// certainDefaults reports whether the bytes of a broken file have the keys of a file of defaults.
func certainDefaults(content []byte) bool {
	content = content[:min(len(content), maxUnreadable)]
	return hasKeys(content, []string{schemaVersion, defaultsMember}) && slices.ContainsFunc(sections, func(s section) bool {
		return hasKey(content, s.path[len(s.path)-1])
	})
}

func readDefaults(p place) []resource.Raw {
	var out []resource.Raw
	for i := range sections {
		s := &sections[i]
		n, key := p.node.Get(defaultsMember), (*doctree.Node)(nil)
		for _, name := range s.path {
			if pair := n.Pair(name); pair != nil {
				n, key = pair.Value, pair.Key
				continue
			}
			n = nil
		}
		if n == nil || n.Kind != object || len(n.Pairs) == 0 {
			continue
		}
		name := p.names.Unique(s.name())
		props, spelling := s.request(literal.Object(n), key.Span)
		out = append(out, resource.Raw{
			Dialect:  resource.API,
			Type:     s.operation,
			Addr:     value.Address{Unit: p.file.Path, Name: name},
			Subject:  p.file.Path + ":" + name,
			Exists:   value.Yes(),
			Props:    props.From(key.Span),
			Span:     key.Span.FirstLine(),
			Spelling: spelling,
			Partial:  true,
		})
	}
	return out
}

// name returns what people call a section: its last name that is one of the schema's.
func (s *section) name() string {
	for i := len(s.path) - 1; i > 0; i-- {
		if c := s.path[i][0]; c >= 'A' && c <= 'Z' {
			return s.path[i]
		}
	}
	return s.path[0]
}

// request returns what a section says as members of the request, and by which words.
func (s *section) request(v value.Value, header source.Span) (value.Value, map[string]string) {
	if len(s.words) == 0 {
		return v, nil
	}
	spelling := map[string]string{}
	var fields []value.Field
	for _, w := range s.words {
		spelling[w.member] = w.own
	}
	for _, f := range v.Fields() {
		if slices.Contains(s.others, f.Name) {
			continue
		}
		i := slices.IndexFunc(s.words, func(w word) bool { return w.own == f.Name })
		if i < 0 {
			fields = append(fields, f)
			continue
		}
		fields = put(fields, strings.Split(s.words[i].member, "."), f, header)
	}
	if v.Open() {
		return value.OfOpenObject(fields, v.Reason()), spelling
	}
	return value.OfObject(fields, false), spelling
}

// put adds a field at a path of an object.
func put(fields []value.Field, path []string, f value.Field, header source.Span) []value.Field {
	if len(path) == 1 {
		return append(fields, value.Field{Name: path[0], Key: f.Key, Value: f.Value})
	}
	i := slices.IndexFunc(fields, func(f value.Field) bool { return f.Name == path[0] })
	if i < 0 {
		i = len(fields)
		fields = append(fields, value.Field{Name: path[0], Key: header})
	}
	inner := put(slices.Clone(fields[i].Value.Fields()), path[1:], f, header)
	fields[i].Value = value.OfObject(inner, false).From(header)
	return fields
}
