"""Writes what the tasks of state machines send to SageMaker, as an interpreter of the Amazon States Language computes it.

    pip install stepfunctions==2.3.0 'sagemaker<2.200' 'moto[stepfunctions]' jsonata-python
    python3 record.py >recorded.json

The definitions are those that the AWS Step Functions Data Science SDK makes of the SageMaker SDK's objects, and requests of
which parts are written as every kind of expression. Each task becomes a Pass state with the same template, which moto's
interpreter runs once for each input. The output is recorded, so that the tests need no Python.
"""

import json
import logging
import os
import random
import time

os.environ.update(
    AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="eu-west-1", MOTO_ALLOW_NONEXISTENT_REGION="true"
)

import boto3
import botocore.exceptions
import jsonata
from moto import mock_aws
from moto.stepfunctions.parser.asl.jsonata import jsonata as moto_jsonata



def evaluate(expression):
    """Evaluates JSONata, for which moto itself would need Java."""
    value = jsonata.Jsonata(expression).evaluate(None)
    return json.loads(json.dumps(value, default=lambda _: None))


moto_jsonata._eval_jsonata = evaluate

INPUTS = [
    {"name": "nightly", "subnet": "subnet-1", "subnets": ["subnet-1", "subnet-2"], "vpc": {"Subnets": ["subnet-1"]},
     "count": 2, "flag": True, "empty": [], "i": 1},
    {"name": "other", "subnet": "subnet-9", "subnets": [], "vpc": {"Subnets": ["subnet-8", "subnet-9"]},
     "count": 1, "flag": False, "empty": [], "i": 0},
]

ROLE = "arn:aws:iam::111122223333:role/states"


def run(template, data, language):
    """Returns what a template makes of an input, or None where it fails."""
    state = {"Type": "Pass", "End": True, "Output" if language == "JSONata" else "Parameters": template}
    definition = {"QueryLanguage": language, "StartAt": "A", "States": {"A": state}}
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        client = boto3.client("stepfunctions")
        try:
            machine = client.create_state_machine(name="m", roleArn=ROLE, definition=json.dumps(definition))
        except botocore.exceptions.ClientError:
            return None
        execution = client.start_execution(stateMachineArn=machine["stateMachineArn"], name="e", input=json.dumps(data))
        for _ in range(400):
            r = client.describe_execution(executionArn=execution["executionArn"])
            if r["status"] != "RUNNING":
                break
            time.sleep(0.01)
    return json.loads(r["output"]) if r["status"] == "SUCCEEDED" else None


def tasks(machine, language="JSONPath"):
    """Yields the SageMaker tasks of a definition, however deep."""
    language = machine.get("QueryLanguage", language)
    for name, state in machine["States"].items():
        for branch in state.get("Branches", []):
            yield from tasks(branch, language)
        for inner in ("Iterator", "ItemProcessor"):
            if inner in state:
                yield from tasks(state[inner], language)
        if ":sagemaker:create" in state.get("Resource", ""):
            yield name, state, state.get("QueryLanguage", language)


def recorded(definition):
    requests = {}
    for name, state, language in tasks(definition):
        template = state["Arguments" if language == "JSONata" else "Parameters"]
        ran = [run(template, data, language) for data in INPUTS]
        requests[name] = [r for r in ran if r is not None]
    return {"definition": definition, "requests": requests}


def sdk_definitions():
    """The definitions that the Data Science SDK writes, by way of the SageMaker SDK's own objects."""
    logging.disable()
    import sagemaker
    import stepfunctions
    from sagemaker.network import NetworkConfig
    from sagemaker.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
    from sagemaker.tuner import ContinuousParameter, HyperparameterTuner
    from stepfunctions import steps
    from stepfunctions.inputs import ExecutionInput

    session = sagemaker.Session(boto_session=boto3.Session(region_name="eu-west-1"), default_bucket="northwind-ml")
    session._default_bucket = "northwind-ml"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4"
    data = ExecutionInput(schema={"name": str, "subnet": str, "count": int, "flag": bool})
    for vpc in ({}, {"subnets": ["subnet-1"], "security_group_ids": ["sg-1"]}):
        for isolation in (False, True):
            estimator = sagemaker.estimator.Estimator(
                image, ROLE, 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://northwind-ml/models",
                enable_network_isolation=isolation, encrypt_inter_container_traffic=isolation, **vpc,
            )
            tuner = HyperparameterTuner(
                estimator, "loss", {"eta": ContinuousParameter(0, 1)}, metric_definitions=[{"Name": "loss", "Regex": "x"}]
            )
            network = NetworkConfig(enable_network_isolation=isolation, **vpc) if vpc else None
            processor = ScriptProcessor(
                role=ROLE, image_uri=image, command=["python3"], instance_count=1, instance_type="ml.m5.xlarge",
                sagemaker_session=session, network_config=network,
            )
            model = sagemaker.model.Model(
                image, "s3://northwind-ml/model.tar.gz", ROLE, sagemaker_session=session,
                vpc_config={"Subnets": vpc["subnets"], "SecurityGroupIds": ["sg-1"]} if vpc else None,
                enable_network_isolation=isolation,
            )
            channel = {"train": sagemaker.inputs.TrainingInput("s3://northwind-ml/train")}
            train = steps.TrainingStep("Train", estimator, job_name=data["name"], data=channel)
            tune = steps.TuningStep("Tune", tuner, job_name="tune", data=channel)
            process = steps.ProcessingStep(
                "Process", processor, job_name=data["name"], container_entrypoint=["python3", "x.py"],
                inputs=[ProcessingInput("s3://northwind-ml/in", "/opt/ml/processing/in", input_name="in")],
                outputs=[ProcessingOutput(source="/opt/ml/processing/out", destination="s3://northwind-ml/out", output_name="out")],
            )
            save = steps.ModelStep("Save", model, model_name=data["name"])
            endpoint = steps.EndpointConfigStep(
                "Configure", endpoint_config_name="c", model_name=data["name"], initial_instance_count=1, instance_type="ml.m5.xlarge"
            )
            both = steps.Parallel("Both")
            both.add_branch(steps.Chain([train, save]))
            both.add_branch(steps.Map("Each", iterator=process))
            yield json.loads(steps.Graph(steps.Chain([both, tune, endpoint])).to_json())


# moto reads no quote in a text, and takes null for the end of the arguments.
ATOMS = [
    "'a'", "'subnet-1'", "''", "'a,b'", "'{}'", "1", "2.5", "-3", "true", "false", "$.name", "$.subnet",
    "$.subnets", "$.vpc.Subnets", "$.vpc", "$.count", "$.empty", "$.subnets[0]", "$$.State.Name", "'[\"a\"]'", "'{\"a\": 1}'",
]


def intrinsic(rng, depth):
    """Returns a call of an intrinsic function."""

    def argument():
        return intrinsic(rng, depth - 1) if depth and rng.random() < 0.3 else rng.choice(ATOMS)

    return rng.choice(
        [
            lambda: "States.Array(%s)" % ", ".join(argument() for _ in range(rng.randrange(4))),
            lambda: "States.Format('x-{}', %s)" % argument(),
            lambda: "States.Format('{}{}', %s,%s)" % (argument(), argument()),
            lambda: "States.Format('{}', %s)" % argument(),
            lambda: "States.StringToJson(%s)" % argument(),
            lambda: "States.JsonToString(%s)" % argument(),
            lambda: "States.StringSplit(%s, %s)" % (argument(), rng.choice(["','", "'-'", "'|,'", "''"])),
            lambda: "States.ArrayGetItem(%s, %s)" % (argument(), rng.choice(["0", "1", "$.i"])),
            lambda: "States.ArrayLength( %s )" % argument(),
            lambda: "States.MathAdd(%s, 1)" % argument(),
        ]
    )()


JSONATA = [
    "true", "false", "1", "-2", "2.5", "null", "'a'", "\"a\"", "''", "['a', 'b']", "['a']", "[]", "[1, true]", "[['a'], 'b']",
    "$states.input.name", "$states.input.subnets", "[$states.input.subnet]", "[$states.input.nothing]", "[$states.input.nothing, 'a']",
    "'x-' & $states.input.name", "{'a': 1}", "$states.input.vpc", "$exists($states.input.flag)", "1 + 1", "'a' 'b'", "('a')",
    "$states.input.flag ? ['a'] : []", "'it\\'s'", "/* c */ 'a'", "[1..3]", "[ 'a' , 'b' ]", "'a\\nb'", "1e2", "$count([1, 2])",
]


def templates():
    """Definitions of one task each, of which a member is an expression."""
    rng = random.Random(6)
    for i in range(200):
        text = intrinsic(rng, 2)
        yield {"StartAt": "A", "States": {"A": {
            "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createModel", "End": True,
            "Parameters": {"V.$": text, "W": {"V.$": text, "X": [{"V.$": rng.choice(["$.subnets", "$.name", "$"])}, "$.name"]}},
        }}}
    for text in JSONATA:
        yield {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {
            "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sagemaker:createModel", "End": True,
            "Arguments": {"V": "{%" + text + "%}", "W": {"V.$": "$.name", "X": ["{% " + text + " %}", "x {% 1 %}", " {% 1 %}"]}},
        }}}


def main():
    with mock_aws():
        definitions = list(sdk_definitions()) + list(templates())
    made = [recorded(d) for d in definitions]
    lines = [json.dumps(r, sort_keys=True) for r in made if any(r["requests"].values())]
    print("[\n" + ",\n".join(lines) + "\n]")


main()
