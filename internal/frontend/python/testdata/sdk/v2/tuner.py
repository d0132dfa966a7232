from sagemaker.estimator import Estimator
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 2, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"],
                encrypt_inter_container_traffic=True, volume_kms_key="kms-vol", output_kms_key="kms-out")
tuner = HyperparameterTuner(est, "loss", {"lr": ContinuousParameter(0.1, 0.2)}, [{"Name": "loss", "Regex": "x"}])
tuner.fit("s3://b/d", wait=False)
