from sagemaker_core.main.resources import TrainingJob

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

common = {
    "role_arn": ROLE,
    "algorithm_specification": {"training_image": IMAGE, "training_input_mode": "File"},
    "output_data_config": {"s3_output_path": "s3://b/out", "kms_key_id": "alias/out"},
    "resource_config": {"instance_type": "ml.m5.xlarge", "instance_count": 2, "volume_size_in_gb": 30},
    "stopping_condition": {"max_runtime_in_seconds": 3600},
}
vpc = {"security_group_ids": ["sg-0a"]}
vpc["subnets"] = ["subnet-0a"]
TrainingJob.create(training_job_name="a", vpc_config=vpc, enable_network_isolation=False, **common)
TrainingJob.create("b", ROLE, common["output_data_config"], algorithm_specification=common["algorithm_specification"],
                   resource_config=common["resource_config"], stopping_condition={"max_runtime_in_seconds": 3600})
