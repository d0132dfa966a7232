import boto3

sm = boto3.client("sagemaker")
user = {"ExecutionRole": "arn:aws:iam::111122223333:role/sagemaker", "SecurityGroups": ["sg-0a"]}
domain = sm.create_domain(
    DomainName="d", AuthMode="IAM", DefaultUserSettings=user, SubnetIds=["subnet-0a", "subnet-0b"], VpcId="vpc-0a",
    AppNetworkAccessType="VpcOnly", AppSecurityGroupManagement="Customer", KmsKeyId="alias/efs",
    DomainSettings={"SecurityGroupIds": ["sg-0b"]},
)
sm.create_domain(DomainName="e", AuthMode="IAM", DefaultUserSettings={"ExecutionRole": user["ExecutionRole"]})
sm.create_user_profile(DomainId="d-1", UserProfileName="u", UserSettings={"SecurityGroups": ["sg-0c"]})
sm.create_notebook_instance(
    NotebookInstanceName="n", InstanceType="ml.t3.medium", RoleArn=user["ExecutionRole"], SubnetId="subnet-0a",
    SecurityGroupIds=["sg-0a"], DirectInternetAccess="Disabled", RootAccess="Disabled", KmsKeyId="alias/vol",
    InstanceMetadataServiceConfiguration={"MinimumInstanceMetadataServiceVersion": "2"},
)
sm.create_notebook_instance(NotebookInstanceName="o", InstanceType="ml.t3.medium", RoleArn=user["ExecutionRole"])
