package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// hosted follows what a method makes of an object of the SDK. Most of it inherits the placement and is no workload of its
// own; it is one where the call changes that, or where the SDK doesn't hand it on.
func (in *interp) hosted(n *pyast.Call, p *place, method string, a *arguments, target string) {
	if in.quiet > 0 {
		return
	}
	sig := in.signatureOf(p.class)
	switch name := last(p.class); {
	case name == tunerClass && method == "deploy":
		// The best of its training jobs has the estimator's class.
		for _, opt := range options(in.st.content(p).at("estimator")) {
			if e, ok := opt.obj.(*place); ok && last(e.class) != tunerClass {
				in.hosted(n, e, method, a, target)
			}
		}
		return
	case name == candidateClass:
		sig = carriers[candidateClass]
	case sig == nil:
		return
	}
	positional, takes := sig.methods[method]
	if !takes && len(sig.methods) == 0 && method != "compile" {
		return
	}
	m := making{
		in: in, call: n, of: p, sig: sig, method: method, target: target, open: a.open,
		args: (&signature{positional: positional}).named(a),
	}
	switch sig.operation {
	case "CreateTrainingJob":
		if method == "compile_model" {
			m.compilation()
			return
		}
		m.modelOfEstimator()
	case "CreateAutoMLJob", "CreateAutoMLJobV2":
		m.modelOfAutoML()
	case "":
		if method == "fit" {
			m.record(rerun, m.args)
		}
	case "CreateModel":
		switch method {
		case "optimize":
			m.optimization()
		case "compile":
			m.compilation()
		}
	default:
		if method == "update_monitoring_schedule" {
			m.updatedSchedule()
		}
	}
}

// makes reports whether an attribute of an object of the SDK is a method that makes something, or tells its VPC.
func (in *interp) makes(class, name string) bool {
	sig := in.signatureOf(class)
	return sends[name] || name == "get_vpc_config" || sig != nil && sig.methods[name] != ""
}

// A making is a call of a method that makes something of an object.
type making struct {
	in     *interp
	call   *pyast.Call
	of     *place
	sig    *signature
	method string
	target string
	args   []argument
	open   string
}

// argument returns an argument of the call.
func (m *making) argument(name string) (argument, bool) {
	for i := len(m.args) - 1; i >= 0; i-- {
		if m.args[i].name == name {
			return m.args[i], true
		}
	}
	return argument{}, false
}

// attribute returns what the constructor was given.
func (m *making) attribute(name string) (argument, bool) {
	c := m.in.st.content(m.of)
	if i, ok := c.find(name); ok {
		return argument(c.entries[i]), true
	}
	return argument{}, false
}

// record reports what is made, with some of the arguments.
func (m *making) record(sig *signature, args []argument) {
	in := m.in
	exists := m.exists()
	if exists.Known() == tri.False {
		return
	}
	in.record(m.call, sig.operation, sig.spelling, m.method, m.target,
		run{props: in.props(m.call, sig, args, m.open), exists: exists})
}

// exists says in which worlds what is made comes to be in AWS.
func (m *making) exists() value.Truth {
	exists := value.In(m.in.exists)
	for name := range decidesWhere {
		for _, find := range [...]func(string) (argument, bool){m.argument, m.attribute} {
			if arg, ok := find(name); ok {
				exists = exists.And(m.in.remote(arg))
			}
		}
	}
	return exists
}

// modelOfEstimator follows the model that an estimator makes. The default of vpc_config_override is a sentinel, so that None
// means no VPC at all. transformer hands isolation on; create_model and deploy only do for some estimators.
func (m *making) modelOfEstimator() {
	switch m.method {
	case "deploy", "transformer", "create_model":
	default:
		return
	}
	override, given := m.argument("vpc_config_override")
	if given && isDefaultVPC(override.obj) {
		given = false
	}
	isolated, isolates := m.attribute("enable_network_isolation")
	own, says := m.argument("enable_network_isolation")
	loses := isolates && isTrue(isolated.obj) == tri.True && (says && isTrue(own.obj) == tri.False ||
		!says && m.open == "" && m.method != "transformer" && !m.sig.isolates)
	if !given && !loses {
		return
	}
	made := madeModel()
	made.spelling = map[string]string{
		"VpcConfig":                  "vpc_config_override",
		"VpcConfig.Subnets":          "vpc_config_override",
		"VpcConfig.SecurityGroupIds": "vpc_config_override",
		"EnableNetworkIsolation":     "enable_network_isolation",
	}
	var args []argument
	if given {
		override.name = "vpc_config"
		args = append(args, override)
	} else {
		made.members = append(made.members[:len(made.members):len(made.members)],
			member{"subnets", "VpcConfig.Subnets"}, member{"security_group_ids", "VpcConfig.SecurityGroupIds"})
		for _, name := range [...]string{"subnets", "security_group_ids"} {
			if arg, ok := m.attribute(name); ok {
				args = append(args, arg)
			}
		}
	}
	switch {
	case says:
		args = append(args, own)
	case isolates && (m.sig.isolates || m.method == "transformer"):
		args = append(args, isolated)
	}
	for _, u := range m.sig.unsure {
		if u.path == "EnableNetworkIsolation" {
			made.unsure = append(made.unsure, u)
		}
	}
	if !says && !loses && isTrue(isolated.obj) != tri.True {
		// That it isn't isolated is the estimator's own fault.
		made.unsure = append(made.unsure, member{inheritedIsolation, "EnableNetworkIsolation"})
	}
	made.ignores = "ExecutionRoleArn" // the estimator hands over its own
	if session, ok := m.attribute("sagemaker_session"); ok {
		args = append(args, session)
	}
	if !given && !m.placed() {
		// That it has no VPC is the estimator's own fault.
		made.unsure = append(made.unsure, member{inherited, "VpcConfig"})
	}
	m.record(&made, m.withRole(args))
}

// withRole adds the role that a model has: the call's, or else the object's.
func (m *making) withRole(args []argument) []argument {
	for _, find := range [...]func(string) (argument, bool){m.argument, m.attribute} {
		if role, ok := find("role"); ok && settled(role.obj) {
			return append(args, role)
		}
	}
	return args
}

// isTrue decides whether an argument is true; None isn't.
func isTrue(o object) tri.Bool {
	d, ok := o.(datum)
	if !ok {
		return tri.Unknown
	}
	return datumTruth(d)
}

// isDefaultVPC reports whether an argument is the sentinel that stands for the estimator's own VPC.
func isDefaultVPC(o object) bool {
	switch o := o.(type) {
	case datum:
		return o.Literal() == "VPC_CONFIG_DEFAULT"
	case external:
		return last(o.path) == "VPC_CONFIG_DEFAULT"
	}
	return false
}

const (
	inherited          = "it is the VPC of the estimator"
	inheritedIsolation = "it is the isolation of the estimator"
)

// vpcOf evaluates get_vpc_config of an estimator, which models are constructed with: the VPC that the call gives, or else the
// estimator's. Where the estimator has none, that is its own fault, and not the model's.
func (in *interp) vpcOf(p *place, a *arguments) object {
	override, given := a.keyword("vpc_config_override")
	if !given && len(a.positional) > 0 {
		override, given = a.positional[0], true
	}
	switch d, isDatum := override.obj.(datum); {
	case given && isDatum && d.Reason() != "":
		return unknown(inherited + ", unless it is given another: " + d.Reason())
	case given && !isDefaultVPC(override.obj):
		return override.obj
	case a.open != "":
		return unknown(inherited + ", unless it is given another: " + a.open)
	}
	c := in.st.content(p)
	vpc := &place{kind: dictPlace, span: a.at, header: a.at}
	out := &content{}
	for _, m := range [...]member{{"subnets", "Subnets"}, {"security_group_ids", "SecurityGroupIds"}} {
		i, found := c.find(m.param)
		if !found || !settled(c.entries[i].obj) {
			return unknown(inherited)
		}
		out = out.with(entry{name: m.path, key: a.at, obj: c.entries[i].obj})
	}
	in.st.setContent(vpc, out)
	return vpc
}

// modelOfAutoML follows the models of an AutoML job's candidates. They don't inherit its VPC: deploy and create_model have a
// vpc_config of their own (https://sagemaker.readthedocs.io/en/v2/api/training/automl.html). Where neither says anything, the
// job alone is reported.
func (m *making) modelOfAutoML() {
	switch m.method {
	case "deploy", "create_model":
	default:
		return
	}
	_, own := m.argument("vpc_config")
	_, isolation := m.argument("enable_network_isolation")
	if !own && !isolation && !m.placed() {
		return
	}
	made := madeModel()
	var args []argument
	for _, name := range [...]string{"vpc_config", "enable_network_isolation"} {
		if arg, ok := m.argument(name); ok {
			args = append(args, arg)
		}
	}
	m.record(&made, m.withRole(args))
}

// placed reports whether the object may be in a VPC. What is made of one that isn't, has no VPC for the same cause.
func (m *making) placed() bool {
	for _, name := range [...]string{"subnets", "vpc_config", "network"} {
		if arg, ok := m.attribute(name); ok && settled(arg.obj) {
			return true
		}
	}
	return false
}

// compilation follows the jobs that compile a model, which the SDK puts into no VPC but that of config.yaml.
func (m *making) compilation() {
	if !m.placed() {
		return
	}
	sig := &signature{
		operation: "CreateCompilationJob",
		members:   []member{{"role", "RoleArn"}, {"output_path", "OutputConfig.S3OutputLocation"}},
		config:    sessionMethods["compile_model"].config,
	}
	m.record(sig, m.withRole(m.args))
}

// optimization follows ModelBuilder.optimize, whose job takes a VPC of its own.
func (m *making) optimization() {
	if _, own := m.argument("vpc_config"); !m.optimizes() || !own && !m.placed() {
		return
	}
	sig := &signature{
		operation: "CreateOptimizationJob",
		members: []member{
			{"vpc_config", "VpcConfig"},
			{"role_arn", "RoleArn"},
			{"instance_type", "DeploymentInstanceType"},
			{"kms_key", "OutputConfig.KmsKeyId"},
			{"output_path", "OutputConfig.S3OutputLocation"},
		},
		spelling: map[string]string{
			"VpcConfig":                  "vpc_config",
			"VpcConfig.Subnets":          "vpc_config",
			"VpcConfig.SecurityGroupIds": "vpc_config",
			"OutputConfig.KmsKeyId":      "kms_key",
			"RoleArn":                    "role_arn",
		},
	}
	m.record(sig, m.args)
}

// optimizes reports whether optimize may start a job. Speculative decoding alone is a setting of the model: a job quantizes,
// compiles or shards it, and compiles it without being told for the chips that need it (ModelBuilder._optimize_for_jumpstart).
func (m *making) optimizes() bool {
	if m.open != "" {
		return true
	}
	for _, name := range [...]string{"quantization_config", "compilation_config", "sharding_config"} {
		if arg, ok := m.argument(name); ok && settled(arg.obj) {
			return true
		}
	}
	kind, ok := m.argument("instance_type")
	if !ok {
		return true
	}
	d, isDatum := kind.obj.(datum)
	return !isDatum || d.Literal() == "" || strings.HasPrefix(d.Literal(), "ml.inf") || strings.HasPrefix(d.Literal(), "ml.trn")
}

// updatedSchedule follows update_monitoring_schedule, which makes a new job definition: with the network settings that the
// call gives, or else with those that are there.
func (m *making) updatedSchedule() {
	network, ok := m.argument("network_config")
	if !ok || !settled(network.obj) {
		return
	}
	c := m.in.st.content(m.of)
	args := make([]argument, 0, len(c.entries)+len(m.args))
	for _, e := range c.entries {
		args = append(args, argument(e))
	}
	for _, arg := range m.args {
		if settled(arg.obj) {
			args = append(args, arg)
		}
	}
	m.record(m.sig, args)
}
