package python

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

func knownText(s string) datum { return datum{value.OfString(s)} }

// A taken says which member of a request takes the value at a path of the section that the SDK's configuration has for it.
type taken struct{ from, to string }

// sections are what the SDK takes from each section of its configuration, other sections having no say in the network.
var sections = map[string][]taken{
	"SageMaker.TrainingJob": same("VpcConfig.Subnets", "VpcConfig.SecurityGroupIds", "EnableNetworkIsolation",
		"EnableInterContainerTrafficEncryption", "ResourceConfig.VolumeKmsKeyId", "OutputDataConfig.KmsKeyId", "RoleArn"),
	processingSection: same("NetworkConfig.VpcConfig.Subnets", "NetworkConfig.VpcConfig.SecurityGroupIds",
		"NetworkConfig.EnableNetworkIsolation", "NetworkConfig.EnableInterContainerTrafficEncryption",
		"ProcessingResources.ClusterConfig.VolumeKmsKeyId", "ProcessingOutputConfig.KmsKeyId", "RoleArn"),
	// A model's vpc_config is one value: one that is given gets no groups from the file.
	"SageMaker.Model": same("VpcConfig", "EnableNetworkIsolation", "ExecutionRoleArn"),
	"SageMaker.AutoMLJob": same("AutoMLJobConfig.SecurityConfig.VpcConfig.Subnets",
		"AutoMLJobConfig.SecurityConfig.VpcConfig.SecurityGroupIds",
		"AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption",
		"AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId", "OutputDataConfig.KmsKeyId", "RoleArn"),
	"SageMaker.AutoMLJobV2": same("SecurityConfig.VpcConfig.Subnets", "SecurityConfig.VpcConfig.SecurityGroupIds",
		"SecurityConfig.EnableInterContainerTrafficEncryption", "SecurityConfig.VolumeKmsKeyId", "OutputDataConfig.KmsKeyId",
		"RoleArn"),
	"SageMaker.CompilationJob": same("VpcConfig", "RoleArn"),
	"SageMaker.EndpointConfig": same("KmsKeyId", capturedKey, responsesKey),
	"SageMaker.TransformJob":   same("TransformResources.VolumeKmsKeyId", "TransformOutput.KmsKeyId"),
	monitoringSection: append(same("NetworkConfig.VpcConfig.Subnets", "NetworkConfig.VpcConfig.SecurityGroupIds",
		"NetworkConfig.EnableNetworkIsolation", "NetworkConfig.EnableInterContainerTrafficEncryption", "RoleArn"),
		taken{"MonitoringResources.ClusterConfig.VolumeKmsKeyId", "JobResources.ClusterConfig.VolumeKmsKeyId"}),
	"SageMaker.PythonSDK.Modules.RemoteFunction": append(same("VpcConfig.Subnets", "VpcConfig.SecurityGroupIds",
		"EnableInterContainerTrafficEncryption", "RoleArn"),
		taken{"VolumeKmsKeyId", "ResourceConfig.VolumeKmsKeyId"}, taken{"S3KmsKeyId", "OutputDataConfig.KmsKeyId"},
		taken{"InstanceType", "ResourceConfig.InstanceType"}),
	"SageMaker.PythonSDK.Modules.NotebookJob": append(same("VpcConfig.Subnets", "VpcConfig.SecurityGroupIds", "RoleArn"),
		taken{"VolumeKmsKeyId", "ResourceConfig.VolumeKmsKeyId"}, taken{"S3KmsKeyId", "OutputDataConfig.KmsKeyId"}),
}

// baselineMembers are what the processing job of a monitor takes from the monitor's section.
var baselineMembers = append(same("NetworkConfig.VpcConfig.Subnets", "NetworkConfig.VpcConfig.SecurityGroupIds",
	"NetworkConfig.EnableNetworkIsolation", "NetworkConfig.EnableInterContainerTrafficEncryption", "RoleArn"),
	taken{"MonitoringResources.ClusterConfig.VolumeKmsKeyId", "ProcessingResources.ClusterConfig.VolumeKmsKeyId"},
	taken{"MonitoringOutputConfig.KmsKeyId", "ProcessingOutputConfig.KmsKeyId"})

// Where the keys are for what an endpoint writes.
const capturedKey, responsesKey = "DataCaptureConfig.KmsKeyId", "AsyncInferenceConfig.OutputConfig.KmsKeyId"

const processingSection = "SageMaker.ProcessingJob"

const monitoringSection = "SageMaker.MonitoringSchedule.MonitoringScheduleConfig.MonitoringJobDefinition"

func same(paths ...string) []taken {
	out := make([]taken, len(paths))
	for i, p := range paths {
		out[i] = taken{p, p}
	}
	return out
}

// trainerNetworking is the section whose members become the settings of a ModelTrainer that is given none.
const trainerNetworking = "SageMaker.PythonSDK.Modules.ModelTrainer.networking"

// networkingMembers are the members of that section.
var networkingMembers = []taken{
	{"subnets", "VpcConfig.Subnets"},
	{"security_group_ids", "VpcConfig.SecurityGroupIds"},
	{"enable_network_isolation", "EnableNetworkIsolation"},
	{"enable_inter_container_traffic_encryption", "EnableInterContainerTrafficEncryption"},
}

// fill adds to a request of a signature what the SDK's configuration gives where the arguments don't say otherwise.
func (in *interp) fill(v value.Value, sig *signature, args []argument) value.Value {
	if len(sig.config) == 0 {
		return v
	}
	root := in.defaultsOf(args)
	if root.Kind() == value.KindAbsent {
		return v
	}
	section := strings.Join(sig.config, ".")
	switch {
	case sig.trainer:
		v = in.fillTrainer(v, root, sig, args)
	case section == monitoringSection && sig.operation == "CreateProcessingJob":
		// The processor that a monitor runs for a baseline looks into the section of its own for what is left.
		v = fillFrom(v, root, section, baselineMembers, sig)
		v = fillFrom(v, root, processingSection, sections[processingSection], sig)
	case section == "SageMaker.AutoMLJobV2":
		// The constructor reads version 1's section, and the session that of version 2 for what is left.
		v = fillFrom(v, root, "SageMaker.AutoMLJob", sectionOfV1, sig)
		v = fillFrom(v, root, section, sections[section], sig)
	default:
		v = fillFrom(v, root, section, sections[section], sig)
	}
	if section == monitoringSection {
		if output, ok := outputOf[sig.operation]; ok {
			v = fillFrom(v, root, section, []taken{{"MonitoringOutputConfig.KmsKeyId", output}}, sig)
		}
	}
	return v
}

// sectionOfV1 is what AutoMLV2 takes from the section of AutoML.
var sectionOfV1 = []taken{
	{"AutoMLJobConfig.SecurityConfig.VpcConfig.Subnets", "SecurityConfig.VpcConfig.Subnets"},
	{"AutoMLJobConfig.SecurityConfig.VpcConfig.SecurityGroupIds", "SecurityConfig.VpcConfig.SecurityGroupIds"},
	{"AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption",
		"SecurityConfig.EnableInterContainerTrafficEncryption"},
	{"AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId", "SecurityConfig.VolumeKmsKeyId"},
	{"OutputDataConfig.KmsKeyId", "OutputDataConfig.KmsKeyId"},
	{"RoleArn", "RoleArn"},
}

// outputOf is where the requests of monitors have the key of what they write.
var outputOf = map[string]string{
	"CreateDataQualityJobDefinition":         "DataQualityJobOutputConfig.KmsKeyId",
	"CreateModelQualityJobDefinition":        "ModelQualityJobOutputConfig.KmsKeyId",
	"CreateModelBiasJobDefinition":           "ModelBiasJobOutputConfig.KmsKeyId",
	"CreateModelExplainabilityJobDefinition": "ModelExplainabilityJobOutputConfig.KmsKeyId",
}

// fillTrainer is fill for a trainer of SDK 3: settings that it is given none of come from a section of their own first.
func (in *interp) fillTrainer(v, root value.Value, sig *signature, args []argument) value.Value {
	given := false
	for _, arg := range args {
		given = given || arg.name == "networking" && settled(arg.obj)
	}
	if !given {
		v = fillFrom(v, root, trainerNetworking, networkingMembers, &signature{})
	}
	return fillFrom(v, root, "SageMaker.TrainingJob", configuredMembers, sig)
}

// configuredMembers is what a trainer of SDK 3 takes from the section of training jobs.
var configuredMembers = same("VpcConfig.Subnets", "VpcConfig.SecurityGroupIds", "EnableNetworkIsolation")

// fillFrom adds what one section gives.
func fillFrom(v, root value.Value, section string, members []taken, sig *signature) value.Value {
	there := memberOf(root, section)
	if there.Kind() == value.KindAbsent {
		return v
	}
	at := v.Origin().Span
	for _, m := range members {
		given := memberOf(there, m.from)
		if isAbsent(given) || lists(sig.ignores, m.to) {
			continue
		}
		if strings.HasSuffix(m.to, "VolumeKmsKeyId") && !takesKey(v) {
			continue
		}
		if m.to == capturedKey || m.to == responsesKey {
			// Of what an endpoint writes only what it is told to write.
			if block, _, _ := strings.Cut(m.to, "."); isAbsent(v.Attr(block)) {
				continue
			}
		}
		if lists(sig.doubtful, m.to) {
			given = value.OfOpaque("only some versions of the SDK take " + section + "." + m.from + " of its configuration").
				WithOrigin(given.Origin())
		}
		if lists(sig.deaf, m.to) {
			v = withoutFalse(v, m.to)
		}
		v = overlay(v, strings.Split(m.to, "."), supplied(given, m.from, at), at)
	}
	return v
}

// supplied returns a value of a configuration as a request takes it at a place, which is traced to the file.
func supplied(given value.Value, member string, at source.Span) value.Value {
	o := given.Origin()
	if o == nil {
		return given.From(at)
	}
	if given.Kind() == value.KindObject {
		fields := make([]value.Field, len(given.Fields()))
		for i, f := range given.Fields() {
			fields[i] = value.Field{Name: f.Name, Value: supplied(f.Value, member+"."+f.Name, at)}
		}
		if given.Open() {
			return value.OfOpenObject(fields, given.Reason()).From(at)
		}
		return value.OfObject(fields, false).From(at)
	}
	if given.Kind() != value.KindOpaque {
		given = given.NotedAt(o.Span, "sagemaker's "+baseName(o.Span.File)+" supplies "+member)
	}
	return given.Use(at)
}

// lists reports whether a text of names that are separated by blanks has one.
func lists(names, name string) bool {
	return names != "" && strings.Contains(" "+names+" ", " "+name+" ")
}

// withoutFalse returns a request in which a member isn't given where it is false.
func withoutFalse(v value.Value, member string) value.Value {
	f, ok := v.Field(member)
	if !ok || v.Open() {
		return v
	}
	fields := append([]value.Field(nil), v.Fields()...)
	for i := range fields {
		if fields[i].Name == member {
			fields[i].Value = f.Value.Map(func(arm value.Value) value.Value {
				if b, known := arm.AsBool(); known && !b {
					return value.Value{}.WithOrigin(arm.Origin())
				}
				return arm
			})
		}
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// isAbsent reports whether a value is there in no world.
func isAbsent(v value.Value) bool {
	return !slices.ContainsFunc(v.Arms(), func(arm value.Arm) bool { return arm.Value.Kind() != value.KindAbsent })
}

// takesKey reports whether the SDK looks for a key of the volumes of a job: it doesn't where the instance type has volumes
// of its own.
func takesKey(request value.Value) bool {
	kind := request.Attr("ResourceConfig").Attr("InstanceType")
	family, _, _ := strings.Cut(strings.TrimPrefix(kind.Literal(), "ml."), ".")
	for _, prefix := range [...]string{"g5", "g6", "p5", "trn1"} {
		if strings.HasPrefix(family, prefix) {
			return false
		}
	}
	return !strings.Contains(family, "d")
}

// memberOf returns the value at a dotted path.
func memberOf(v value.Value, dotted string) value.Value {
	for _, name := range strings.Split(dotted, ".") {
		if v.Kind() == value.KindAbsent {
			return v
		}
		v = v.Attr(name)
	}
	return v
}

// defaultsOf returns the configuration that a constructor with some arguments reads: that of its session, or else the ambient
// one, or what lies around the script and may be it.
func (in *interp) defaultsOf(args []argument) value.Value {
	for i := len(args) - 1; i >= 0; i-- {
		if args[i].name != "sagemaker_session" {
			continue
		}
		opts := options(narrow(args[i].obj, in.st.path))
		arms := make([]value.Arm, len(opts))
		for k, opt := range opts {
			arms[k] = value.Arm{When: opt.when, Value: in.defaultsAt(opt.obj)}
		}
		if len(arms) == 1 {
			return arms[0].Value
		}
		return value.OfChoice(arms)
	}
	return in.defaultsAt(none(source.Span{}))
}

// defaultsAt returns the configuration of one session.
func (in *interp) defaultsAt(session object) value.Value {
	p, isPlace := session.(*place)
	if isPlace && p.class == sessionClass {
		c := in.st.content(p)
		if i, has := c.find(sessionDefaults); has {
			if o := in.present(c.entries[i].obj); o != nil {
				return called(in.freeze(o), sessionDefaults)
			}
			return in.around()
		}
		if c.open {
			return called(value.OfOpaque(c.reason), sessionDefaults)
		}
		return in.around()
	}
	if v, found := in.ambient(adminVariable, userVariable); found {
		return v
	}
	return in.around()
}

// overlay returns v with a member set where it isn't, or is None.
func overlay(v value.Value, names []string, given value.Value, at source.Span) value.Value {
	if len(names) == 0 {
		return v.Map(func(arm value.Value) value.Value {
			if arm.Kind() == value.KindAbsent {
				return given
			}
			return arm
		})
	}
	if v.Kind() == value.KindChoice {
		return v.Map(func(arm value.Value) value.Value { return overlay(arm, names, given, at) })
	}
	if v.Kind() == value.KindAbsent {
		v = value.OfObject(nil, false).From(at)
	}
	if v.Kind() != value.KindObject || v.Open() {
		return v
	}
	fields := append(make([]value.Field, 0, len(v.Fields())+1), v.Fields()...)
	i := slices.IndexFunc(fields, func(f value.Field) bool { return f.Name == names[0] })
	if i < 0 {
		i = len(fields)
		fields = append(fields, value.Field{Name: names[0]})
	}
	fields[i].Value = overlay(fields[i].Value, names[1:], given, at)
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}
