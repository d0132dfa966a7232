"""Trains the demand forecast. Run by the nightly build: python -m training.train"""

from sagemaker.network import NetworkConfig
from sagemaker.processing import ProcessingInput, ProcessingOutput
from sagemaker.pytorch import PyTorch
from sagemaker.sklearn import SKLearn
from sagemaker.sklearn.processing import SKLearnProcessor

from training import config

DATA = f"s3://{config.BUCKET}/sales"

features = SKLearnProcessor(
    framework_version="1.2-1",
    role=config.ROLE_ARN,
    instance_type="ml.m5.xlarge",
    instance_count=2,
    base_job_name="sales-features",
    network_config=NetworkConfig(
        subnets=config.PRIVATE_SUBNETS,
        security_group_ids=config.SECURITY_GROUPS,
        enable_network_isolation=True,
        encrypt_inter_container_traffic=True,
    ),
)

# The simple model that the forecast has to beat.
baseline = SKLearn(
    entry_point="baseline.py",
    source_dir="training/src",
    framework_version="1.2-1",
    role=config.ROLE_ARN,
    instance_type="ml.m5.large",
    instance_count=1,
)

forecast = PyTorch(
    entry_point="forecast.py",
    source_dir="training/src",
    framework_version="2.3",
    py_version="py311",
    role=config.ROLE_ARN,
    instance_type="ml.g5.xlarge",
    instance_count=1,
    # Downloads the holiday calendar while it trains.
    subnets=["subnet-0a1b93c5d7e2f4068"],
    security_group_ids=config.SECURITY_GROUPS,
    hyperparameters={"epochs": 40, "horizon": 28},
    environment={"WAREHOUSE_USER": "forecast", "WAREHOUSE_PASSWORD": "nw7-Quillon-Terrace"},
)


def main():
    features.run(
        code="training/src/features.py",
        inputs=[ProcessingInput(source=f"{DATA}/raw", destination="/opt/ml/processing/input")],
        outputs=[ProcessingOutput(source="/opt/ml/processing/output", destination=f"{DATA}/features")],
    )
    baseline.fit({"train": f"{DATA}/features"}, wait=False)
    forecast.fit({"train": f"{DATA}/features"})


if __name__ == "__main__":
    main()
