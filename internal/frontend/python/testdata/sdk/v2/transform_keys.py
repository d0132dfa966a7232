from sagemaker.estimator import Estimator
from sagemaker.pipeline import PipelineModel
from sagemaker.model import Model
from sagemaker.pytorch import PyTorch
from sagemaker.transformer import Transformer

role = "arn:aws:iam::111122223333:role/r"
Transformer("m", 1, "ml.m5.large", None, None, "s3://b/t", "alias/out", volume_kms_key="alias/vol").transform("s3://b/d", wait=False, logs=False)
Transformer("m", 2, "ml.c5.large", output_path="s3://b/u").transform("s3://b/d", wait=False, logs=False)
model = Model("img", "s3://b/m.tar.gz", role)
model.transformer(1, "ml.m5.large", None, None, "s3://b/v", "alias/positional").transform("s3://b/d", wait=False, logs=False)
estimator = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", output_kms_key="alias/model", volume_kms_key="alias/v")
estimator.fit(wait=False)
# Keys of the training job are not those of the transform job.
estimator.transformer(1, "ml.m5.large", output_path="s3://b/w").transform("s3://b/d", wait=False, logs=False)
estimator.transformer(
    3, "ml.m5.large", output_path="s3://b/x", output_kms_key="alias/x", volume_kms_key="alias/y",
).transform("s3://b/d", wait=False, logs=False)
