from sagemaker.estimator import Estimator

est = Estimator.attach("job")
