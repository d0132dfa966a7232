"""Records what the SageMaker Python SDK sends for the scripts in testdata/sdk: NAME.py's requests are kept in NAME.json.

    python3 -m venv sdk && sdk/bin/pip install 'sagemaker==2.257.*'
    sdk/bin/python testdata/record_sdk.py                 # those of the directory of what is installed
    sdk/bin/python testdata/record_sdk.py NAME ...        # some of them
    sdk/bin/python testdata/record_sdk.py --check         # writes nothing; exits 1 where a recording is another

The directories are v2 and v3 of sagemaker, core of sagemaker-core 1 alone, and boto3 of boto3 alone.

A script runs in a directory of its own, beside the files of NAME.files if there are any. Nothing reaches AWS: every API call
is answered here, with as little as the SDK can live with. What a script raises after its last request is of no interest.
"""

import copy
import datetime
import glob
import gzip
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
import botocore.validate  # noqa: E402

sent = []

# What a created thing is called in the answer to its request.
CREATED = "arn:aws:sagemaker:us-east-1:111122223333:thing/t"

ANSWERS = {
    "GetRole": {
        "Role": {
            "Arn": "arn:aws:iam::111122223333:role/r", "RoleName": "r",
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"},
                ],
            },
        },
    },
    "SimulatePrincipalPolicy": {"EvaluationResults": []},
    "ListBuckets": {"Buckets": []},
    "GetCallerIdentity": {"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:role/r", "UserId": "u"},
    "DescribeTrainingJob": {
        "TrainingJobStatus": "Completed", "ModelArtifacts": {"S3ModelArtifacts": "s3://b/m"},
        "TrainingJobName": "job", "TrainingJobArn": "arn:aws:sagemaker:us-east-1:111122223333:training-job/job",
        "RoleArn": "arn:aws:iam::111122223333:role/r", "OutputDataConfig": {"S3OutputPath": "s3://b/o", "KmsKeyId": ""},
        "AlgorithmSpecification": {"TrainingImage": "img", "TrainingInputMode": "File"}, "HyperParameters": {},
        "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30},
        "TrainingStartTime": datetime.datetime(2025, 1, 1), "TrainingEndTime": datetime.datetime(2025, 1, 1),
        "StoppingCondition": {"MaxRuntimeInSeconds": 60}, "EnableNetworkIsolation": False,
        "EnableManagedSpotTraining": False,
    },
    "DescribeModelPackage": {
        "ModelPackageStatus": "Completed", "ModelPackageArn": CREATED, "InferenceSpecification": {"Containers": [{"Image": "img"}]},
    },
    "DescribeNotebookInstance": {"SubnetId": "subnet-1", "SecurityGroups": ["sg-1"]},
    "GetParameter": {"Parameter": {"Value": "sg-1,sg-2"}},
    "GetRole": {"Role": {"Arn": "arn:aws:iam::111122223333:role/r"}},
    "DescribeCompilationJob": {
        "CompilationJobStatus": "COMPLETED", "ModelArtifacts": {"S3ModelArtifacts": "s3://b/c"}, "InferenceImage": "img",
    },
    "DescribeEndpoint": {"EndpointStatus": "InService", "EndpointName": "e"},
    "ListTags": {"Tags": []},
    "Search": {"Results": []},
    "DescribeLogStreams": {"logStreams": []},
    "SubmitServiceJob": {"jobArn": "arn:aws:batch:us-east-1:111122223333:job/t", "jobName": "t", "jobId": "t"},
    "DescribeAlgorithm": {
        "AlgorithmName": "a",
        "TrainingSpecification": {
            "SupportedTrainingInstanceTypes": ["ml.m5.xlarge"], "SupportsDistributedTraining": True,
            "TrainingChannels": [{"Name": "training", "SupportedInputModes": ["File"], "IsRequired": True}],
        },
        "InferenceSpecification": {},
    },
}

# An empty .tar.gz.
ARCHIVE = gzip.compress(bytes(10240), mtime=0)

# The catalogue of JumpStart's models, as it stands in its bucket, with a model in it that isolates what serves it.
VARIANTS = {
    "regional_aliases": {"us-east-1": {"image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/djl-inference:1"}},
    "variants": {"g5": {"regional_properties": {"image_uri": "$image"}}},
}

JUMPSTART = {
    "models_manifest.json": [{"model_id": "m", "version": "1.0.0", "min_version": "2.0.0", "spec_key": "m/spec.json"}],
    "proprietary-sdk-manifest.json": [],
    "spec.json": {
        "model_id": "m", "url": "https://example.org", "version": "1.0.0", "min_sdk_version": "2.0.0", "training_supported": True,
        "hosting_instance_type_variants": VARIANTS, "training_instance_type_variants": VARIANTS,
        "hosting_artifact_key": "m/infer.tar.gz", "hosting_script_key": "m/script.tar.gz", "hosting_use_script_uri": False,
        "training_artifact_key": "m/train.tar.gz", "training_script_key": "m/script.tar.gz", "hyperparameters": [],
        "default_inference_instance_type": "ml.g5.xlarge", "default_training_instance_type": "ml.g5.2xlarge",
        "supported_inference_instance_types": ["ml.g5.xlarge"], "supported_training_instance_types": ["ml.g5.2xlarge"],
        "inference_enable_network_isolation": True, "estimator_kwargs": {"encrypt_inter_container_traffic": True},
        "predictor_specs": {
            "supported_content_types": ["application/json"], "supported_accept_types": ["application/json"],
            "default_content_type": "application/json", "default_accept_type": "application/json",
        },
    },
}


def answer(self, operation, request):
    service = self.meta.service_model.service_name
    if service == "sagemaker" and operation.startswith("Create"):
        if not installed().startswith("v"):  # scripts that write requests themselves are right about them
            shape = self.meta.service_model.operation_model(operation).input_shape
            faults = botocore.validate.ParamValidator().validate(request, shape)
            if faults.has_errors():
                raise ValueError(faults.generate_report())
        sent.append({"operation": operation, "request": json.loads(json.dumps(request, default=str))})
        output = self.meta.service_model.operation_model(operation).output_shape
        return {name: CREATED for name, shape in (output.members if output else {}).items() if shape.type_name == "string"}
    if operation in ("HeadObject", "GetObject"):  # whatever it is that the SDK packs anew, or reads
        name = request["Key"].rsplit("/", 1)[-1]
        body = ARCHIVE if name.endswith(".gz") else json.dumps(JUMPSTART.get(name, {})).encode()
        return {"ContentLength": len(body), "Body": io.BytesIO(body), "ETag": "e"}
    if operation == "SubmitServiceJob":  # AWS Batch starts the training job that its payload asks for
        sent.append({"operation": "CreateTrainingJob", "request": json.loads(request["serviceRequestPayload"])})
    if operation.endswith("JobDefinition") and operation.startswith("Describe"):
        made = [r["request"] for r in sent if r["operation"] == operation.replace("Describe", "Create")]
        return copy.deepcopy(made[-1])
    if service == "sagemaker" and operation.startswith("Describe") and installed() != "v2":
        return {**named(self.meta.service_model.operation_model(operation).output_shape, request), **ANSWERS.get(operation, {})}
    if operation == "GetRole":
        return {"Role": {"Arn": "arn:aws:iam::111122223333:role/" + request["RoleName"]}}
    return ANSWERS.get(operation, {})


def named(output, request):
    """Returns the description of a thing: its names are what SDK 3 can't do without."""
    texts = {name: shape for name, shape in output.members.items() if shape.type_name == "string" and not shape.enum}
    return {name: request.get(name, CREATED if name.endswith("Arn") else "t") for name in texts}


def record(script):
    """Runs one script and returns what it sent."""
    sent.clear()
    environ, path, modules = dict(os.environ), list(sys.path), set(sys.modules)
    with tempfile.TemporaryDirectory() as work:
        beside = script[: -len(".py")] + ".files"
        if os.path.isdir(beside):
            shutil.copytree(beside, work, dirs_exist_ok=True)
        for name in ("train.py", "inference.py", "d.csv"):
            if not os.path.exists(os.path.join(work, name)):
                open(os.path.join(work, name), "w").close()
        copy = shutil.copy(script, work)
        os.chdir(work)
        sys.path.insert(0, work)
        try:
            runpy.run_path(copy, run_name="__main__")
        except BaseException as e:  # the recording is what was sent before it; a person looks
            if not isinstance(e, SystemExit):
                print(os.path.basename(script), repr(e)[:300], "after", len(sent), "requests", file=sys.stderr)
        finally:
            os.chdir("/")
            sys.path[:] = path
            os.environ.clear()
            os.environ.update(environ)
            for name in set(sys.modules) - modules:
                if getattr(sys.modules[name], "__file__", None) and sys.modules[name].__file__.startswith(work):
                    del sys.modules[name]
    # What a script writes itself doesn't vary.
    return steady(json.loads(json.dumps(sent))) if installed().startswith("v") else list(sent)


def steady(v, key=""):
    """Drops what differs from run to run: names and places with the time in them."""
    if isinstance(v, dict):
        return {k: steady(e, k) for k, e in v.items() if k not in VARYING}
    if isinstance(v, list):
        return [steady(e) for e in v]
    if key == "PipelineDefinition":
        return json.dumps(steady(json.loads(v)), sort_keys=True)
    if isinstance(v, str):
        return TIME.sub("TIME", v)
    return v


# How the SDK writes the time into the names that it makes.
TIME = re.compile(r"\d{4}(-\d\d){5}(-\w{3,4})?")


VARYING = {
    "TrainingJobName", "ProcessingJobName", "ModelName", "EndpointName", "EndpointConfigName", "TransformJobName",
    "HyperParameterTuningJobName", "AutoMLJobName", "JobDefinitionName", "MonitoringJobDefinitionName", "MonitoringScheduleName",
    "InferenceComponentName", "ConfigUri", "InputDataConfig", "ProcessingInputs", "Tags",
    "ProcessingOutputConfig.Outputs", "HyperParameters", "StaticHyperParameters", "Environment", "ProfilerConfig",
    "DebugHookConfig", "ProfilerRuleConfigurations", "DebugRuleConfigurations", "ClientRequestToken", "ModelDataUrl",
    "ContainerArguments", "Description",
}


def without_archives():
    """Keeps SDK 2 from downloading a model's archive and packing it anew with the script that serves it."""
    try:
        import sagemaker.utils
    except ImportError:
        return
    if hasattr(sagemaker.utils, "repack_model"):
        sagemaker.utils.repack_model = lambda *args, **kwargs: None


def without_hub():
    """Keeps SDK 3 from asking SageMaker's public hub how a foundation model is customized."""
    try:
        from sagemaker.train import dpo_trainer, rlaif_trainer, rlvr_trainer, sft_trainer
        from sagemaker.train.common import FineTuningOptions
    except ImportError:
        return
    stubs = {
        "_get_fine_tuning_options_and_model_arn": lambda *args, **kwargs: (FineTuningOptions({}), CREATED, False),
        "_create_mlflow_config": lambda *args, **kwargs: None,
        "validate_data_path_exists": lambda *args, **kwargs: None,
        "is_multimodal_data": lambda *args, **kwargs: False,
        "_validate_hyperparameter_values": lambda *args, **kwargs: None,
        "_extract_evaluator_arn": lambda *args, **kwargs: CREATED,
    }
    for module in (dpo_trainer, rlaif_trainer, rlvr_trainer, sft_trainer):
        for name, stub in stubs.items():
            if hasattr(module, name):
                setattr(module, name, stub)


def installed():
    """Returns the directory of the scripts that are for what is installed."""
    for package, directory in (("sagemaker", "v"), ("sagemaker-core", "core")):
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
        return directory + version.split(".")[0] if directory == "v" else directory
    return "boto3"


def main():
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    check = "--check" in sys.argv
    here = os.path.dirname(os.path.abspath(__file__))
    botocore.client.BaseClient._make_api_call = answer
    without_archives()
    without_hub()
    stale = 0
    for script in sorted(glob.glob(os.path.join(here, "sdk", installed(), "*.py"))):
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
