package python

import (
	"maps"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
)

// exportedReason is why what is in a request isn't known that the SDK exports of an object: the object is what is judged.
const exportedReason = "it is what the SDK exports of an object"

// exports are the functions of sagemaker.workflow.airflow, which return requests, with the parameter that the request is of.
var exports = map[string]string{
	"training_config": "estimator", "tuning_config": "tuner", "model_config": "model", "transform_config": "transformer",
	"model_config_from_estimator": "estimator", "transform_config_from_estimator": "estimator", "deploy_config": "model",
	"deploy_config_from_estimator": "estimator", "processing_config": "processor", "training_base_config": "estimator",
}

// export evaluates a function of sagemaker.workflow.airflow. What it returns is no workload beside the object that it is of,
// unless it is of another network: the placement of a hosted model is overridden, by default so for a transform job, and
// isolation and encryption are left out (sagemaker/workflow/airflow.py).
func (in *interp) export(n *pyast.Call, name string, a *arguments, target string) object {
	of, given := a.keyword(exports[name])
	if !given && len(a.positional) > 0 {
		of, given = a.positional[0], true
	}
	if p, ok := of.obj.(*place); given && ok && in.quiet == 0 {
		if sig := in.signatureOf(p.class); sig != nil {
			m := making{in: in, call: n, of: p, sig: sig, method: name, target: target, args: a.keywords, open: a.open}
			m.exported()
		}
	}
	result := &place{kind: dictPlace, span: in.span(n), header: in.span(n.Func)}
	in.st.setContent(result, forgotten(exportedReason))
	return result
}

// exported reports what an export is where it is of another network than its object.
func (m *making) exported() {
	isolated, _ := m.attribute("enable_network_isolation")
	encrypted, _ := m.attribute("encrypt_inter_container_traffic")
	loses := isTrue(isolated.obj) == tri.True
	switch operation := m.sig.operation; {
	case strings.HasSuffix(m.method, "_from_estimator") && operation == "CreateTrainingJob":
		m.exportedModel(loses)
	case m.method == "training_config" && operation == "CreateTrainingJob" && (loses || isTrue(encrypted.obj) == tri.True),
		(m.method == "model_config" || m.method == "deploy_config") && operation == "CreateModel" && loses:
		var args []argument
		for _, e := range m.in.st.content(m.of).entries {
			if e.name != "enable_network_isolation" && e.name != "encrypt_inter_container_traffic" {
				args = append(args, argument(e))
			}
		}
		made := *m.sig
		made.spelling = unsettable(made.spelling, "EnableNetworkIsolation", "EnableInterContainerTrafficEncryption")
		m.record(&made, args)
	}
}

// exportedModel reports the hosted model that an estimator is exported as.
func (m *making) exportedModel(loses bool) {
	subnets, placed := m.attribute("subnets")
	override, given := m.argument("vpc_config_override")
	if !given && m.method == "transform_config_from_estimator" && m.open == "" {
		override, given = argument{obj: none(m.in.span(m.call.Func))}, placed && settled(subnets.obj)
	}
	if given && isDefaultVPC(override.obj) {
		given = false
	}
	if !given && !loses {
		return
	}
	made := madeModel()
	made.members = append(made.members[:len(made.members):len(made.members)],
		member{"subnets", "VpcConfig.Subnets"}, member{"security_group_ids", "VpcConfig.SecurityGroupIds"})
	made.spelling = unsettable(map[string]string{
		"VpcConfig":                  "vpc_config_override",
		"VpcConfig.Subnets":          "vpc_config_override",
		"VpcConfig.SecurityGroupIds": "vpc_config_override",
	}, "EnableNetworkIsolation")
	var args []argument
	if override.name = "vpc_config"; given {
		args = append(args, override)
	} else {
		groups, _ := m.attribute("security_group_ids")
		args = append(args, subnets, groups)
	}
	role, given := m.argument("role")
	if !given {
		role, _ = m.attribute("role")
	}
	m.record(&made, append(args, role))
}

// unsettable returns a spelling in which some members have no word.
func unsettable(spelling map[string]string, members ...string) map[string]string {
	out := maps.Clone(spelling)
	for _, m := range members {
		out[m] = resource.Unsettable
	}
	return out
}
