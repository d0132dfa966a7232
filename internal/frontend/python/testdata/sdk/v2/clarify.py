import sagemaker
from sagemaker import clarify
from sagemaker.network import NetworkConfig

role = "arn:aws:iam::111122223333:role/r"
vpc = NetworkConfig(enable_network_isolation=False, subnets=["subnet-1"], security_group_ids=["sg-1"])
p = clarify.SageMakerClarifyProcessor(role=role, instance_count=1, instance_type="ml.c5.xlarge", network_config=vpc,
                                      sagemaker_session=sagemaker.Session())
data = clarify.DataConfig(s3_data_input_path="s3://b/d.csv", s3_output_path="s3://b/o", label="y", headers=["y", "x"],
                          dataset_type="text/csv")
bias = clarify.BiasConfig(label_values_or_threshold=[1], facet_name="x")
p.run_pre_training_bias(data, bias, wait=False, logs=False)
