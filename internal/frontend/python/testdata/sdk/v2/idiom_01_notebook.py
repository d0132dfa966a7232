import sagemaker
from sagemaker.image_uris import retrieve
from sagemaker.inputs import TrainingInput

role = "arn:aws:iam::111122223333:role/r"
session = sagemaker.Session()
region = session.boto_region_name
container = retrieve("xgboost", region, "1.7-1")
xgb = sagemaker.estimator.Estimator(
    container,
    role,
    instance_count=1,
    instance_type="ml.m4.xlarge",
    output_path="s3://{}/{}/output".format("b", "prefix"),
    sagemaker_session=session,
)
xgb.set_hyperparameters(max_depth=5, eta=0.2)
xgb.fit({"train": TrainingInput(s3_data="s3://b/train", content_type="csv")}, wait=False)
