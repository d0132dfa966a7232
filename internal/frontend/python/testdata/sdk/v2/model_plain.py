from sagemaker import Model

m = Model(image_uri="img", model_data="s3://b/m.tar.gz", role="arn:aws:iam::111122223333:role/r")
m.create(instance_type="ml.m5.xlarge")
