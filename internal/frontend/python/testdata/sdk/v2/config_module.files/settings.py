import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.path.dirname(os.path.abspath(__file__))
