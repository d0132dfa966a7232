"""Records what Airflow's SageMaker operators send for the scripts in testdata/airflow: NAME.py's requests are in NAME.json.

    python3 -m venv airflow && airflow/bin/pip install apache-airflow-providers-amazon
    airflow/bin/python testdata/record_airflow.py                 # or NAME ...
    airflow/bin/python testdata/record_airflow.py --check         # writes nothing; exits 1 where a recording is another

A script's operators are executed one after the other, and their configs are taken as they are written: nothing is rendered.
Nothing reaches AWS, and what an operator raises after its last request is of no interest.
"""

import glob
import json
import logging
import os
import runpy
import sys
import tempfile
import warnings

os.environ.update(
    AIRFLOW_HOME=tempfile.mkdtemp(), AIRFLOW__CORE__UNIT_TEST_MODE="True", AWS_DEFAULT_REGION="us-east-1",
    AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_EC2_METADATA_DISABLED="true",
)
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import botocore.client  # noqa: E402
import botocore.exceptions  # noqa: E402
from airflow.models.baseoperator import BaseOperator  # noqa: E402

sent = []


def answer(self, operation, request):
    if self.meta.service_model.service_name == "sagemaker" and operation.startswith("Create"):
        sent.append({"operation": operation, "request": json.loads(json.dumps(request, default=str))})
        output = self.meta.service_model.operation_model(operation).output_shape
        return {
            "ResponseMetadata": {"HTTPStatusCode": 200},
            **{name: "arn:aws:sagemaker:us-east-1:111122223333:thing/t" for name in (output.members if output else ())},
        }
    if operation.startswith("Describe"):  # operators look for a name that isn't taken
        raise botocore.exceptions.ClientError({"Error": {"Code": "ValidationException", "Message": "Could not find"}}, operation)
    return {}


def record(script):
    sent.clear()
    sys.path.insert(0, script[: -len(".py")] + ".files")
    names = runpy.run_path(script, run_name="dag")
    sys.path.pop(0)
    for name, operator in names.items():
        if isinstance(operator, BaseOperator):
            try:
                operator.execute({})
            except BaseException as e:  # the recording is what was sent before it; a person looks
                print(os.path.basename(script), name, repr(e)[:200], "after", len(sent), "requests", file=sys.stderr)
    return sent


def main():
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    check = "--check" in sys.argv
    here = os.path.dirname(os.path.abspath(__file__))
    botocore.client.BaseClient._make_api_call = answer
    stale = 0
    for script in sorted(glob.glob(os.path.join(here, "airflow", "*.py"))):
        if names and os.path.basename(script)[: -len(".py")] not in names:
            continue
        file = script[: -len(".py")] + ".json"
        text = json.dumps(record(script), indent=1, sort_keys=True) + "\n"
        if check:
            if not os.path.exists(file) or open(file).read() != text:
                stale += 1
                print("differs:", file)
            continue
        with open(file, "w") as f:
            f.write(text)
    sys.exit(1 if stale else 0)


main()
