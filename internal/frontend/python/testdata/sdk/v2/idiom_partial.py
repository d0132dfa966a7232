import argparse
from functools import partial
from sagemaker.estimator import Estimator

parser = argparse.ArgumentParser()
parser.add_argument("--subnets", nargs="+", default=["subnet-1"])
parser.add_argument("--security-group-ids", type=str, default="sg-1,sg-2")
parser.add_argument("--instance-count", type=int, default=2)
parser.add_argument("--encrypt", action="store_true")
args, _ = parser.parse_known_args([])
make = partial(Estimator, "img", "arn:aws:iam::111122223333:role/r", output_path="s3://b/o")
est = make(instance_count=args.instance_count, instance_type="ml.m5.xlarge", subnets=args.subnets,
           security_group_ids=args.security_group_ids.split(","), encrypt_inter_container_traffic=args.encrypt)
est.fit(wait=False)
