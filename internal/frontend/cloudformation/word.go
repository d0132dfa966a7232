package cloudformation

import "strings"

// isWord reports whether an attribute of a resource is one word, see value.AsWord: an id, an ARN, or a name of which the
// service allows no other characters. Names of IAM and of Secrets Manager may hold commas and more.
func isWord(typ, attr string) bool {
	switch typ {
	case "AWS::EC2::KeyPair", "AWS::EC2::PlacementGroup": // their names may be any ASCII text
		return attr != "Ref" && attr != "KeyName" && attr != "GroupName"
	case "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::Route": // "IGW|vpc-1", "rtb-1|0.0.0.0/0"
		return false
	case "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::KMS::Alias", "AWS::EFS::FileSystem", "AWS::EFS::AccessPoint",
		"AWS::ECR::Repository", "AWS::Lambda::Function", "AWS::SNS::Topic", "AWS::SQS::Queue":
		return true
	}
	// https://docs.aws.amazon.com/ec2/latest/userguide/resource-ids.html, and SageMaker's names are [a-zA-Z0-9-]:
	// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html
	return strings.HasPrefix(typ, "AWS::EC2::") || strings.HasPrefix(typ, "AWS::SageMaker::")
}

// holdsWord reports whether all values of a type of parameters are one word, see value.AsWord. Names of key pairs and of
// security groups, the other types that CloudFormation knows, may hold commas.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
func holdsWord(typ string) bool {
	switch typ {
	case "Number", "AWS::EC2::AvailabilityZone::Name":
		return true
	}
	return strings.HasPrefix(typ, "AWS::") && strings.HasSuffix(typ, "::Id")
}
