ALL = ["sg-1", "sg-2"]
