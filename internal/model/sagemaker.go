package model

import "github.com/vpclint/vpclint/internal/value"

// A VPCConfig is where a workload is attached to a VPC. AWS: API_VpcConfig.
type VPCConfig struct {
	Subnets          value.Strings `aws:"Subnets"`
	SecurityGroupIDs value.Strings `aws:"SecurityGroupIds"`
}

// Isolation is whether a container reaches any network, and whether the traffic between a job's instances is encrypted.
// SageMaker does neither unless it is asked to. AWS: "Run training and inference containers in internet-free mode".
type Isolation struct {
	EnableNetworkIsolation                value.Bool `aws:"EnableNetworkIsolation" default:"false"`
	EnableInterContainerTrafficEncryption value.Bool `aws:"EnableInterContainerTrafficEncryption" default:"false"`
}

// A NetworkConfig is the network of a processing or monitoring job. AWS: API_NetworkConfig.
type NetworkConfig struct {
	Isolation
	VPCConfig VPCConfig `aws:"VpcConfig"`
}

// A ClusterConfig is the instances of a monitoring job. AWS: API_MonitoringClusterConfig.
type ClusterConfig struct {
	InstanceCount  value.Int    `aws:"InstanceCount" default:"1"`
	InstanceType   value.String `aws:"InstanceType"`
	VolumeKMSKeyID value.String `aws:"VolumeKmsKeyId"`
}

// An Output is where a job writes its results. AWS: API_OutputDataConfig and others of the same members.
type Output struct {
	KMSKeyID     value.String `aws:"KmsKeyId"`
	S3OutputPath value.String `aws:"S3OutputPath"`
}

// An OutputLocation is an Output by another name. AWS: API_OutputConfig, API_EdgeOutputConfig.
type OutputLocation struct {
	KMSKeyID         value.String `aws:"KmsKeyId"`
	S3OutputLocation value.String `aws:"S3OutputLocation"`
}

// Presence is a member of which only matters whether it is there.
type Presence struct{ value.Leaf }

// Set holds where the member is there. A nested block of Terraform's is a list of its blocks, and none is absence: that is
// what a dynamic block without elements comes to.
func (p Presence) Set() value.Truth {
	return p.Each(func(v value.Value) value.Truth {
		if v.Kind() == value.KindList {
			return v.NonEmpty()
		}
		return v.Set()
	})
}

// A Block is a nested struct that may be there in some worlds only.
type Block struct {
	// Body is the object that it was read from.
	Body value.Value
	// When is the world in which it is an element of its list.
	When value.World
}

func (b *Block) block(v value.Value)        { b.Body = v }
func (b *Block) condition(when value.World) { b.When = when }
