from sagemaker.core.training.configs import HyperPodCompute
from sagemaker.train import CPTTrainer, SFTTrainer

SFTTrainer(model="m", compute=HyperPodCompute(cluster_name="c", instance_type="ml.p4d.24xlarge", node_count=2), training_dataset="s3://b/t")
CPTTrainer(model="m", compute=HyperPodCompute(cluster_name="c"), training_dataset="s3://b/t")
