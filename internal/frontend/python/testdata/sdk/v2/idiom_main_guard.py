import logging
import os
import sagemaker
from sagemaker.estimator import Estimator

logger = logging.getLogger(__name__)


def main(subnet="subnet-1", group=None):
    """Trains in the private network."""
    try:
        role = sagemaker.get_execution_role()
    except Exception:
        role = "arn:aws:iam::111122223333:role/r"
    est = Estimator(image_uri="img", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o",
                    subnets=[subnet], security_group_ids=[group or "sg-1"])
    est.fit(wait=False)
    logger.info("%s", est.latest_training_job.name)


if __name__ == "__main__":
    main()
