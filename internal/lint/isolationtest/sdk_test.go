package isolationtest

import (
	"fmt"
	"strings"
)

// A call is one of the Python SDK's constructors, with the keywords that say something.
type call struct {
	strings.Builder
	name string
}

func construct(name string) *call { return &call{name: name} }

// set adds a keyword for a member of an object, where that is there.
func (c *call) set(keyword string, o object, name string) {
	for _, m := range o {
		if m.name == name {
			fmt.Fprintf(c, "    %s=%s,\n", keyword, pythonForm.text(m.value, "    "))
		}
	}
}

func (c *call) code() string { return c.name + "(\n" + c.String() + ")" }

// sdk spells a request with version 2 of the Python SDK.
func sdk(k kind, name string, r object) (string, bool) {
	if lacks(r, []string{"InstancePreferences"}) {
		return "", false
	}
	c := construct("")
	from := "sagemaker.estimator import Estimator"
	switch k.operation {
	case "CreateTrainingJob":
		c.name = "Estimator"
		resources := r.object("ResourceConfig")
		c.cluster(resources)
		c.set("output_kms_key", r.object("OutputDataConfig"), "KmsKeyId")
		c.vpc(r.object("VpcConfig"))
		c.set("enable_network_isolation", r, "EnableNetworkIsolation")
		c.set("encrypt_inter_container_traffic", r, "EnableInterContainerTrafficEncryption")
		if groups := resources.list("InstanceGroups"); groups != nil {
			from = "sagemaker.estimator import Estimator\nfrom sagemaker.instance_group import InstanceGroup"
			var list []string
			for _, g := range groups {
				list = append(list, fmt.Sprintf("InstanceGroup(%q, %q, %d)", g.at("InstanceGroupName"), g.at("InstanceType"), g.at("InstanceCount")))
			}
			fmt.Fprintf(c, "    instance_groups=[%s],\n", strings.Join(list, ", "))
		}
	case "CreateProcessingJob":
		if r.at("ProcessingOutputConfig") == nil {
			return "", false // a processor's run() has the outputs
		}
		c.name, from = "Processor", "sagemaker.network import NetworkConfig\nfrom sagemaker.processing import Processor"
		c.cluster(r.object("ProcessingResources.ClusterConfig"))
		c.set("output_kms_key", r.object("ProcessingOutputConfig"), "KmsKeyId")
		if n := r.object("NetworkConfig"); n != nil {
			inner := construct("NetworkConfig")
			inner.set("enable_network_isolation", n, "EnableNetworkIsolation")
			inner.set("encrypt_inter_container_traffic", n, "EnableInterContainerTrafficEncryption")
			inner.vpc(n.object("VpcConfig"))
			fmt.Fprintf(c, "    network_config=%s,\n", inner.code())
		}
	case "CreateTransformJob":
		c.name, from = "Transformer", "sagemaker.transformer import Transformer"
		c.WriteString("    model_name=\"churn\",\n")
		c.cluster(r.object("TransformResources"))
		c.set("output_kms_key", r.object("TransformOutput"), "KmsKeyId")
	case "CreateModel":
		container := r.object("PrimaryContainer")
		if container == nil {
			return "", false
		}
		c.name, from = "Model", "sagemaker.model import Model"
		c.set("vpc_config", r, "VpcConfig")
		c.set("enable_network_isolation", r, "EnableNetworkIsolation")
		c.set("image_config", container, "ImageConfig")
	default:
		return "", false
	}
	if c.name != "Transformer" {
		fmt.Fprintf(c, "    image_uri=%q,\n    role=%q,\n", image, role)
	}
	return fmt.Sprintf("from %s\n\nworkload = %s\n", from, c.code()), true
}

func (c *call) cluster(o object) {
	c.set("instance_count", o, "InstanceCount")
	c.set("instance_type", o, "InstanceType")
	c.set("volume_kms_key", o, "VolumeKmsKeyId")
}

func (c *call) vpc(o object) {
	c.set("subnets", o, "Subnets")
	c.set("security_group_ids", o, "SecurityGroupIds")
}

// trainer spells a training job with version 3 of the Python SDK.
func trainer(k kind, name string, r object) (string, bool) {
	resources := r.object("ResourceConfig")
	if k.operation != "CreateTrainingJob" || resources.at("InstanceCount") == nil {
		return "", false
	}
	c := construct("ModelTrainer")
	fmt.Fprintf(c, "    training_image=%q,\n    role=%q,\n", image, role)
	compute := construct("Compute")
	compute.set("instance_count", resources, "InstanceCount")
	compute.set("instance_type", resources, "InstanceType")
	compute.set("volume_kms_key_id", resources, "VolumeKmsKeyId")
	networking := construct("Networking")
	networking.vpc(r.object("VpcConfig"))
	networking.set("enable_network_isolation", r, "EnableNetworkIsolation")
	networking.set("enable_inter_container_traffic_encryption", r, "EnableInterContainerTrafficEncryption")
	output := construct("OutputDataConfig")
	output.set("s3_output_path", r.object("OutputDataConfig"), "S3OutputPath")
	output.set("kms_key_id", r.object("OutputDataConfig"), "KmsKeyId")
	fmt.Fprintf(c, "    compute=%s,\n    networking=%s,\n    output_data_config=%s,\n", compute.code(), networking.code(), output.code())
	return "from sagemaker.modules.configs import Compute, Networking, OutputDataConfig\nfrom sagemaker.modules.train import ModelTrainer\n\nworkload = " +
		c.code() + "\n", true
}
