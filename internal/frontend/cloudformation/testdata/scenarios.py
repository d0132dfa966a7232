"""Prints, as JSON, how cfn-lint reads templates: the decoded template, and each of its feasible scenarios of conditions
with what Fn::If and AWS::NoValue come to in it. Parameters have no defaults here, because cfn-lint lets conditions vary
all the same."""

import copy
import itertools
import json
import sys

from cfnlint.decode import decode
from cfnlint.template import Template

NOTHING = object()


def pruned(node, scenario):
    if isinstance(node, dict):
        if node == {"Ref": "AWS::NoValue"}:
            return NOTHING
        if len(node) == 1 and "Fn::If" in node:
            name, then, otherwise = node["Fn::If"]
            return pruned(then if scenario[name] else otherwise, scenario)
        members = {k: pruned(v, scenario) for k, v in node.items()}
        return {k: v for k, v in members.items() if v is not NOTHING}
    if isinstance(node, list):
        return [v for v in (pruned(x, scenario) for x in node) if v is not NOTHING]
    return node


def read(path):
    template, errors = decode(path)
    if errors or not isinstance(template, dict):
        return None
    decoded = copy.deepcopy(template)
    for parameter in template.get("Parameters", {}).values():
        parameter.pop("Default", None)
    cfn = Template(path, template, ["us-east-1"])
    names = list(template.get("Conditions", {}))
    scenarios = [{}]
    if names:
        varying = {n: {True, False} for n in names}
        scenarios = list(cfn.conditions.build_scenarios(varying))
    out = []
    for scenario in scenarios:
        resources = {}
        for name, resource in template["Resources"].items():
            condition = resource.get("Condition")
            resources[name] = {
                "there": scenario[condition] if condition else True,
                "properties": pruned(resource.get("Properties", {}), scenario),
            }
        out.append({"conditions": scenario, "resources": resources})
    return {"decoded": decoded, "varying": template, "scenarios": out}


print(json.dumps({path: read(path) for path in sys.argv[1:]}, default=str))
