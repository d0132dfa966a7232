package model

import "github.com/vpclint/vpclint/internal/value"

// A Key encrypts. Without a policy KMS gives it one that leaves all to IAM. AWS: KMS API_CreateKey.
type Key struct {
	Meta              `tf:"aws_kms_key" aws:"AWS::KMS::Key" api:"CreateKey"`
	KeyPolicy         value.Policy `aws:"KeyPolicy" api:"Policy" tf:"policy"`
	Enabled           value.Bool   `aws:"Enabled" api:"-" tf:"is_enabled" default:"true"`
	EnableKeyRotation value.Bool   `aws:"EnableKeyRotation" api:"-" default:"false"`
}

// A KeyPolicy is the policy of a key that Terraform manages apart from it. AWS: KMS API_PutKeyPolicy.
type KeyPolicy struct {
	Meta   `tf:"aws_kms_key_policy" api:"PutKeyPolicy"`
	KeyID  value.String `aws:"KeyId"`
	Policy value.Policy `aws:"KeyPolicy" api:"Policy" tf:"policy"`
}

// An Alias is a name of a key, by which workloads may know it. AWS: KMS API_CreateAlias.
type Alias struct {
	Meta        `tf:"aws_kms_alias" aws:"AWS::KMS::Alias" api:"CreateAlias"`
	AliasName   value.String `aws:"AliasName" tf:"name"`
	TargetKeyID value.String `aws:"TargetKeyId"`
}
