"""Prints, as JSON, what cfn-lint makes of the templates that are named: each as cfn-lint decodes it, the scenarios of
conditions that its solver finds feasible where no parameter has a default, and what the properties of each resource come to
in deployments with certain parameters.

A deployment is a template whose parameters have their values as defaults. cfn-lint transforms it (SAM, language
extensions), resolves the operands of its comparisons, solves its conditions, picks the branches of Fn::If and resolves the
functions that are left. Python's own base64 and ipaddress stand in for the two functions that cfn-lint leaves alone, and
"<Name.Attribute>" for what only AWS knows of a resource. What cfn-lint can't resolve is {"Fn::Unknown": function}.
"""

import base64
import copy
import ipaddress
import itertools
import json
import logging
import random
import signal
import sys

import cfnlint
from cfnlint.conditions import Conditions
from cfnlint.context.conditions._utils import build_instance_from_scenario
from cfnlint.decode import decode
from cfnlint.helpers import AVAILABILITY_ZONES, FUNCTIONS, is_function
from cfnlint.jsonschema import CfnTemplateValidator
from cfnlint.jsonschema._resolvers_cfn import sub
from cfnlint.template import Template
from cfnlint.template.transforms import _language_extensions

logging.disable(logging.CRITICAL)

REGION = "us-east-1"
EXTENSIONS = "AWS::LanguageExtensions"
SAM = "AWS::Serverless-2016-10-31"
# What a template may cost in seconds, and how many deployments are tried and kept.
SECONDS, TRIED, KEPT, SOLVED = 60, 48, 12, 128


class Unsure(Exception):
    """cfn-lint would make a guess."""


class NoDice:
    """Takes the place of the random names that cfn-lint gives to what a loop over something unknown makes."""

    def choices(self, *_, **__):
        raise Unsure


_language_extensions.random = NoDice()


def text(scalar):
    """A scalar as the text that CloudFormation takes it for."""
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    return str(scalar)


def texts(node):
    if isinstance(node, dict):
        return {str(k): texts(v) for k, v in node.items()}
    if isinstance(node, list):
        return [texts(v) for v in node]
    return None if node is None else text(node)


def unknown(function):
    return {"Fn::Unknown": function}


# The functions that cfn-lint doesn't resolve, or not wholly.


def get_att(validator, instance):
    if isinstance(instance, str):
        instance = instance.split(".", 1)
    if isinstance(instance, list) and len(instance) == 2 and all(isinstance(v, str) for v in instance):
        yield "<%s.%s>" % tuple(instance), validator, None


def to_base64(validator, instance):
    for value, v, errors in validator.resolve_value(instance):
        if not errors and isinstance(value, str):
            yield base64.b64encode(value.encode()).decode(), v, None


def to_blocks(validator, instance):
    if not isinstance(instance, list) or len(instance) != 3:
        return
    args = [list(validator.resolve_value(arg)) for arg in instance]
    if any(len(values) != 1 or values[0][2] for values in args):
        return
    block, count, bits = (values[0][0] for values in args)
    try:
        net = ipaddress.ip_network(block, strict=False)
        blocks = net.subnets(new_prefix=net.max_prefixlen - int(bits))
        blocks = [str(b) for b in itertools.islice(blocks, int(count))]
    except (ValueError, TypeError):
        return
    if len(blocks) == int(count):
        yield blocks, validator, None


def to_text(validator, instance):
    for value, v, errors in sub(validator, instance):
        # cfn-lint leaves the mark of a literal there.
        yield value.replace("${!", "${") if isinstance(value, str) else value, v, errors


Validator = type(CfnTemplateValidator({})).extend(
    CfnTemplateValidator({}),
    fn_resolvers={"Fn::GetAtt": get_att, "Fn::Base64": to_base64, "Fn::Cidr": to_blocks, "Fn::Sub": to_text},
)


def section(template, name):
    s = template.get(name)
    return s if isinstance(s, dict) else {}


def transforms(template):
    t = template.get("Transform", [])
    return t if isinstance(t, list) else [t]


def pseudo(cfn):
    context = cfn.context.evolve(functions=list(FUNCTIONS))
    names = ["AccountId", "Partition", "Region", "StackId", "StackName", "URLSuffix"]
    return {"AWS::" + n: next(iter(context.ref_value("AWS::" + n)))[0] for n in names}


def substituted(node, known, inside=False):
    """Replaces references by their values in the arguments of Fn::FindInMap, and of what may hold one in a collection:
    cfn-lint's transformation takes any row where it doesn't know which."""
    if isinstance(node, dict):
        name, arg = is_function(node)
        if inside and name == "Ref" and isinstance(arg, str) and arg in known:
            return copy.deepcopy(known[arg])
        return {k: substituted(v, known, inside or k == "Fn::FindInMap") for k, v in node.items()}
    if isinstance(node, list):
        return [substituted(v, known, inside) for v in node]
    return node


class Deployment:
    """A template with certain parameters, as cfn-lint resolves it."""

    def __init__(self, path, template, parameters, transformed=True):
        self.parameters = parameters
        template = copy.deepcopy(template)
        lists = {}
        for name, body in section(template, "Parameters").items():
            if name in parameters:
                for key in ["AllowedValues", "MinValue", "MaxValue"]:
                    body.pop(key, None)
                value = parameters[name]
                lists[name] = value
                if "List" in str(body.get("Type")):
                    lists[name] = [v.strip() for v in value.split(",")]
                    value = ",".join(lists[name])  # cfn-lint doesn't trim them everywhere
                body["Default"] = value
                if str(body.get("Type")).startswith("AWS::SSM::"):
                    del lists[name]
        self.cfn = Template(path, template, [REGION])
        self.pseudo = pseudo(self.cfn)
        extended = EXTENSIONS in transforms(template)
        if extended:
            known = {**self.pseudo, **lists}
            for name in ["Resources", "Conditions", "Outputs"]:
                if name in template:
                    template[name] = substituted(template[name], known)
            self.cfn = Template(path, template, [REGION])
        if transformed and self.cfn.transform():
            raise Unsure
        template = self.cfn.template
        resources = {n: "<%s.Ref>" % n for n in section(template, "Resources")}
        context = self.cfn.context.evolve(functions=list(FUNCTIONS), ref_values=resources)
        self.validator = Validator({}).evolve(cfn=self.cfn, context=context)
        self.conditions = {}
        if transformed:
            self.solve()

    def solve(self):
        """Finds which conditions hold. Comparisons that don't come down to two texts leave theirs open."""
        template = self.cfn.template
        if not section(template, "Conditions") and not section(template, "Rules"):
            return
        before = copy.deepcopy(template)
        for name in ["Conditions", "Rules"]:
            if section(template, name):
                template[name] = self.compared(texts(template[name]))
        conditions = Conditions(self.cfn)
        if not conditions.satisfiable({}, {}):
            raise Unsure  # a rule refuses the parameters
        template.update({n: before[n] for n in ["Conditions", "Rules"] if n in before})
        for name in section(before, "Conditions"):
            feasible = [s[name] for s in conditions.build_scenarios({name: {True, False}})]
            if not feasible:
                raise Unsure  # cfn-lint can't read the condition
            if len(feasible) == 1:
                self.conditions[name] = feasible[0]

    def compared(self, node, keep=()):
        """Resolves the operands of comparisons, but for some functions."""
        if isinstance(node, list):
            return [self.compared(v, keep) for v in node]
        if not isinstance(node, dict):
            return node
        name, arg = next(iter(node.items())) if len(node) == 1 else (None, None)
        if name in ["Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"]:
            raise Unsure  # cfn-lint passes over a rule with these
        if name == "Fn::Contains":
            # cfn-lint doesn't know it, but what it stands for.
            if not (isinstance(arg, list) and len(arg) == 2 and isinstance(arg[0], list) and arg[0]):
                raise Unsure
            any_of = [self.compared({"Fn::Equals": [v, arg[1]]}, keep) for v in arg[0]]
            return {"Fn::Or": any_of} if len(any_of) > 1 else any_of[0]
        if name == "Fn::Equals" and isinstance(arg, list) and len(arg) == 2:
            return {name: [self.operand(v, keep) for v in arg]}
        return {k: self.compared(v, keep) for k, v in node.items()}

    def operand(self, node, keep):
        name, _ = is_function(node) if isinstance(node, dict) else (None, None)
        if name in keep:
            return node
        value = self.resolved(node)
        if isinstance(value, str) and "<" not in value:
            return value
        return node

    def pruned(self, node):
        """Picks the branches of Fn::If, and leaves out what is AWS::NoValue."""
        context = self.validator.context
        node = build_instance_from_scenario(node, self.conditions, True, context)
        if isinstance(node, dict):
            members = {k: self.pruned(v) for k, v in node.items()}
            return {k: v for k, v in members.items() if v is not None}
        if isinstance(node, list):
            return [v for v in map(self.pruned, node) if v is not None]
        return node

    def resolved(self, node, validator=None):
        """Resolves the functions of a pruned tree of texts."""
        validator = validator or self.validator
        name, arg = is_function(node) if isinstance(node, dict) else (None, None)
        if name is None and isinstance(node, dict) and len(node) == 1 and next(iter(node)).startswith("Fn::"):
            return unknown(next(iter(node)))
        if name is None:
            if isinstance(node, dict):
                return {k: self.resolved(v, validator) for k, v in node.items()}
            if isinstance(node, list):
                return [self.resolved(v, validator) for v in node]
            return node
        if name == "Fn::ToJsonString":
            # cfn-lint spells the functions within it as they are written.
            return json.dumps(self.resolved(arg, validator))
        if name == "Fn::FindInMap" and isinstance(arg, list) and len(arg) == 4:
            return self.found_or_default(name, arg, validator)
        values = []
        try:
            for value, where, errors in itertools.islice(validator.resolve_value(node), 8):
                if errors or value is None:
                    return unknown(name)
                value = self.resolved(self.pruned(texts(value)), where)
                if value not in values:
                    values.append(value)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            return unknown(name)  # arguments that cfn-lint doesn't expect
        return values[0] if len(values) == 1 else unknown(name)

    def found_or_default(self, name, arg, validator):
        """cfn-lint gives the default along with what is found."""
        found = list(itertools.islice(validator.resolve_value({name: arg[:3]}), 8))
        values = [v for v, _, errors in found if not errors and v is not None]
        if len(values) == 1 and len(found) == 1:
            return self.resolved(texts(values[0]), validator)
        keys = [self.resolved(k, validator) for k in arg[:3]]
        if not values and found and all(isinstance(k, str) for k in keys) and isinstance(arg[3], dict):
            return self.resolved(texts(arg[3].get("DefaultValue")), validator)
        return unknown(name)

    def resources(self):
        out = {}
        for name, body in section(self.cfn.template, "Resources").items():
            if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
                continue
            condition = body.get("Condition")
            there = True
            if condition is not None:
                there = self.conditions.get(condition) if isinstance(condition, str) else None
            properties = None
            if there is not False:
                properties = self.resolved(self.pruned(texts(body.get("Properties", {}))))
                if properties is None:
                    properties = {}
                elif not isinstance(properties, dict):
                    properties = unknown("Properties")  # CloudFormation refuses it
                elif "DefinitionSubstitutions" in properties:
                    # cfn-lint doesn't put them in.
                    for member in ["Definition", "DefinitionString"]:
                        if member in properties:
                            properties[member] = unknown("DefinitionSubstitutions")
            out[name] = {"type": body["Type"], "there": there, "properties": properties}
        return out


def walk(node):
    yield node
    if isinstance(node, dict):
        for v in node.values():
            yield from walk(v)
    elif isinstance(node, list):
        for v in node:
            yield from walk(v)


def candidates(template):
    """Returns the values that are tried for each parameter, the first one for want of a reason for another."""
    compared, keys = {}, {}
    for node in walk({k: template.get(k) for k in ["Conditions", "Rules", "Resources"]}):
        name, arg = is_function(node) if isinstance(node, dict) else (None, None)
        if name == "Fn::Equals" and isinstance(arg, list) and len(arg) == 2:
            for side, other in [arg, arg[::-1]]:
                ref, parameter = is_function(side) if isinstance(side, dict) else (None, None)
                if ref == "Ref" and isinstance(parameter, str) and isinstance(other, (str, int, float, bool)):
                    compared.setdefault(parameter, []).append(text(other))
        if name == "Fn::FindInMap" and isinstance(arg, list) and len(arg) >= 3 and isinstance(arg[0], str):
            ref, parameter = is_function(arg[1]) if isinstance(arg[1], dict) else (None, None)
            if ref == "Ref" and isinstance(parameter, str):
                rows = section(section(template, "Mappings"), arg[0])
                keys.setdefault(parameter, []).extend(str(k) for k in rows)
    out = {}
    for name, body in section(template, "Parameters").items():
        if not isinstance(body, dict):
            continue
        kind = str(body.get("Type"))
        values = []
        if isinstance(body.get("Default"), (str, int, float, bool)):
            values.append(text(body["Default"]))
        if isinstance(body.get("AllowedValues"), list) and body["AllowedValues"]:
            allowed = [text(v) for v in body["AllowedValues"]]
            values = [v for v in values if v in allowed] + allowed[:6]
        else:
            values += (compared.get(name, []) + keys.get(name, []))[:8]
            if kind == "Number":
                values += ["1", "7"]
            elif "List" in kind:
                values += ["a-1, b-2", "a-1", "a,b,c"]
            else:
                values.append("other-" + name.lower())
            if kind == "String" and "AllowedPattern" not in body and "MinLength" not in body:
                values.append("")
        if kind.startswith(("AWS::", "List<AWS::")):
            values = [v for v in values if v != ""]
        out[name] = list(dict.fromkeys(values))
    return out


def assignments(template):
    """Yields parameters: the first values, each other one, and then some at random."""
    values = candidates(template)
    first = {name: vs[0] for name, vs in values.items()}
    yield first
    for name, vs in values.items():
        for v in vs[1:]:
            yield {**first, name: v}
    dice = random.Random(1)
    for _ in range(TRIED):
        yield {name: dice.choice(vs) for name, vs in values.items()}


def scenarios(path, template):
    """Returns what cfn-lint's solver finds feasible where parameters have no defaults, whether each of these is certain,
    and whether they are all."""
    template = copy.deepcopy(template)
    for body in section(template, "Parameters").values():
        body.pop("Default", None)
        if isinstance(body.get("AllowedValues"), list):
            # A value that is listed twice, cfn-lint takes for another one.
            body["AllowedValues"] = list(dict.fromkeys(text(v) for v in body["AllowedValues"]))
    names = sorted(section(template, "Conditions"))
    if not names or EXTENSIONS in transforms(template):
        return [], True, False  # the names of conditions are known after the transformation only
    try:
        d = Deployment(path, template, {}, transformed=False)
    except Unsure:
        return [], True, False
    before = texts(template["Conditions"])
    try:
        for name in ["Conditions", "Rules"]:
            template[name] = d.compared(texts(section(template, name)), keep=["Ref"])
    except Unsure:
        return [], True, False
    conditions = Template(path, template, [REGION]).conditions
    feasible = list(conditions.build_scenarios({n: {True, False} for n in names}))
    complete = bool(feasible) and 2 ** len(names) <= SOLVED and template["Conditions"] == before
    return feasible, all(map(is_plain, walk(template["Conditions"]))), complete


def is_plain(node):
    """Reports whether a node isn't a comparison that cfn-lint's solver takes for one that may hold and may not, whatever it
    compares: it reasons about parameters and texts, not about functions, nor about two parameters."""
    name, arg = is_function(node) if isinstance(node, dict) else (None, None)
    if name != "Fn::Equals":
        return True
    functions = [is_function(v)[0] for v in arg if isinstance(v, dict)]
    return len(functions) == 0 or functions == ["Ref"]


def read(path):
    template, errors = decode(path)
    if errors or not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        return None
    template = json.loads(json.dumps(template, default=str))
    feasible, certain, complete = scenarios(path, template)
    table, deployments, vectors, tried = {}, [], [], []
    for parameters in itertools.islice(assignments(template), TRIED):
        if len(deployments) == KEPT:
            break
        if parameters in tried:
            continue
        tried.append(parameters)
        try:
            d = Deployment(path, template, parameters)
        except Unsure:
            continue
        # Past a few, only what makes another choice of conditions.
        if len(deployments) >= KEPT // 3 and d.conditions and d.conditions in vectors:
            continue
        vectors.append(d.conditions)
        resources = {}
        for name, r in d.resources().items():
            key = json.dumps([name, r], sort_keys=True)
            resources[name] = table.setdefault(key, len(table))
        deployments.append({"parameters": parameters, "conditions": d.conditions, "resources": resources})
    if not certain:
        feasible = [s for s in feasible if s in vectors]
    return {
        "decoded": template,
        "scenarios": feasible,
        "complete": complete,
        "deployments": deployments,
        "resources": [json.loads(key)[1] for key in table],
    }


def too_long(*_):
    raise TimeoutError


def main(paths):
    signal.signal(signal.SIGALRM, too_long)
    readings = {}
    for path in paths:
        signal.alarm(SECONDS)
        try:
            readings[path] = read(path)
        except Exception as e:  # whatever it trips over, there is no reading
            readings[path] = {"failed": "%s: %s" % (type(e).__name__, e)}
        signal.alarm(0)
    zones = AVAILABILITY_ZONES[REGION]
    context = pseudo(Template("t", {"Resources": {}}, [REGION]))
    context.update({"AWS::AvailabilityZones[%d]" % i: z for i, z in enumerate(zones)})
    json.dump(
        {"version": cfnlint.version.__version__, "pseudo": context, "readings": readings},
        sys.stdout, default=str,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
