from dataclasses import asdict, dataclass, field
from typing import List, Optional
from sagemaker.estimator import Estimator


@dataclass
class Settings:
    image_uri: str
    role: str = "arn:aws:iam::111122223333:role/r"
    instance_count: int = 1
    instance_type: str = "ml.m5.xlarge"
    output_path: str = "s3://b/o"
    subnets: Optional[List[str]] = None
    security_group_ids: List[str] = field(default_factory=lambda: ["sg-1"])


settings = Settings("img", instance_count=2, subnets=["subnet-1"])
a = Estimator(image_uri=settings.image_uri, role=settings.role, instance_count=settings.instance_count, instance_type=settings.instance_type,
              output_path=settings.output_path, subnets=settings.subnets, security_group_ids=settings.security_group_ids)
b = Estimator(**asdict(settings))
a.fit(wait=False)
b.fit(wait=False)
