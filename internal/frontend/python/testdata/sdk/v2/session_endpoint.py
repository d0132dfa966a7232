import sagemaker

sess = sagemaker.Session()
variant = sagemaker.production_variant("m", "ml.m5.large", 1)
sess.endpoint_from_production_variants("e", [variant], None, "kms", False)
