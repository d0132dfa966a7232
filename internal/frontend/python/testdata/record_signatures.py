"""Records what the classes of the SageMaker Python SDK take into testdata/signatures.vN.json.

    python3 -m venv sdk && sdk/bin/pip install 'sagemaker==2.257.*'
    sdk/bin/python testdata/record_signatures.py            # those of the installed version
    sdk/bin/python testdata/record_signatures.py --check    # writes nothing; exits 1 where the recording is another

Of each class that the SDK defines and that is of a kind that makes workloads, or takes a network setting somewhere: the
parameters of its constructor in positional order, the names that its keywords may have in all (what **kwargs hands up
included), and the positional parameters of the methods that make something or take a network setting.
"""

import importlib
import importlib.metadata
import inspect
import json
import logging
import os
import pkgutil
import sys
import warnings

os.environ.update(AWS_DEFAULT_REGION="us-east-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", SAGEMAKER_TELEMETRY_OPT_OUT="1")
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

import sagemaker  # noqa: E402

# What makes a class one of these, by the class that it derives from.
KINDS = {
    "sagemaker.estimator.EstimatorBase": "training",
    "sagemaker.model_monitor.model_monitoring.ModelMonitor": "monitor",
    "sagemaker.processing.Processor": "processing",
    "sagemaker.model.ModelBase": "model",
    "sagemaker.pipeline.PipelineModel": "model",
    "sagemaker.serve.builder.model_builder.ModelBuilder": "model",
    "sagemaker.automl.automl.AutoML": "automl",
    "sagemaker.automl.automlv2.AutoMLV2": "automl",
    "sagemaker.automl.candidate_estimator.CandidateEstimator": "automl",
    "sagemaker.tuner.HyperparameterTuner": "tuner",
    "sagemaker.transformer.Transformer": "transform",
    "sagemaker.session.Session": "session",
    "sagemaker.network.NetworkConfig": "setting",
    "sagemaker.instance_group.InstanceGroup": "setting",
    # Those of SDK 3.
    "sagemaker.train.model_trainer.ModelTrainer": "training",
    "sagemaker.train.base_trainer.BaseTrainer": "training",
    "sagemaker.train.evaluate.base_evaluator.BaseEvaluator": "training",
    "sagemaker.train.tuner.HyperparameterTuner": "tuner",
    "sagemaker.core.model_monitor.model_monitoring.ModelMonitor": "monitor",
    "sagemaker.core.processing.Processor": "processing",
    "sagemaker.core.transformer.Transformer": "transform",
    "sagemaker.core.helper.session_helper.Session": "session",
    "sagemaker.core.network.NetworkConfig": "setting",
    "sagemaker.core.instance_group.InstanceGroup": "setting",
    "sagemaker.serve.model_builder.ModelBuilder": "model",
}

NETWORK = {
    "subnets", "security_group_ids", "vpc_config", "network_config", "networking", "network", "vpc_config_override",
    "model_vpc_config", "enable_network_isolation", "encrypt_inter_container_traffic",
}

METHODS = {
    "deploy", "transformer", "create_model", "compile", "compile_model", "update_monitoring_schedule", "create_tuning_job",
    "auto_ml", "create_auto_ml_v2", "create_endpoint_config", "from_recipe", "from_jumpstart_config",
}

# Programs that run in containers; some parse the command line as they are imported.
SKIPPED = ("sagemaker.remote_function.invoke_function", "sagemaker.remote_function.runtime_environment")


def classes():
    found = {}
    for info in pkgutil.walk_packages(sagemaker.__path__, "sagemaker.", onerror=lambda name: None):
        if info.name.startswith(SKIPPED) or info.name.rsplit(".", 1)[-1].startswith("__"):
            continue
        try:
            module = importlib.import_module(info.name)
        except (Exception, SystemExit):  # an extra of the SDK that isn't installed
            continue
        for c in vars(module).values():
            if inspect.isclass(c) and c.__module__.split(".")[0] == "sagemaker":
                found[c.__module__ + "." + c.__qualname__] = c
    return found


def parameters(f):
    try:
        return list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):
        return []


def positional(f):
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return " ".join(p.name for p in parameters(f) if p.kind in kinds and p.name not in ("self", "cls"))


def keywords(c):
    """The keywords that a constructor takes: its own, and those of the classes that its **kwargs go up to."""
    names = set()
    for base in c.__mro__:
        init = base.__dict__.get("__init__")
        if init is None or base is object:
            continue
        names.update(p.name for p in parameters(init) if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL) and p.name != "self")
        if not any(p.kind == p.VAR_KEYWORD for p in parameters(init)):
            break
    if c.__module__.split(".")[2:3] not in (["shapes"], ["resources"]):
        names.update(getattr(c, "model_fields", ()))  # pydantic's
    return " ".join(sorted(names))


def function(f):
    return f.__func__ if isinstance(f, (classmethod, staticmethod)) else f


def described(c):
    kinds = [KINDS[b.__module__ + "." + b.__qualname__] for b in c.__mro__ if b.__module__ + "." + b.__qualname__ in KINDS]
    methods = {}
    for base in reversed(c.__mro__):
        for name, f in vars(base).items():
            if name.startswith("_") or not inspect.isfunction(function(f)):
                continue
            names = [p.name for p in parameters(function(f))]
            creates = name == "create" and c.__module__ == "sagemaker.core.resources"
            if name in METHODS or NETWORK & set(names) or creates:
                methods[name] = positional(function(f))
    takes = NETWORK & set(keywords(c).split()) or any(NETWORK & set(names.split()) for names in methods.values())
    takes = takes or "create" in methods
    if not kinds and not takes:
        return None
    return {"kind": kinds[0] if kinds else "", "positional": positional(c.__init__), "keywords": keywords(c), "methods": methods}


def main():
    out = {name: d for name, d in ((name, described(c)) for name, c in classes().items()) if d}
    version = importlib.metadata.version("sagemaker")
    text = json.dumps({"version": version, "classes": out}, indent=1, sort_keys=True) + "\n"
    here = os.path.dirname(os.path.abspath(__file__))
    file = os.path.join(here, "signatures.v%s.json" % version.split(".")[0])
    if "--check" in sys.argv:
        if open(file).read() != text:
            sys.exit("differs: " + file)
        return
    with open(file, "w") as f:
        f.write(text)


main()
