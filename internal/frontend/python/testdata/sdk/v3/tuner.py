from sagemaker.core.parameter import ContinuousParameter
from sagemaker.core.training.configs import Compute, Networking
from sagemaker.train import ModelTrainer
from sagemaker.train.tuner import HyperparameterTuner

trainer = ModelTrainer(
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", role="arn:aws:iam::111122223333:role/sagemaker",
    compute=Compute(instance_type="ml.m5.xlarge", instance_count=2),
    networking=Networking(subnets=["subnet-0a"], security_group_ids=["sg-0a"], enable_network_isolation=True),
)
tuner = HyperparameterTuner(
    trainer, "loss", {"lr": ContinuousParameter(0.01, 0.2)}, metric_definitions=[{"Name": "loss", "Regex": "l=(.*)"}],
    max_jobs=2, max_parallel_jobs=1,
)
tuner.tune(wait=False)
trainer.train(wait=False, logs=False)
plain = ModelTrainer(
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", role="arn:aws:iam::111122223333:role/sagemaker",
    networking=Networking(subnets=["subnet-0b"], security_group_ids=["sg-0b"]),
)
HyperparameterTuner(
    model_trainer=plain, objective_metric_name="loss", hyperparameter_ranges={"lr": ContinuousParameter(0.01, 0.2)},
    metric_definitions=[{"Name": "loss", "Regex": "l=(.*)"}],
).tune(wait=False)
