import sagemaker

sess = sagemaker.Session()
sess.tune(job_name="job", strategy="Bayesian", objective_type="Maximize", objective_metric_name="loss", max_jobs=1, max_parallel_jobs=1,
          parameter_ranges={}, static_hyperparameters={}, input_mode="File", metric_definitions=[], role="arn:aws:iam::111122223333:role/r",
          input_config=[], output_config={"S3OutputPath": "s3://b/o"}, stop_condition={"MaxRuntimeInSeconds": 60}, tags=[],
          resource_config={"InstanceCount": 2, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}, warm_start_config=None,
          image_uri="img", vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, encrypt_inter_container_traffic=True,
          enable_network_isolation=True)
