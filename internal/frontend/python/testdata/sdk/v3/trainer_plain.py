from sagemaker.train.model_trainer import ModelTrainer

model_trainer = ModelTrainer(
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", role="arn:aws:iam::111122223333:role/sagemaker"
)
model_trainer.train(wait=False, logs=False)
