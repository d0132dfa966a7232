from sagemaker.model import Model

role = "arn:aws:iam::111122223333:role/r"
m = Model(image_uri="img", model_data="s3://b/m.tar.gz", role=role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
          enable_network_isolation=True)
t = m.transformer(1, "ml.m5.large", output_path="s3://b/t", volume_kms_key="kms-vol", output_kms_key="kms-out")
t.transform("s3://b/d", wait=False, logs=False)
