from sagemaker_core import resources, shapes

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

security = shapes.AutoMLSecurityConfig(
    volume_kms_key_id="alias/vol", enable_inter_container_traffic_encryption=True,
    vpc_config=shapes.VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
)
data = shapes.AutoMLDataSource(s3_data_source=shapes.AutoMLS3DataSource(s3_data_type="S3Prefix", s3_uri="s3://b/in"))
output = shapes.AutoMLOutputDataConfig(s3_output_path="s3://b/out", kms_key_id="alias/out")
resources.AutoMLJob.create(
    auto_ml_job_name="a", role_arn=ROLE, output_data_config=output,
    input_data_config=[shapes.AutoMLChannel(data_source=data, target_attribute_name="y")],
    auto_ml_job_config=shapes.AutoMLJobConfig(security_config=security),
)
resources.AutoMLJobV2.create(
    auto_ml_job_name="b", role_arn=ROLE, output_data_config=output,
    auto_ml_job_input_data_config=[shapes.AutoMLJobChannel(data_source=data)],
    auto_ml_problem_type_config=shapes.AutoMLProblemTypeConfig(
        tabular_job_config=shapes.TabularJobConfig(target_attribute_name="y")
    ),
    security_config=security,
)
