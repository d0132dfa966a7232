"""Writes requests for each operation that the front-end knows, as botocore's model of the service has them.

    python3 requests.py <members.json >requests.json

members.json lists for each operation the paths of its members that matter to the network. For each, out come the
smallest request that the API takes ("least"), one that has all the paths as well ("request"), and the skeleton that the
AWS command line prints ("skeleton"). The first two have passed botocore's own validation. The output is recorded in
requests.json, so that the tests need no Python.
"""

import json
import random
import sys

import botocore
import botocore.session
import botocore.utils
import botocore.validate

# What the service requires although its model doesn't say so.
LEAST = {
    "CreateModel": ["PrimaryContainer.Image"],
    "CreateHyperParameterTuningJob": ["TrainingJobDefinition"],
    "CreateCluster": ["InstanceGroups"],
    "CreateWorkforce": ["OidcConfig"],
}
TEXT = {
    "role": "arn:aws:iam::111122223333:role/SageMakerExecution",
    "uri": "s3://northwind-ml/data",
    "subnet": "subnet-0f00ba4e5eed00001",
    "group": "sg-0f00ba4e5eed00001",
}


def text(name, shape):
    if shape.enum:
        return shape.enum[0]
    if name == "Subnets" or name.startswith("Subnet"):
        return TEXT["subnet"]
    if name.startswith("SecurityGroup"):
        return TEXT["group"]
    if name.endswith("Arn") or name.endswith("Role"):
        return TEXT["role"]
    if "Uri" in name or "Url" in name or "S3" in name:
        return TEXT["uri"]
    if name.endswith("Name"):
        return "northwind-nightly"
    return "value" * (1 + (shape.metadata.get("min") or 0) // 5)


def value(name, shape, paths, depth=0):
    """Returns a value of a shape. paths are the members that it must have, each split at its dots."""
    kind = shape.type_name
    if kind == "structure":
        out = {}
        union = getattr(shape, "is_tagged_union", False)
        wanted = {p[0] for p in paths if p}
        for member, inner in shape.members.items():
            if union and out:
                break
            if member in shape.required_members or member in wanted or union and not wanted:
                below = [p[1:] for p in paths if p and p[0] == member]
                out[member] = value(member, inner, below, depth + 1)
        return out
    if kind == "list":
        count = max(1, shape.metadata.get("min") or 1)
        return [value(name, shape.member, paths, depth + 1) for _ in range(count)]
    if kind == "map":
        return {"key": value(name, shape.value, paths, depth + 1)}
    if kind == "string":
        return text(name, shape)
    if kind in ("integer", "long"):
        return max(1, shape.metadata.get("min") or 1)
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


def main():
    random.seed(1)  # the skeleton's enumerated values are chosen at random
    model = botocore.session.Session().get_service_model("sagemaker")
    out = {"botocore": botocore.__version__, "operations": {}}
    for name, listed in json.load(sys.stdin).items():
        shape = model.operation_model(name).input_shape
        paths = {p: p.replace("[]", "").split(".") for p in listed}
        paths = {p: split for p, split in paths.items() if known(shape, split)}
        least = [p.split(".") for p in LEAST.get(name, [])]
        entry = {"least": value("", shape, least), "request": value("", shape, least + list(paths.values()))}
        for request in entry.values():
            botocore.validate.validate_parameters(request, shape)
        entry["skeleton"] = botocore.utils.ArgumentGenerator().generate_skeleton(shape)
        entry["required"] = list(shape.required_members)
        entry["members"] = list(shape.members)
        entry["paths"] = [p for p in paths if stands(entry["request"], p.split("."))]  # of a union, one stands
        out["operations"][name] = entry
    json.dump(out, sys.stdout, indent=1, default=str)
    print()


main()
