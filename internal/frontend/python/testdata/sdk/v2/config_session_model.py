import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

import sagemaker

# The methods of a session take what the file has, too.
session = sagemaker.Session()
session.create_model("m", "arn:aws:iam::111122223333:role/r", {"Image": "img"})
session.create_model("m", "arn:aws:iam::111122223333:role/r", {"Image": "img"}, vpc_config={"Subnets": ["subnet-own"], "SecurityGroupIds": ["sg-own"]}, enable_network_isolation=False)
