from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor, ProcessingOutput, ScriptProcessor
from sagemaker.sklearn.processing import SKLearnProcessor

role = "arn:aws:iam::111122223333:role/r"
a = Processor(role=role, image_uri="img", instance_count=2, instance_type="ml.m5.xlarge", volume_kms_key="kms-vol",
              output_kms_key="kms-out", env={"A": "b"}, network_config=NetworkConfig(True))
b = ScriptProcessor(role, "img", ["python3"], 1, "ml.m5.xlarge", network_config=None)
c = SKLearnProcessor("1.2-1", role, 1, "ml.m5.xlarge", ["python3"], 30, "kms-vol", "kms-out", 3600, None, None, None, None,
                     NetworkConfig(False, ["sg-1"], ["subnet-1"], False))
a.run(outputs=[ProcessingOutput(source="/opt/ml/processing/output", destination="s3://b/o")], wait=False, logs=False)
b.run(code="s3://b/x.py", wait=False, logs=False)
c.run(code="s3://b/x.py", outputs=[ProcessingOutput(source="/opt/ml/processing/output", destination="s3://b/o")], wait=False, logs=False)
