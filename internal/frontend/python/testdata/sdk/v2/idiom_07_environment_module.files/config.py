IMAGE = "img"
estimator = {"count": 2}
