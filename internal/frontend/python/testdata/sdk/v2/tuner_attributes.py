from sagemaker.estimator import Estimator
from sagemaker.tuner import HyperparameterTuner, IntegerParameter

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o")
est.enable_sagemaker_metrics = True
tuner = HyperparameterTuner(estimator=est, objective_metric_name="loss", hyperparameter_ranges={"n": IntegerParameter(1, 2)},
                            metric_definitions=[{"Name": "loss", "Regex": "x"}])
est.subnets = ["subnet-1"]
est.security_group_ids = ["sg-1"]
tuner.fit("s3://b/d", wait=False)
