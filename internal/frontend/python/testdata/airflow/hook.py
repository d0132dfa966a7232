from airflow.providers.amazon.aws.hooks.sagemaker import SageMakerHook

hook = SageMakerHook(aws_conn_id=None)
model = {"ModelName": "m", "ExecutionRoleArn": "arn:aws:iam::111122223333:role/r", "PrimaryContainer": {"Image": "img"}}
hook.create_model(model)
model = dict(model, VpcConfig={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
hook.create_model(config=model)
hook.create_processing_job(
    {
        "ProcessingJobName": "p", "AppSpecification": {"ImageUri": "img"},
        "RoleArn": "arn:aws:iam::111122223333:role/r",
        "ProcessingResources": {
            "ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1},
        },
        "NetworkConfig": {"EnableNetworkIsolation": True},
    },
    wait_for_completion=False,
)
hook.conn.create_notebook_instance(
    NotebookInstanceName="n", InstanceType="ml.t3.medium", RoleArn="arn:aws:iam::111122223333:role/r", SubnetId="subnet-2",
)
hook.get_conn().create_model(ModelName="k", ExecutionRoleArn="arn:aws:iam::111122223333:role/r")
