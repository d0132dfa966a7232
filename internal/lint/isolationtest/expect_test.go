package isolationtest

import (
	"slices"
	"strings"
)

// An answer is what a rule says of a request.
type answer int

const (
	silent    answer = iota // the rule doesn't look at it
	right                   // it passes
	undecided               // which no request of ours is: all of them are literal
	wrong
)

func (a answer) String() string {
	return [...]string{"not looked at", "right", "undecided", "wrong"}[a]
}

// expect judges a request by the words of the controls, member for member. A form is one in which what is left empty is to be
// filled in yet.
func expect(k kind, r object, form bool) map[string]answer {
	out := map[string]answer{}
	say := func(rule string, a answer) { out[rule] = max(out[rule], a) }
	set := func(rule string, is bool) {
		say(rule, right)
		if is {
			say(rule, wrong)
		}
	}
	key := func(rule string, key any) {
		if form && key == "" {
			say(rule, undecided)
		} else {
			set(rule, !own(key))
		}
	}
	for _, p := range parts(k, r) {
		if p.isolable {
			// SageMaker.5, .11, .12, .14, .20, .25: "fails if EnableNetworkIsolation is set to false or not configured".
			set("network-isolation-off", p.config.at("EnableNetworkIsolation") != true)
		}
		if p.encryptable && (p.instances > 1 || p.whatever) {
			// SageMaker.9, .10, .13; .15: "for job definitions with an instance count of 2 or greater".
			set("plaintext-intercontainer-traffic", p.config.at("EnableInterContainerTrafficEncryption") != true)
		} else if p.encryptable {
			set("plaintext-intercontainer-traffic", false)
		}
		for _, v := range p.volumes {
			// SageMaker.21, .23: "fails if a KMS key is not configured".
			key("missing-volume-key", v)
		}
		for _, o := range p.outputs {
			key("missing-output-key", o)
		}
		if p.placeable {
			// SageMaker.2: "fails if it is not launched within a custom VPC".
			set("missing-vpc-config", len(p.subnets) == 0 && len(p.groups) == 0)
			set("partial-vpc-config", (len(p.subnets) == 0) != (len(p.groups) == 0))
		}
	}
	switch k.operation {
	case "CreateNotebookInstance":
		set("notebook-direct-internet", r.at("DirectInternetAccess") != "Disabled")
		set("notebook-root-access", r.at("RootAccess") != "Disabled")
		set("notebook-imdsv1", r.at("InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion") != "2")
	case "CreateDomain":
		set("domain-public-internet", r.at("AppNetworkAccessType") != "VpcOnly")
		if r.at("AppNetworkAccessType") != "VpcOnly" && len(texts(r.at("SubnetIds"))) > 0 {
			// Its security groups are of its file system only.
			out["partial-vpc-config"] = right
		}
	case "CreateModel":
		// SageMaker.16, .19: "fails if the image is not configured or repository access mode is Platform".
		for _, c := range append(r.list("Containers"), r.object("PrimaryContainer")) {
			if c != nil {
				set("model-registry-outside-vpc", c.at("ImageConfig.RepositoryAccessMode") != "Vpc")
			}
		}
	}
	return out
}

// own reports whether a key is one of the customer's.
func own(key any) bool {
	text, _ := key.(string)
	return text != "" && !strings.HasPrefix(text, "alias/aws/")
}

// texts are the elements of a list of texts.
func texts(list any) []any {
	elements, _ := list.([]any)
	return elements
}

// A part is what of a request is placed, isolated and encrypted together.
type part struct {
	config object
	// isolable and encryptable have the member; instances are how many talk to each other, and whatever makes that not matter.
	isolable, encryptable, whatever bool
	instances                       int
	placeable                       bool
	subnets, groups                 []any
	volumes, outputs                []any
}

// in places a part in what its member of this name says.
func (p part) in(vpc object) part {
	p.placeable, p.subnets, p.groups = true, texts(vpc.at("Subnets")), texts(vpc.at("SecurityGroupIds"))
	return p
}

// on runs a part on a cluster, whose volumes take a key unless its instances have volumes of their own: all of several groups, or
// any of those that it may get instead of each other.
func (p part) on(cluster object) part {
	p.instances, _ = cluster.at("InstanceCount").(int)
	elastic := !local(cluster.at("InstanceType"))
	for _, name := range []string{"InstanceGroups", "InstancePreferences", "InstanceConfigs"} {
		several := cluster.list(name)
		for _, one := range several {
			p.instances += one.at("InstanceCount").(int)
		}
		own := func(one object) bool { return local(one.at("InstanceType")) }
		others := func(one object) bool { return !own(one) }
		if name == "InstanceGroups" && several != nil {
			elastic = slices.ContainsFunc(several, others)
		} else {
			elastic = elastic && !slices.ContainsFunc(several, own)
		}
	}
	if elastic {
		p.volumes = append(p.volumes, cluster.at("VolumeKmsKeyId"))
	}
	return p
}

func local(instanceType any) bool {
	return instanceType == "ml.g4dn.xlarge" || instanceType == "ml.p4d.24xlarge"
}

// parts takes a request apart.
func parts(k kind, r object) []part {
	switch k.operation {
	case "CreateTrainingJob":
		return []part{training(r)}
	case "CreateHyperParameterTuningJob":
		var out []part
		for _, definition := range append(r.list("TrainingJobDefinitions"), r.object("TrainingJobDefinition")) {
			if definition != nil {
				out = append(out, training(definition))
			}
		}
		return out
	case "CreateProcessingJob":
		p := part{config: r.object("NetworkConfig"), isolable: true, encryptable: true}
		if r.at("ProcessingOutputConfig") != nil {
			p.outputs = []any{r.at("ProcessingOutputConfig.KmsKeyId")}
		}
		return []part{p.in(r.object("NetworkConfig.VpcConfig")).on(r.object("ProcessingResources.ClusterConfig"))}
	case "CreateTransformJob":
		p := part{outputs: []any{r.at("TransformOutput.KmsKeyId")}}
		return []part{p.on(r.object("TransformResources"))}
	case "CreateAutoMLJob":
		return []part{autoML(r, r.object("AutoMLJobConfig.SecurityConfig"))}
	case "CreateAutoMLJobV2":
		return []part{autoML(r, r.object("SecurityConfig"))}
	case "CreateLabelingJob":
		p := part{outputs: []any{r.at("OutputConfig.KmsKeyId")}}
		if r.at("LabelingJobAlgorithmsConfig") != nil {
			resources := r.object("LabelingJobAlgorithmsConfig.LabelingJobResourceConfig")
			p.volumes = []any{resources.at("VolumeKmsKeyId")}
			p = p.in(resources.object("VpcConfig"))
		}
		return []part{p}
	case "CreateCompilationJob", "CreateOptimizationJob":
		return []part{part{outputs: []any{r.at("OutputConfig.KmsKeyId")}}.in(r.object("VpcConfig"))}
	case "CreateInferenceRecommendationsJob":
		p := part{volumes: []any{r.at("InputConfig.VolumeKmsKeyId")}}
		if r.at("OutputConfig.CompiledOutputConfig") != nil {
			p.outputs = []any{r.at("OutputConfig.KmsKeyId")}
		}
		return []part{p.in(r.object("InputConfig.VpcConfig"))}
	case "CreateEdgePackagingJob":
		return []part{{outputs: []any{r.at("OutputConfig.KmsKeyId")}}}
	case "CreateAIBenchmarkJob":
		return []part{part{}.in(r.object("NetworkConfig.VpcConfig"))}
	case "CreateInferenceExperiment":
		return []part{inferenceExperiment(r)}
	case "CreateModel":
		return []part{part{config: r, isolable: true}.in(r.object("VpcConfig"))}
	case "CreateEndpointConfig":
		return []part{serving(r)}
	case "CreateNotebookInstance":
		p := part{placeable: true, groups: texts(r.at("SecurityGroupIds")), volumes: []any{r.at("KmsKeyId")}}
		if r.at("SubnetId") != nil {
			p.subnets = []any{r.at("SubnetId")}
		}
		return []part{p}
	case "CreateDomain":
		return []part{{placeable: true, subnets: texts(r.at("SubnetIds")), groups: texts(r.at("DefaultUserSettings.SecurityGroups")), volumes: []any{r.at("KmsKeyId")}}}
	case "CreateCluster":
		return hyperPod(r)
	case "CreateMonitoringSchedule":
		inline := r.object("MonitoringScheduleConfig.MonitoringJobDefinition")
		if inline == nil {
			return nil
		}
		return []part{monitor(inline, "MonitoringOutputConfig", "MonitoringResources")}
	}
	output := strings.TrimSuffix(strings.TrimPrefix(k.operation, "Create"), "JobDefinition") + "JobOutputConfig"
	p := monitor(r, output, "JobResources")
	p.whatever = k.operation != "CreateModelBiasJobDefinition"
	return []part{p}
}

func training(r object) part {
	p := part{config: r, isolable: true, encryptable: true, outputs: []any{r.at("OutputDataConfig.KmsKeyId")}}
	resources := r.object("ResourceConfig")
	if resources == nil {
		resources = r.object("HyperParameterTuningResourceConfig")
	}
	return p.in(r.object("VpcConfig")).on(resources)
}

// autoML runs on as many instances as it likes.
func autoML(r, security object) part {
	p := part{config: security, encryptable: true, whatever: true, volumes: []any{security.at("VolumeKmsKeyId")}}
	p.outputs = []any{r.at("OutputDataConfig.KmsKeyId")}
	return p.in(security.object("VpcConfig"))
}

func monitor(r object, output, resources string) part {
	p := part{config: r.object("NetworkConfig"), isolable: true, encryptable: true, outputs: []any{r.at(output + ".KmsKeyId")}}
	return p.in(r.object("NetworkConfig.VpcConfig")).on(r.object(resources + ".ClusterConfig"))
}

// serving is an endpoint configuration, which has a network of its own only where a variant has no model.
func serving(r object) part {
	p := part{config: r}
	for _, output := range []string{"DataCaptureConfig", "AsyncInferenceConfig.OutputConfig"} {
		if r.at(output) != nil {
			p.outputs = append(p.outputs, r.at(output+".KmsKeyId"))
		}
	}
	models, nvme := true, false
	for _, variant := range r.list("ProductionVariants") {
		models = models && variant.at("ModelName") != nil
		nvme = nvme || local(variant.at("InstanceType"))
		if variant.at("CoreDumpConfig") != nil {
			p.outputs = append(p.outputs, variant.at("CoreDumpConfig.KmsKeyId"))
		}
	}
	if !nvme {
		p.volumes = []any{r.at("KmsKeyId")}
	}
	if !models {
		p.isolable = true
		p = p.in(r.object("VpcConfig"))
	}
	return p
}

// inferenceExperiment runs variants beside an endpoint, in the networks of their models.
func inferenceExperiment(r object) part {
	p := part{}
	if r.at("DataStorageConfig") != nil {
		p.outputs = []any{r.at("DataStorageConfig.KmsKey")}
	}
	for _, variant := range r.list("ModelVariants") {
		if !local(variant.at("InfrastructureConfig.RealTimeInferenceConfig.InstanceType")) {
			p.volumes = []any{r.at("KmsKey")}
		}
	}
	return p
}

// hyperPod is a cluster, each group of which may be placed by itself. Its root volumes have a configuration of their own, and a
// key of AWS's without one.
func hyperPod(r object) []part {
	var out []part
	for _, group := range r.list("InstanceGroups") {
		vpc := group.object("OverrideVpcConfig")
		if len(texts(vpc.at("Subnets"))) == 0 {
			vpc = r.object("VpcConfig") // what names no subnets overrides none
		}
		p := part{}.in(vpc)
		root := any(nil)
		for _, storage := range group.list("InstanceStorageConfigs") {
			key := storage.at("EbsVolumeConfig.VolumeKmsKeyId")
			if storage.at("EbsVolumeConfig.RootVolume") == true {
				root = key
			} else {
				p.volumes = append(p.volumes, key)
			}
		}
		p.volumes = append(p.volumes, root)
		out = append(out, p)
	}
	return out
}
