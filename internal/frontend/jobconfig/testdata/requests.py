"""Writes requests for each operation that the front-end knows, as botocore's model of the service has them.

    python3 requests.py <../../../model/testdata/surface.json >requests.json

The surface lists for each operation the paths of its members that bear on networks, isolation and encryption. For each,
out come the smallest request that the API takes ("least"), requests that have every path in one of them or another, since
of a union there can be one member only ("requests"), and the skeleton that the AWS command line prints ("skeleton"),
and the words for the operation and its members there ("words").
The requests have passed botocore's own validation, but for the members that are newer than botocore, which are put in
afterwards ("newer"). No two values of a request are the same text or number. The output is recorded in requests.json, so
that the tests need no Python.
"""

import copy
import json
import random
import sys

import botocore
import botocore.session
import botocore.utils
import botocore.validate

# What the service requires although its model doesn't say so, or what a request would say nothing without.
LEAST = {
    "CreateModel": ["PrimaryContainer.Image"],
    "CreateHyperParameterTuningJob": ["TrainingJobDefinition"],
    "CreateCluster": ["InstanceGroups"],
    "CreateWorkforce": ["OidcConfig"],
    "CreatePipeline": ["PipelineDefinition"],
    "StartPipelineExecution": ["PipelineParameters"],
    "CreateInferenceComponent": ["Specification"],
    "CreateModelPackage": ["ModelPackageGroupName", "InferenceSpecification"],
    "CreateNotebookInstanceLifecycleConfig": ["OnStart.Content"],
    "CreateWorkteam": ["MemberDefinitions.CognitoMemberDefinition"],
    "CreateProject": ["TemplateProviders.CfnTemplateProvider"],
    "CreateDeviceFleet": ["OutputConfig"],
    "CreateFlowDefinition": ["HumanLoopConfig"],
    "CreateUserProfile": ["UserSettings"],
    "CreateSpace": ["SpaceSettings"],
    "CreateApp": ["ResourceSpec"],
}
# Operations that botocore doesn't know yet, as the newest SDK's model has them.
NEWER = {
    "CreateJob": {
        "JobName": "northwind-agent", "RoleArn": "arn:aws:iam::111122223333:role/SageMakerExecution-1",
        "JobCategory": "AgentRFT", "JobConfigSchemaVersion": "1.0.0", "JobConfigDocument": "{\"VpcConfig\": {\"Subnets\": [\"subnet-0f00ba4e5eed00002\"]}}",
    },
}


class Values:
    """Makes values, of which no two are equal."""

    def __init__(self):
        self.count = 0

    def text(self, name, shape):
        self.count += 1
        n = self.count
        if shape is not None and shape.enum:
            return shape.enum[0]
        if name == "Subnets" or name.startswith("Subnet"):
            return f"subnet-0f00ba4e5eed{n:05}"
        if name.startswith("SecurityGroup"):
            return f"sg-0f00ba4e5eed{n:05}"
        if name.endswith("Arn") or name.endswith("ARN") or name.endswith("Role"):
            return f"arn:aws:iam::111122223333:role/SageMakerExecution-{n}"
        if "Uri" in name or "Url" in name or "URL" in name or "S3" in name:
            return f"s3://northwind-ml/data/{n}"
        if name.endswith("Name"):
            return f"northwind-nightly-{n}"
        least = (shape.metadata.get("min") or 0) if shape is not None else 0
        return f"value-{n}".ljust(least, "-")

    def number(self, shape):
        self.count += 1
        return max(self.count, (shape.metadata.get("min") or 1) if shape is not None else 1)


def value(values, name, shape, paths, depth=0):
    """Returns a value of a shape. paths are the members that it must have, each split at its dots."""
    kind = shape.type_name
    if kind == "structure":
        out = {}
        union = getattr(shape, "is_tagged_union", False)
        wanted = {p[0] for p in paths if p}
        for member, inner in shape.members.items():
            if union and out:
                break
            if member in shape.required_members or member in wanted or union and not wanted & set(shape.members):
                below = [p[1:] for p in paths if p and p[0] == member]
                out[member] = value(values, member, inner, below, depth + 1)
        return out
    if kind == "list":
        count = max(1, shape.metadata.get("min") or 1)
        return [value(values, name, shape.member, paths, depth + 1) for _ in range(count)]
    if kind == "map":
        return {"key": value(values, name, shape.value, paths, depth + 1)}
    if kind == "string":
        return values.text(name, shape)
    if kind in ("integer", "long"):
        return values.number(shape)
    if kind in ("float", "double"):
        return 1.0
    if kind == "boolean":
        return True
    raise ValueError(kind)


def known(shape, path):
    """Reports whether botocore's model has the path: some members are newer."""
    for name in path:
        while shape.type_name == "list":
            shape = shape.member
        if shape.type_name != "structure" or name not in shape.members:
            return False
        shape = shape.members[name]
    return True


def stands(request, path):
    """Reports whether a request has the path."""
    if isinstance(request, list):
        return any(stands(item, path) for item in request)
    if not path:
        return True
    name = path[0].replace("[]", "")
    return isinstance(request, dict) and name in request and stands(request[name], path[1:])


def put(values, request, path):
    """Puts a member into a request that botocore's model doesn't have."""
    for i, part in enumerate(path):
        name = part.replace("[]", "")
        if i == len(path) - 1:
            text = values.text(name, None)
            request[name] = values.number(None) if name.endswith("Count") else [text] if part.endswith("[]") else text
            return
        inner = request.setdefault(name, [{}] if part.endswith("[]") else {})
        request = inner[0] if isinstance(inner, list) else inner


def requests(shape, least, paths):
    """Returns requests that have all the paths between them, with those that each has."""
    out, missing = [], list(paths)
    while missing or not out:
        request = value(Values(), "", shape, least + [p.replace("[]", "").split(".") for p in missing])
        botocore.validate.validate_parameters(request, shape)
        now = [p for p in missing if stands(request, p.split("."))]
        if missing and not now:
            raise ValueError(missing)
        out.append({"request": request, "paths": [p for p in paths if stands(request, p.split("."))]})
        missing = [p for p in missing if p not in now]
    return out


def words(operation, members):
    """Returns what the AWS command line calls an operation and its members."""
    return {name: botocore.xform_name(name, "-") for name in [operation, *members]}


def main():
    random.seed(1)  # the skeleton's enumerated values are chosen at random
    model = botocore.session.Session().get_service_model("sagemaker")
    out = {"botocore": botocore.__version__, "operations": {}}
    for kind in json.load(sys.stdin)["kinds"]:
        name, listed = kind["api"], [m["api"] for m in kind["members"] if "api" in m]
        if name in NEWER:
            request = NEWER[name]
            paths = [p for p in listed if stands(request, p.split("."))]
            out["operations"][name] = {
                "least": request, "requests": [{"request": request, "paths": paths}], "skeleton": {},
                "required": sorted(request), "members": sorted(request), "newer": sorted(request),
                "words": words(name, request),
            }
            continue
        shape = model.operation_model(name).input_shape
        least = [p.split(".") for p in LEAST.get(name, [])]
        entry = {"least": value(Values(), "", shape, least)}
        botocore.validate.validate_parameters(entry["least"], shape)
        old = [p for p in listed if known(shape, p.replace("[]", "").split("."))]
        entry["requests"] = requests(shape, least, old)
        entry["newer"] = [p for p in listed if p not in old]
        newest = copy.deepcopy(entry["requests"][0]["request"])
        values = Values()
        values.count = 1000
        for p in entry["newer"]:
            put(values, newest, p.split("."))
        if entry["newer"]:
            entry["requests"].append({"request": newest, "paths": [p for p in listed if stands(newest, p.split("."))]})
        entry["skeleton"] = botocore.utils.ArgumentGenerator().generate_skeleton(shape)
        entry["required"] = list(shape.required_members)
        entry["members"] = list(shape.members)
        entry["words"] = words(name, shape.members)
        out["operations"][name] = entry
    json.dump(out, sys.stdout, indent=1, default=str)
    print()


main()
