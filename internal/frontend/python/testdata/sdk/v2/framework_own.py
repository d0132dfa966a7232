from sagemaker.estimator import Framework


class Mine(Framework):
    _framework_name = "mine"
    py_version = "py3"

    def __init__(self, entry_point, framework_version, source_dir=None, hyperparameters=None, **kwargs):
        super(Mine, self).__init__(entry_point, source_dir, hyperparameters, image_uri="img", **kwargs)
        self.framework_version = framework_version

    def create_model(self, **kwargs):
        return None


class Private(Mine):
    def __init__(self, entry_point, version="1", **kwargs):
        kwargs.setdefault("subnets", ["subnet-1"])
        kwargs["security_group_ids"] = ["sg-1"]
        super().__init__(entry_point, version, **kwargs)


role = "arn:aws:iam::111122223333:role/r"
a = Mine("train.py", "1", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o", code_location="s3://b/c")
a.fit(wait=False)
b = Private("train.py", role=role, instance_count=2, instance_type="ml.m5.xlarge", output_path="s3://b/o", code_location="s3://b/c")
b.fit(wait=False)
