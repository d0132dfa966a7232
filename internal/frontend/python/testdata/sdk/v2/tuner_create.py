from sagemaker.estimator import Estimator
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner

role = "arn:aws:iam::111122223333:role/r"
metric = [{"Name": "loss", "Regex": "x"}]
a = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
b = Estimator("other", role, 1, "ml.m5.2xlarge", output_path="s3://b/o", enable_network_isolation=True)
tuner = HyperparameterTuner.create(
    estimator_dict={"a": a, "b": b},
    objective_metric_name_dict={"a": "loss", "b": "loss"},
    hyperparameter_ranges_dict={"a": {"lr": ContinuousParameter(0.1, 0.2)}, "b": {"lr": ContinuousParameter(0.1, 0.2)}},
    metric_definitions_dict={"a": metric, "b": metric})
tuner.fit({"a": "s3://b/d", "b": "s3://b/d"}, include_cls_metadata={"a": False, "b": False}, wait=False)
