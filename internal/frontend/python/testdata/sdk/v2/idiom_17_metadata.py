import json
import os
from sagemaker.processing import Processor
from sagemaker.network import NetworkConfig

os.environ["METADATA"] = '{"PrivateSubnetIds": ["subnet-1"], "Groups": {"train": "sg-1"}, "Count": 2}'
md = json.loads(os.environ["METADATA"])
PRIVATE_SUBNETS_IDS = md["PrivateSubnetIds"]
p = Processor("arn:aws:iam::111122223333:role/r", "img", md["Count"], "ml.m5.xlarge",
              network_config=NetworkConfig(subnets=PRIVATE_SUBNETS_IDS, security_group_ids=[md["Groups"]["train"]]))
p.run(wait=False, logs=False)
