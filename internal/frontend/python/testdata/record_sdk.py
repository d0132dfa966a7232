"""Records what the SageMaker Python SDK sends for the scripts in testdata/sdk, into testdata/sdk.json.

    python3 -m venv sdk && sdk/bin/pip install 'sagemaker==2.257.*'
    sdk/bin/python testdata/record_sdk.py

Nothing reaches AWS: every API call is answered here. The test compares the recordings with what is read from the scripts,
so that it needs no SDK to run.
"""

import glob
import json
import os
import runpy
import sys
import tempfile

os.environ.update(
    AWS_DEFAULT_REGION="us-east-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_EC2_METADATA_DISABLED="true",
)

import warnings  # noqa: E402

import botocore.client  # noqa: E402

warnings.simplefilter("ignore")

sent = []

ANSWERS = {
    "ListBuckets": {"Buckets": []},
    "GetCallerIdentity": {"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:role/r", "UserId": "u"},
    "DescribeTrainingJob": {"TrainingJobStatus": "Completed", "ModelArtifacts": {"S3ModelArtifacts": "s3://b/m"}},
    "DescribeAlgorithm": {
        "TrainingSpecification": {
            "SupportedTrainingInstanceTypes": ["ml.m5.xlarge"], "SupportsDistributedTraining": True, "TrainingChannels": [],
        },
    },
}


def answer(self, operation, request):
    if self.meta.service_model.service_name == "sagemaker" and operation.startswith("Create"):
        sent.append({"operation": operation, "request": request})
    return ANSWERS.get(operation, {})


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    botocore.client.BaseClient._make_api_call = answer
    recorded = {}
    for script in sorted(glob.glob(os.path.join(here, "sdk", "*.py"))):
        sent.clear()
        with tempfile.TemporaryDirectory() as work:
            os.chdir(work)
            for name in ("train.py", "inference.py"):
                open(name, "w").close()
            open("d.csv", "w").close()
            try:
                runpy.run_path(script, run_name="__main__")
            except Exception as e:  # the recording says so, and a person looks
                print(os.path.basename(script), repr(e), file=sys.stderr)
                continue
        recorded[os.path.basename(script)] = json.loads(json.dumps(sent, default=str))
    os.chdir(here)
    with open("sdk.json", "w") as f:
        json.dump(recorded, f, indent=1, sort_keys=True)
        f.write("\n")


main()
