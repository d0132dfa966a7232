from sagemaker.core.training.configs import Networking
from sagemaker.train.dpo_trainer import DPOTrainer
from sagemaker.train.rlaif_trainer import RLAIFTrainer
from sagemaker.train.rlvr_trainer import RLVRTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"

REWARD = "arn:aws:sagemaker:us-east-1:111122223333:hub-content/h/Evaluator/r/1.0.0"
common = dict(
    model="meta-textgeneration-llama-3-2-1b-instruct", model_package_group="g", training_dataset="s3://b/t.jsonl", role=ROLE,
    s3_output_path="s3://b/out",
)
DPOTrainer(**common, networking=Networking(subnets=["subnet-0a"], security_group_ids=["sg-0a"])).train(wait=False)
rlvr = RLVRTrainer(**common, custom_reward_function=REWARD, skip_reward_validation=True, kms_key_id="alias/out")
rlvr.networking = Networking(subnets=["subnet-0b"], security_group_ids=["sg-0b"])
rlvr.train(wait=False)
RLVRTrainer(**common, custom_reward_function=REWARD, skip_reward_validation=True).train(wait=False)
RLAIFTrainer(
    **common, reward_model_id="openai.gpt-oss-120b-1:0", reward_prompt=REWARD, kms_key_id="alias/out",
    networking=Networking(subnets=["subnet-0c"], security_group_ids=["sg-0c"]),
).train(wait=False)
