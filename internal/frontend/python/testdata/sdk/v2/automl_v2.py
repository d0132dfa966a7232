from sagemaker.automl.automlv2 import AutoMLTabularConfig, AutoMLV2, AutoMLDataChannel

role = "arn:aws:iam::111122223333:role/r"
job = AutoMLV2(AutoMLTabularConfig(target_attribute_name="y"), role=role, output_path="s3://b/o",
               vpc_config={"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]})
job.fit(AutoMLDataChannel(s3_data_type="S3Prefix", s3_uri="s3://b/d"), wait=False)
