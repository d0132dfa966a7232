package jobconfig

import (
	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
)

// An operation is one kind of request, and how it is told from everything else that has names in common with it. Members
// are the SageMaker API's own (service model of 2017-07-24); what is listed is what tells requests apart, not what the API
// requires, because a member may be left to the code that sends the request.
type operation struct {
	// api is the operation's name, which is the type of the resource that it makes.
	api string
	// name is the member that names the job.
	name string
	// core are the members that speak of this operation, of which a request with a name has at least least.
	core  []member
	least int
	// instead are the members by which a request is known although its name is left to the caller, and nameless is how many
	// of core it then has. Empty where that wouldn't say enough.
	instead  []string
	nameless int
}

// A member is a name with the kind of its value.
type member struct {
	name string
	kind doctree.Kind
	// holds are names of which the value (the first element of a sequence) has one.
	holds []string
}

const (
	text   = doctree.String
	object = doctree.Mapping
	list   = doctree.Sequence
)

// containerMembers are those by which a container of a model says what it runs.
var containerMembers = []string{"Image", "ModelPackageName", "ModelDataUrl", "ModelDataSource", "MultiModelConfig", "ContainerHostname"}

// operations are the requests that can put something into a VPC. Of two that a document could be, the first counts.
var operations = []operation{
	{
		api: "CreateTrainingJob", name: "TrainingJobName", least: 2, instead: []string{"AlgorithmSpecification"}, nameless: 3,
		core: []member{
			{"AlgorithmSpecification", object, nil}, {"RoleArn", text, nil}, {"OutputDataConfig", object, nil},
			{"ResourceConfig", object, nil}, {"StoppingCondition", object, nil},
		},
	},
	{
		api: "CreateHyperParameterTuningJob", name: "HyperParameterTuningJobName", least: 1,
		core: []member{
			{"HyperParameterTuningJobConfig", object, nil}, {"TrainingJobDefinition", object, nil},
			{"TrainingJobDefinitions", list, nil},
		},
	},
	{
		api: "CreateProcessingJob", name: "ProcessingJobName", least: 2,
		instead: []string{"ProcessingResources", "AppSpecification"}, nameless: 3,
		core: []member{
			{"ProcessingResources", object, nil}, {"AppSpecification", object, nil}, {"RoleArn", text, nil},
		},
	},
	{
		api: "CreateModel", name: "ModelName", least: 1, instead: []string{"ExecutionRoleArn"}, nameless: 1,
		core: []member{
			{"PrimaryContainer", object, containerMembers}, {"Containers", list, containerMembers},
		},
	},
	{
		api: "CreateAutoMLJobV2", name: "AutoMLJobName", least: 2,
		core: []member{{"AutoMLJobInputDataConfig", list, nil}, {"AutoMLProblemTypeConfig", object, nil}},
	},
	{
		api: "CreateAutoMLJob", name: "AutoMLJobName", least: 2,
		core: []member{{"InputDataConfig", list, nil}, {"OutputDataConfig", object, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateEndpointConfig", name: "EndpointConfigName", least: 1,
		core: []member{{"ProductionVariants", list, []string{"VariantName"}}},
	},
	{
		api: "CreateNotebookInstance", name: "NotebookInstanceName", least: 2,
		core: []member{{"InstanceType", text, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateDomain", name: "DomainName", least: 2,
		core: []member{{"AuthMode", text, nil}, {"DefaultUserSettings", object, nil}},
	},
	{
		api: "CreateLabelingJob", name: "LabelingJobName", least: 2,
		core: []member{{"HumanTaskConfig", object, nil}, {"InputConfig", object, nil}, {"OutputConfig", object, nil}},
	},
	{
		api: "CreateCompilationJob", name: "CompilationJobName", least: 2,
		core: []member{{"OutputConfig", object, nil}, {"StoppingCondition", object, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateOptimizationJob", name: "OptimizationJobName", least: 2,
		core: []member{{"ModelSource", object, nil}, {"OptimizationConfigs", list, nil}, {"OutputConfig", object, nil}},
	},
	{
		api: "CreateInferenceRecommendationsJob", name: "JobName", least: 3,
		core: []member{{"JobType", text, nil}, {"InputConfig", object, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateAIBenchmarkJob", name: "AIBenchmarkJobName", least: 2,
		core: []member{{"BenchmarkTarget", object, nil}, {"OutputConfig", object, nil}, {"AIWorkloadConfigIdentifier", text, nil}},
	},
	jobDefinition("DataQuality"),
	jobDefinition("ModelQuality"),
	jobDefinition("ModelBias"),
	jobDefinition("ModelExplainability"),
	{
		api: "CreateMonitoringSchedule", name: "MonitoringScheduleName", least: 1,
		core: []member{{"MonitoringScheduleConfig", object, nil}},
	},
	{
		api: "CreateCluster", name: "ClusterName", least: 1,
		core: []member{{"InstanceGroups", list, clusterGroupMembers}, {"RestrictedInstanceGroups", list, clusterGroupMembers}},
	},
	{
		api: "CreateWorkforce", name: "WorkforceName", least: 1,
		core: []member{{"CognitoConfig", object, nil}, {"OidcConfig", object, nil}},
	},
}

// clusterGroupMembers tell a HyperPod cluster's groups from those of EMR, which have names and counts as well.
var clusterGroupMembers = []string{"ExecutionRole", "LifeCycleConfig"}

// jobDefinition is one of the four definitions of monitoring jobs, which differ in a prefix.
func jobDefinition(kind string) operation {
	return operation{
		api: "Create" + kind + "JobDefinition", name: "JobDefinitionName", least: 2,
		core: []member{
			{kind + "AppSpecification", object, nil}, {kind + "JobInput", object, nil}, {kind + "JobOutputConfig", object, nil},
		},
	}
}

// requestMarks are words of which every request above holds one, each as long as can be.
var requestMarks = []string{
	"JobName", "AlgorithmSpecification", "ProcessingResources", "PrimaryContainer", "Containers", "ProductionVariants",
	"NotebookInstanceName", "DefaultUserSettings", "JobDefinitionName", "MonitoringScheduleName", "InstanceGroups",
	"WorkforceName",
}

// recognize returns the operation that a mapping is the request of, or nil. The key is what it stands under, or nil:
// "CreateTrainingJob" says as much as a member would.
func recognize(n, key *doctree.Node) *operation {
	word := ""
	if key != nil {
		word = key.Text
	}
	for i := range operations {
		if op := &operations[i]; op.matches(n, word) {
			return op
		}
	}
	return nil
}

func (op *operation) matches(n *doctree.Node, key string) bool {
	need := op.least
	if name := memberOf(n, op.name); name == nil {
		if len(op.instead) == 0 || !hasAll(n, op.instead) {
			return false
		}
		need = op.nameless
		if op.calledBy(key) {
			need = min(need, op.least)
		}
	} else if name.Kind != text && name.Kind != doctree.Number && !literal.StillToFill(name) {
		return false // a schema, whose members say what members are
	}
	for _, m := range op.core {
		if m.in(n) {
			need--
		}
	}
	return need <= 0 && !op.describes(n)
}

// calledBy reports whether a key names the operation or what it makes, in any case: "create_training_job",
// "TrainingJobDefinition", "model".
func (op *operation) calledBy(key string) bool {
	key = letters(key)
	kind := letters(op.api)[len("create"):]
	return key == kind || key == "create"+kind || key == kind+"definition" || key == kind+"request"
}

// letters returns the letters of a name in lower case.
func letters(name string) string {
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		case c >= 'a' && c <= 'z':
			out = append(out, c)
		}
	}
	return string(out)
}

// describes reports whether a mapping is what the service answers about such a job, not what it is asked. It tells of
// something that has been deployed, maybe by hand, and is judged only where configuration names the file.
func (op *operation) describes(n *doctree.Node) bool {
	stem := op.name[:len(op.name)-len("Name")]
	for _, k := range [...]string{stem + "Arn", stem + "Status", "CreationTime", "LastModifiedTime", "ResponseMetadata"} {
		if n.Get(k) != nil {
			return true
		}
	}
	return false
}

// in reports whether a mapping has the member, with a value that it can have or that is still to be filled in.
func (m member) in(n *doctree.Node) bool {
	v := memberOf(n, m.name)
	switch {
	case v == nil || v.Kind == doctree.Null:
		return false
	case literal.StillToFill(v):
		return true
	case v.Kind != m.kind:
		return false
	case len(m.holds) == 0:
		return true
	case v.Kind == list && len(v.Items) == 0:
		return false
	case v.Kind == list:
		v = v.Items[0]
	}
	if literal.StillToFill(v) {
		return true
	}
	for _, name := range m.holds {
		if v.Get(name) != nil {
			return true
		}
	}
	return false
}

// memberOf returns the value of a mapping's member, or nil. A key "RoleArn.$" is the member RoleArn whose value a state
// machine computes.
func memberOf(n *doctree.Node, name string) *doctree.Node {
	if v := n.Get(name); v != nil {
		return v
	}
	return n.Get(name + literal.Computed)
}

func hasAll(n *doctree.Node, names []string) bool {
	for _, name := range names {
		if memberOf(n, name) == nil {
			return false
		}
	}
	return true
}
