package encryption

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

const volumes = "its volumes"

// Volumes returns the members by which a resource names keys for the volumes of its instances; none for a kind that has no
// such member.
func Volumes(r model.Resource) []Store {
	out := volumesOf(r)
	for i := range out {
		if out[i].Data == "" {
			out[i].Data = volumes
		}
		if r.Head().Raw.Partial {
			// Which instances there are stands elsewhere.
			out[i].Applies = value.Yes()
		}
	}
	return known(out)
}

// known drops the members that the resource's dialect doesn't have.
func known(stores []Store) []Store {
	out := stores[:0]
	for _, s := range stores {
		if s.Key.Known {
			out = append(out, s)
		}
	}
	return out
}

func volumesOf(r model.Resource) []Store {
	switch r := r.(type) {
	case *model.TrainingJob:
		return []Store{{Member: "ResourceConfig.VolumeKmsKeyId", Key: r.ResourceConfig.VolumeKMSKeyID, Applies: training(&r.ResourceConfig)}}
	case *model.HyperParameterTuningJob:
		return definitions(r, func(d *model.TrainingJobDefinition, path string) []Store {
			return []Store{
				{Member: path + "ResourceConfig.VolumeKmsKeyId", Key: d.ResourceConfig.VolumeKMSKeyID,
					Applies: training(&d.ResourceConfig).And(d.Tuning.Set().Not())},
				{Member: path + "HyperParameterTuningResourceConfig.VolumeKmsKeyId", Key: d.TuningResourceConfig.VolumeKMSKeyID,
					Applies: elasticOnly(tuning(&d.TuningResourceConfig))},
			}
		})
	case *model.ProcessingJob:
		instances := append(one(r.Cluster.InstanceType), preferred(r.Cluster.InstancePreferences)...)
		return []Store{{Member: "ProcessingResources.ClusterConfig.VolumeKmsKeyId", Key: r.Cluster.VolumeKMSKeyID, Applies: elasticOnly(instances)}}
	case *model.TransformJob:
		return []Store{{Member: "TransformResources.VolumeKmsKeyId", Key: r.VolumeKMSKeyID, Applies: elasticOnly(one(r.InstanceType))}}
	case *model.AutoMLJob:
		return []Store{{Member: "AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId", Key: r.SecurityConfig.VolumeKMSKeyID, Applies: value.Yes()}}
	case *model.AutoMLJobV2:
		return []Store{{Member: "SecurityConfig.VolumeKmsKeyId", Key: r.SecurityConfig.VolumeKMSKeyID, Applies: value.Yes()}}
	case *model.LabelingJob:
		// Only automated labeling has instances. AWS: API_LabelingJobResourceConfig.
		return []Store{{Member: "LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId", Key: r.VolumeKMSKeyID, Applies: r.AlgorithmsConfig.Set()}}
	case *model.InferenceRecommendationsJob:
		return []Store{{Member: "InputConfig.VolumeKmsKeyId", Key: r.VolumeKMSKeyID, Applies: recommended(r)}}
	case *model.EndpointConfig:
		return []Store{{Member: "KmsKeyId", Key: r.KMSKeyID, Applies: elasticOnly(variants(r.ProductionVariants, r.ShadowProductionVariants))}}
	case *model.InferenceExperiment:
		return []Store{{Member: "KmsKey", Key: r.KMSKey, Applies: elasticOnly(experiment(r.ModelVariants))}}
	case *model.NotebookInstance:
		// Its volume is an elastic one whatever its type. AWS: API_CreateNotebookInstance, VolumeSizeInGB and KmsKeyId.
		return []Store{{Member: "KmsKeyId", Data: "its volume", Key: r.KMSKeyID, Applies: value.Yes()}}
	case *model.Domain:
		// The file system's own member is the older name of the same. AWS: API_CreateDomain, HomeEfsFileSystemKmsKeyId.
		return []Store{{Member: "KmsKeyId", Data: "its file system and volumes", Key: r.KMSKeyID, Applies: r.HomeEFSFileSystemKMSKeyID.NonEmpty().Not()}}
	case *model.Cluster:
		return groups(r)
	}
	return monitored(r)
}

func monitored(r model.Resource) []Store {
	job := func(c *model.ClusterConfig) []Store {
		return []Store{{Member: "JobResources.ClusterConfig.VolumeKmsKeyId", Key: c.VolumeKMSKeyID, Applies: elasticOnly(one(c.InstanceType))}}
	}
	switch r := r.(type) {
	case *model.DataQualityJobDefinition:
		return job(&r.Cluster)
	case *model.ModelQualityJobDefinition:
		return job(&r.Cluster)
	case *model.ModelBiasJobDefinition:
		return job(&r.Cluster)
	case *model.ModelExplainabilityJobDefinition:
		return job(&r.Cluster)
	case *model.MonitoringSchedule:
		out := job(&r.Definition.Cluster)
		out[0].Member = model.InlineDefinition + "MonitoringResources.ClusterConfig.VolumeKmsKeyId"
		out[0].Applies = out[0].Applies.And(r.Definition.Body.Set())
		return out
	}
	return nil
}

// definitions gathers what the training definitions of a tuning job have, each in the worlds in which it is there.
func definitions(j *model.HyperParameterTuningJob, of func(d *model.TrainingJobDefinition, path string) []Store) []Store {
	places := j.Placements() // the single definition, then those of the list
	var out []Store
	add := func(d *model.TrainingJobDefinition, path string, i int) {
		for _, s := range of(d, path) {
			s.Part = places[i].Part
			s.Applies = s.Applies.And(places[i].Applies)
			out = append(out, s)
		}
	}
	add(&j.Definition, "TrainingJobDefinition.", 0)
	for i := range j.Definitions {
		add(&j.Definitions[i], "TrainingJobDefinitions.", i+1)
	}
	return out
}

// recommended says in which worlds a load test takes a key: where it is told which instances to try, none of which has
// volumes of its own, or where it chooses them itself.
func recommended(r *model.InferenceRecommendationsJob) value.Truth {
	if len(r.Configurations) == 0 {
		return value.Yes()
	}
	var instances []instance
	for i := range r.Configurations {
		c := &r.Configurations[i]
		t := of(c.Block, c.InstanceType)
		t.when = t.when.And(c.ServerlessConfig.Set().Not())
		instances = append(instances, t)
	}
	return elasticOnly(instances)
}

// groups returns the volumes of a cluster's groups: the root volume, which a configuration of its own names the key for,
// and a second one. They are elastic ones whatever the type. AWS: API_ClusterEbsVolumeConfig.
func groups(c *model.Cluster) []Store {
	var out []Store
	for i := range c.InstanceGroups {
		g := &c.InstanceGroups[i]
		disks := make([]*model.GroupDisk, len(g.Storage))
		for i := range g.Storage {
			disks[i] = &g.Storage[i].GroupDisk
		}
		out = append(out, group("InstanceGroups", g.Block, g.StorageList, disks)...)
	}
	for i := range c.RestrictedInstanceGroups {
		g := &c.RestrictedInstanceGroups[i]
		disks := make([]*model.GroupDisk, len(g.Storage))
		for i := range g.Storage {
			disks[i] = &g.Storage[i]
		}
		out = append(out, group("RestrictedInstanceGroups", g.Block, g.StorageList, disks)...)
	}
	return out
}

const rootVolume = "its root volume"

func group(list string, b model.Block, all model.Presence, disks []*model.GroupDisk) []Store {
	there := value.In(b.When).And(b.Body.Set())
	member := list + ".InstanceStorageConfigs.EbsVolumeConfig.VolumeKmsKeyId"
	_, complete := all.Members()
	root := complete.Not().Doubt()
	var out []Store
	for _, d := range disks {
		block := value.In(d.When).And(d.Volume.Set())
		isRoot := d.RootVolume.IsTrue().And(block)
		root = root.Or(isRoot)
		name := "its second volume"
		if isRoot.Known() == tri.True {
			name = rootVolume
		}
		out = append(out, Store{Part: "an instance group", Data: name, Member: member, Key: d.VolumeKMSKeyID, Applies: there.And(block)})
	}
	return append(out, Store{
		Part: "an instance group", Data: rootVolume, Member: list + ".InstanceStorageConfigs", Apart: true, Applies: there.And(root.Not()),
		Key: value.String{Leaf: value.Leaf{Value: value.Value{}.WithOrigin(all.Origin()), Property: all.Property, Known: true}},
	})
}
