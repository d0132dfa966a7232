from sagemaker_core.resources import Domain, NotebookInstance, UserProfile
from sagemaker_core.shapes import DomainSettings, InstanceMetadataServiceConfiguration, UserSettings

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
Domain.create(
    domain_name="d", auth_mode="IAM", default_user_settings=UserSettings(execution_role=ROLE, security_groups=["sg-0a"]),
    subnet_ids=["subnet-0a"], vpc_id="vpc-0a", app_network_access_type="VpcOnly", app_security_group_management="Customer",
    domain_settings=DomainSettings(security_group_ids=["sg-0b"]), kms_key_id="alias/efs",
)
Domain.create(domain_name="e", auth_mode="IAM", default_user_settings=UserSettings(execution_role=ROLE))
UserProfile.create(domain_id="d-1", user_profile_name="u", user_settings=UserSettings(security_groups=["sg-0c"]))
NotebookInstance.create(
    notebook_instance_name="n", instance_type="ml.t3.medium", role_arn=ROLE, subnet_id="subnet-0a", security_group_ids=["sg-0a"],
    direct_internet_access="Disabled", root_access="Disabled", kms_key_id="alias/vol", volume_size_in_gb=20,
    instance_metadata_service_configuration=InstanceMetadataServiceConfiguration(minimum_instance_metadata_service_version="2"),
)
NotebookInstance.create("o", "ml.t3.medium", ROLE, "subnet-0b", ["sg-0b"])
