from sagemaker.model import Model

infer_model_id = "huggingface-tc-models"
m = Model("img", "s3://b/m.tar.gz", "arn:aws:iam::111122223333:role/r",
          enable_network_isolation=False if infer_model_id == "huggingface-tc-models" else True)
n = Model("other", "s3://b/m.tar.gz", "arn:aws:iam::111122223333:role/r", enable_network_isolation=not infer_model_id.startswith("x"))
m.create(instance_type="ml.m5.large")
n.create(instance_type="ml.m5.large")
