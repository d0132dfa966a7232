from sagemaker.serve import ModelBuilder, SchemaBuilder
from sagemaker.session import Session

role = "arn:aws:iam::111122223333:role/r"
builder = ModelBuilder(model="m", schema_builder=SchemaBuilder("x", "y"), role_arn=role, instance_type="ml.g5.xlarge",
                       sagemaker_session=Session(), vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
model = builder.build()
model.deploy(initial_instance_count=1, instance_type="ml.g5.xlarge", wait=False)
