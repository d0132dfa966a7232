import config as cfg
import sagemaker_environment as smenv
from settings.network import GROUPS
from sagemaker.estimator import Estimator

est = Estimator(cfg.IMAGE, smenv.SAGEMAKER_ROLE_ARN, cfg.estimator["count"], "ml.m5.xlarge", output_path="s3://b/o",
                subnets=smenv.SAGEMAKER_SUBNETS, security_group_ids=GROUPS, volume_kms_key=smenv.SAGEMAKER_KMS_KEY_ID)
est.fit(wait=False)
