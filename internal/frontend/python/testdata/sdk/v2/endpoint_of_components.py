from sagemaker.compute_resource_requirements.resource_requirements import ResourceRequirements
from sagemaker.enums import EndpointType
from sagemaker.model import Model

role = "arn:aws:iam::111122223333:role/r"
m = Model("img", "s3://b/m.tar.gz", role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
m.deploy(1, "ml.g5.xlarge", endpoint_type=EndpointType.INFERENCE_COMPONENT_BASED, wait=False,
         resources=ResourceRequirements(requests={"num_accelerators": 1, "memory": 1024, "copies": 1}))
