from sagemaker.core.shapes import VpcConfig
from sagemaker.train import SFTTrainer
from sagemaker.train.common import TrainingType

ROLE = "arn:aws:iam::111122223333:role/sagemaker"

vpc = VpcConfig(subnets=["subnet-0a"], security_group_ids=["sg-0a"])
trainer = SFTTrainer(
    model="meta-textgeneration-llama-3-2-1b-instruct", training_type=TrainingType.LORA, model_package_group="g",
    training_dataset="s3://b/train.jsonl", s3_output_path="s3://b/out", kms_key_id="alias/out", networking=vpc, role=ROLE,
)
trainer.train(wait=False)
SFTTrainer(
    "meta-textgeneration-llama-3-2-1b-instruct", TrainingType.FULL, "g", None, None, None, None, "s3://b/train.jsonl", None,
    "s3://b/out", "alias/other", VpcConfig(subnets=["subnet-0b"], security_group_ids=["sg-0b"]), role=ROLE,
).train(wait=False)
SFTTrainer(model="meta-textgeneration-llama-3-2-1b-instruct", model_package_group="g", training_dataset="s3://b/t.jsonl", role=ROLE).train(wait=False)
