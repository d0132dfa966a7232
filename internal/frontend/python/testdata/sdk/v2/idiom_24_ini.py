import configparser
from sagemaker.estimator import Estimator

ini = configparser.ConfigParser()
ini.read("settings.ini")
est = Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o",
                subnets=[ini["vpc"]["subnet"]], security_group_ids=[ini.get("vpc", "group")])
est.fit(wait=False)
