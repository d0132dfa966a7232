variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "zones" {
  type    = list(string)
  default = ["eu-west-1a", "eu-west-1b"]
}

variable "notebook_internet_access" {
  description = "Analysts install packages from PyPI, so notebooks need the internet."
  type        = string
  default     = "Enabled"
}

variable "candidate_subnet_ids" {
  description = "Where the candidate model runs; the platform team hands out subnets by release."
  type        = list(string)
}
