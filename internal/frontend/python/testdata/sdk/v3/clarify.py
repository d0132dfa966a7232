from sagemaker.core import clarify
from sagemaker.core.helper.session_helper import Session
from sagemaker.core.network import NetworkConfig

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

processor = clarify.SageMakerClarifyProcessor(
    role=ROLE, instance_count=1, instance_type="ml.m5.xlarge", sagemaker_session=Session(),
    volume_kms_key="alias/vol", output_kms_key="alias/out",
    network_config=NetworkConfig(subnets=["subnet-0a"], security_group_ids=["sg-0a"]),
)
processor.run_pre_training_bias(
    clarify.DataConfig(s3_data_input_path="s3://b/in", s3_output_path="s3://b/out", label="y", headers=["x", "y"], dataset_type="text/csv"),
    clarify.BiasConfig(label_values_or_threshold=[1], facet_name="x"), wait=False, logs=False,
)
