package model

import "github.com/vpclint/vpclint/internal/value"

// A PublicAccess is what of a bucket S3 keeps from the public, whatever its policy and lists say.
// AWS: API_PublicAccessBlockConfiguration.
type PublicAccess struct {
	BlockPublicACLs       value.Bool `aws:"BlockPublicAcls" default:"false"`
	BlockPublicPolicy     value.Bool `aws:"BlockPublicPolicy" default:"false"`
	IgnorePublicACLs      value.Bool `aws:"IgnorePublicAcls" default:"false"`
	RestrictPublicBuckets value.Bool `aws:"RestrictPublicBuckets" default:"false"`
}

// A PublicAccessSetting is a PublicAccess that is written in its bucket. Where it isn't there, S3 blocks all public access
// to a new bucket. AWS: S3 user guide, "Default settings for new S3 buckets".
type PublicAccessSetting struct {
	Block
	PublicAccess
}

// A Bucket holds what workloads read and write. In Terraform its policy and what it keeps from the public stand apart; the
// inline policy is of old configurations. AWS: API_CreateBucket.
type Bucket struct {
	Meta         `tf:"aws_s3_bucket" aws:"AWS::S3::Bucket" api:"CreateBucket"`
	BucketName   value.String `aws:"BucketName" api:"Bucket" tf:"bucket"`
	BucketPrefix value.String `aws:"-" tf:"bucket_prefix"`
	InlinePolicy value.Policy `aws:"-" tf:"policy"`
	// PublicAccessBlock is one at most.
	PublicAccessBlock []PublicAccessSetting `aws:"PublicAccessBlockConfiguration" api:"-" tf:"-"`
}

// A BucketPolicy is a bucket's policy. AWS: API_PutBucketPolicy.
type BucketPolicy struct {
	Meta           `tf:"aws_s3_bucket_policy" aws:"AWS::S3::BucketPolicy" api:"PutBucketPolicy"`
	Bucket         value.String `aws:"Bucket"`
	PolicyDocument value.Policy `aws:"PolicyDocument" api:"Policy" tf:"policy"`
}

// A PublicAccessBlock is what a bucket keeps from the public, apart from it. AWS: API_PutPublicAccessBlock.
type PublicAccessBlock struct {
	Meta         `tf:"aws_s3_bucket_public_access_block" api:"PutPublicAccessBlock"`
	Bucket       value.String `aws:"Bucket"`
	PublicAccess `api:"PublicAccessBlockConfiguration"`
}
