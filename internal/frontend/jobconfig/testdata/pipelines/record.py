"""Records what the steps of pipelines ask of SageMaker, as the SageMaker Python SDK itself works it out.

    python3 -m venv sdk && sdk/bin/pip install 'sagemaker==2.257.*'
    sdk/bin/python testdata/pipelines/record.py            # those of the directory of what is installed
    sdk/bin/python testdata/pipelines/record.py --check    # writes nothing; exits 1 where a recording is another

Each script of testdata/pipelines/v2 or v3 makes one `pipeline`. Its recording holds the definition that the SDK writes, and by
the name of each step the request that the SDK's executor of local pipelines comes to with the parameters' defaults. What an
execution alone can tell is UNKNOWN there. Nothing reaches AWS.
"""

import glob
import importlib.metadata
import io
import json
import logging
import os
import re
import runpy
import shutil
import socket
import sys
import tempfile
import types
import warnings

os.environ.update(
    AWS_DEFAULT_REGION="us-east-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_EC2_METADATA_DISABLED="true",
    SAGEMAKER_TELEMETRY_OPT_OUT="1", SAGEMAKER_VALIDATE_ROLE="false",
)
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def unreachable(*args, **kwargs):
    raise OSError("nothing is reached from here")


socket.getaddrinfo = socket.create_connection = unreachable

import botocore.client  # noqa: E402

ANSWERS = {
    "GetCallerIdentity": {"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:role/r", "UserId": "u"},
    "GetRole": {"Role": {"Arn": "arn:aws:iam::111122223333:role/r"}},
    "ListBuckets": {"Buckets": []},
}


def answer(self, operation, request):
    if operation in ("HeadObject", "GetObject"):
        return {"ContentLength": 2, "Body": io.BytesIO(b"{}"), "ETag": "e"}
    return ANSWERS.get(operation, {})


botocore.client.BaseClient._make_api_call = answer

UNKNOWN = "<known only when the pipeline runs>"
VERSION = importlib.metadata.version("sagemaker").split(".")[0]

if VERSION == "2":
    from sagemaker.local.pipeline import LocalPipelineExecutor
    from sagemaker.workflow import _steps_compiler
    from sagemaker.workflow.parameters import Parameter
else:
    from sagemaker.core.workflow.parameters import Parameter
    from sagemaker.mlops.local.pipeline import LocalPipelineExecutor
    from sagemaker.mlops.workflow import _steps_compiler

# How the SDK writes the time, and what it draws by lot, into the names that it makes.
VARYING = re.compile(r"\d{4}(-\d\d){5}(-\w{3,4})?|\b[0-9a-f]{32}\b|\b\d{10}(-\w{4})?\b|\b1\d{9}-\w+|\b[0-9a-f]{64}\b|(?<=sagemaker_requirements_)\w+")


class Executor(LocalPipelineExecutor):
    """Evaluates the arguments of steps, and runs none."""

    def __init__(self, pipeline):
        defaults = {p.name: UNKNOWN if p.default_value is None else p.default_value for p in pipeline.parameters}

        def fail(step, message):
            raise ValueError(step + ": " + message)

        self.execution = types.SimpleNamespace(pipeline_parameters=defaults, update_step_failure=fail)

    def evaluate_pipeline_variable(self, pipeline_variable, step_name):
        if not hasattr(pipeline_variable, "expr"):
            return pipeline_variable
        if type(pipeline_variable).__name__ == "Join" or isinstance(pipeline_variable, Parameter):
            return super().evaluate_pipeline_variable(pipeline_variable, step_name)
        return UNKNOWN


def requests(executor, steps):
    """Returns what steps ask for, those within others among them, by their names."""
    found = {}
    for step in steps:
        if hasattr(step, "steps"):
            found.update(requests(executor, step.steps))
            continue
        kind = step.step_type.value
        if kind == "Condition":
            found.update(requests(executor, step.if_steps + step.else_steps))
        elif kind == "ForEach":
            found.update(requests(executor, step.for_each_body))
        else:
            found[step.name] = {"type": kind, "request": executor.evaluate_step_arguments(step)}
    return found


def record(script):
    with tempfile.TemporaryDirectory() as work:
        for name, text in (("train.py", ""), ("a.ipynb", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')):
            with open(os.path.join(work, name), "w") as f:
                f.write(text)
        copy = shutil.copy(script, work)
        os.chdir(work)
        try:
            pipeline = runpy.run_path(copy, run_name="__main__")["pipeline"]
            definition = json.loads(pipeline.definition())
            compiled = _steps_compiler.StepsCompiler(
                pipeline_name=pipeline.name, sagemaker_session=pipeline.sagemaker_session, steps=pipeline.steps,
                pipeline_definition_config=pipeline.pipeline_definition_config,
            ).build()
            found = requests(Executor(pipeline), compiled)
        finally:
            os.chdir("/")
    text = json.dumps({"definition": definition, "requests": found}, indent=1)
    return VARYING.sub("N", text.replace(work + "/", "")) + "\n"


def main():
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    here = os.path.dirname(os.path.abspath(__file__))
    stale = 0
    for script in sorted(glob.glob(os.path.join(here, "v" + VERSION, "*.py"))):
        if names and os.path.basename(script)[: -len(".py")] not in names:
            continue
        file = script[: -len(".py")] + ".json"
        text = record(script)
        if "--check" in sys.argv:
            if not os.path.exists(file) or open(file).read() != text:
                stale += 1
                print("differs:", file)
            continue
        with open(file, "w") as f:
            f.write(text)
    sys.exit(1 if stale else 0)


main()
