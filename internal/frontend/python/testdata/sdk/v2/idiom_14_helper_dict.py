from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor


def get_environment(project_name=None, ssm_params=None):
    env_data = {"ProcessingRole": "arn:aws:iam::111122223333:role/r", "SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroups": "sg-1"}
    for param in ssm_params or []:
        env_data[param["VariableName"]] = param.get("Value")
    if project_name:
        env_data["Project"] = project_name
    return env_data


def get_network(env):
    return NetworkConfig(enable_network_isolation=False, security_group_ids=env["SecurityGroups"].split(","), subnets=env["SubnetIds"])


env_data = get_environment(ssm_params=[{"VariableName": "KmsKey", "Value": "kms-vol"}])
p = Processor(env_data["ProcessingRole"], "img", 1, "ml.m5.xlarge", network_config=get_network(env_data), volume_kms_key=env_data["KmsKey"])
p.run(wait=False, logs=False)
