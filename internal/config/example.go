package config

// Example is a configuration whose every setting is a comment: what somebody begins with.
const Example = `# yaml-language-server: $schema=` + SchemaURI + `
# Settings of vpclint. Paths and globs are relative to this file's directory.

# The rules that run: default, or strict, which adds what not everybody wants ("vpclint rules" lists them).
# profile: strict

# Rules to turn on or off, or to give another severity: low, medium, high or critical.
# rules:
#   missing-output-key: {severity: medium}
#   single-subnet: {enabled: true}

# The only subnets and security groups that workloads may use.
# approved:
#   subnets: [subnet-0123456789abcdef0]
#   security-groups: [sg-0123456789abcdef0]

# What tells of the network that is there: saved output of "aws ec2 describe-subnets", -route-tables, -vpc-endpoints,
# -security-groups and others, and states of Terraform.
# network: [network/*.json]

# Saved output of "aws sagemaker describe-...", judged as the jobs that it describes.
# audit: [jobs/*.json]

# What Terraform and CloudFormation are run with.
# terraform:
#   var-files: [prod.tfvars]
# cloudformation:
#   parameters:
#     UsePrivateNetwork: "true"

# Paths that are not checked.
# exclude: ["examples/**"]

# Findings that are not to be reported. The reason is required, all else but the rule is not.
# ignore:
#   - rule: missing-output-key
#     path: "sandbox/**"
#     subject: "*"
#     reason: no data leaves the sandbox
#     until: 2027-01-31
`
