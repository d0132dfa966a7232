import sagemaker.train
from sagemaker.core.training import configs


class Networks:
    @staticmethod
    def create(subnets, groups, isolated=True):
        return configs.Networking(subnets=subnets, security_group_ids=groups, enable_network_isolation=isolated)


def make(name, networking=None, **options):
    return sagemaker.train.ModelTrainer(
        training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", role="arn:aws:iam::111122223333:role/sagemaker",
        base_job_name=name, networking=networking, **options,
    )


SUBNETS = "subnet-0a,subnet-0b".split(",")
make("a", Networks.create(SUBNETS, ["sg-0a"]), compute=configs.Compute(instance_count=2)).train(wait=False, logs=False)
make("b", networking=Networks.create([SUBNETS[0]], ["sg-0a"], isolated=False)).train(wait=False, logs=False)
make("c").train(wait=False, logs=False)
