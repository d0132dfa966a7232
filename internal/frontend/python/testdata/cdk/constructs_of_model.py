import aws_cdk as cdk
import aws_cdk.aws_sagemaker_alpha as sagemaker
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr

app = cdk.App()
stack = cdk.Stack(app, "Models", env=cdk.Environment(account="111122223333", region="us-east-1"))
vpc = ec2.Vpc(stack, "Vpc")
repository = ecr.Repository.from_repository_name(stack, "Repository", "r")
image = sagemaker.ContainerImage.from_ecr_repository(repository, "latest")
bare = sagemaker.Model(stack, "Bare", containers=[sagemaker.ContainerDefinition(image=image)])
placed = sagemaker.Model(
    stack, "Placed", containers=[sagemaker.ContainerDefinition(image=image)], vpc=vpc, network_isolation=True,
)
