import boto3


def request(name, count=1, subnets=None, groups=None):
    r = dict(
        TrainingJobName=name,
        AlgorithmSpecification=dict(TrainingImage="111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", TrainingInputMode="File"),
        RoleArn="arn:aws:iam::111122223333:role/sagemaker",
        OutputDataConfig=dict(S3OutputPath="s3://b/out"),
        ResourceConfig=dict(InstanceType="ml.m5.xlarge", InstanceCount=count, VolumeSizeInGB=30),
        StoppingCondition=dict(MaxRuntimeInSeconds=3600),
    )
    if subnets:
        r["VpcConfig"] = {"Subnets": subnets, "SecurityGroupIds": groups}
    return r


def main():
    sm = boto3.client("sagemaker")
    sm.create_training_job(**request("private", 2, ["subnet-0a"], ["sg-0a"]))
    sm.create_training_job(**request("public"))


if __name__ == "__main__":
    main()
