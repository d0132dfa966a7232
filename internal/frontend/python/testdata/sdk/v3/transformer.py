from sagemaker.core.transformer import Transformer

Transformer(
    model_name="m", instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/out", output_kms_key="alias/out",
    volume_kms_key="alias/vol",
).transform("s3://b/in", wait=False, logs=False)
