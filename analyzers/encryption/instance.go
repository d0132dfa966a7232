package encryption

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// The families of EC2's instance types, by whether each of their sizes has volumes of its own, which a module on the
// instance encrypts: no key can be named for those. AWS: EC2 user guide, "Instance store volume limits";
// API_ResourceConfig, VolumeKmsKeyId. The test holds the types that SageMaker has against EC2's descriptions.
const (
	local = " c5ad c5d c6gd c6id c7gd c8gd c8id d3 d3en dl1 f2 g4ad g4dn g5 g6 g6e g6f g7e gr6 gr6f i3en i4g i4i i7i " +
		"i7ie i8g i8ge im4gn is4gen m5ad m5d m5dn m6gd m6id m6idn m7gd m8gd m8id p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300 " +
		"p6e-gb200 r5ad r5d r5dn r6gd r6id r6idn r7gd r8gd r8id trn1 trn1n trn2 x2gd x2idn x2iedn z1d "
	elastic = " c4 c5 c5a c5n c6a c6g c6gn c6i c6in c7a c7g c7gn c7i c7i-flex c8g c8gn c8i c8i-flex g5g inf1 inf2 m4 m5 m5a m5n m5zn " +
		"m6a m6g m6i m6in m7a m7g m7i m7i-flex m8a m8g m8i m8i-flex p2 p3 r4 r5 r5a r5b r5n r6a r6g r6i r6in r7a r7g r7i r7iz r8g " +
		"r8i r8i-flex t2 t3 t3a t4g u7i-12tb u7in-16tb x8g geospatial "
)

// An instance is the type of some of a workload's instances, and the worlds in which it has such.
type instance struct {
	kind value.Value
	when value.Truth
}

// elasticOnly says in which worlds a workload has instances, and none of them has volumes of its own: where one has, a
// request that names a key for the volumes of all is refused. AWS: API_CreateEndpointConfig, KmsKeyId.
func elasticOnly(instances []instance) value.Truth {
	refused := value.No()
	for _, i := range instances {
		refused = refused.Or(ownVolumes(i.kind).And(i.when))
	}
	return someElastic(instances).And(refused.Not())
}

// someElastic says in which worlds a workload has instances without volumes of their own, whatever others it has.
func someElastic(instances []instance) value.Truth {
	some := value.No()
	for _, i := range instances {
		some = some.Or(there(i.kind).And(ownVolumes(i.kind).Not()).And(i.when.Supposed()))
	}
	return some
}

// there says in which worlds a type is given; one that isn't known is.
func there(kind value.Value) value.Truth {
	return kind.Each(func(v value.Value) value.Truth {
		text, known := v.AsString()
		return value.Always(tri.Of(v.Kind() != value.KindAbsent && !(known && text == "")), nil)
	})
}

// ownVolumes says in which worlds an instance type has volumes of its own.
func ownVolumes(kind value.Value) value.Truth {
	return kind.Each(func(v value.Value) value.Truth {
		if v.Kind() == value.KindAbsent {
			return value.No()
		}
		text, known := v.AsString()
		if !known {
			text, _ = v.Prefix()
			if strings.Count(text, ".") < 2 { // else only its size isn't known, which doesn't matter
				return value.Unknowable(unknownType(cmp.Or(v.Reason(), "it is known only after deployment")), v.Origin())
			}
		}
		family, _, _ := strings.Cut(strings.TrimPrefix(text, "ml."), ".")
		switch {
		case text == "", strings.Contains(elastic, " "+family+" "):
			return value.No()
		case strings.Contains(local, " "+family+" "):
			return value.Yes()
		}
		return value.Unknowable("it is not known to vpclint whether "+strconv.Quote(text)+" has volumes of its own, which take no key", v.Origin())
	})
}

// unknownType is why it isn't known whether a key is taken.
func unknownType(why string) string {
	return "the instance type, which decides whether a key is taken, isn't known: " + why
}

// training says in which worlds a training job takes a key: for its one type, its preferences, of which SageMaker takes
// one, or for those of its groups that have elastic volumes, as AWS's Python SDK names one (Estimator, volume_kms_key).
func training(r *model.ResourceConfig) value.Truth {
	var groups []instance
	for i := range r.InstanceGroups {
		groups = append(groups, of(r.InstanceGroups[i].Block, r.InstanceGroups[i].InstanceType))
	}
	return elasticOnly(append(one(r.InstanceType), preferred(r.InstancePreferences)...)).Or(someElastic(groups))
}

func preferred(list []model.InstancePreference) []instance {
	var out []instance
	for i := range list {
		out = append(out, of(list[i].Block, list[i].InstanceType))
	}
	return out
}

func of(b model.Block, kind value.String) instance {
	return instance{kind.Value, value.In(b.When).And(b.Body.Set())}
}

// tuning are the instances of a tuning job's training jobs, where its own configuration says which.
func tuning(r *model.TuningResourceConfig) []instance {
	out := []instance{{r.InstanceType.Value, value.Yes()}}
	for i := range r.InstanceConfigs {
		out = append(out, of(r.InstanceConfigs[i].Block, r.InstanceConfigs[i].InstanceType))
	}
	return out
}

// variants are the instances of an endpoint; those of a serverless one have no volumes that anyone could name a key for.
// AWS: "Create an endpoint configuration" of serverless endpoints.
func variants(lists ...[]model.ProductionVariant) []instance {
	var out []instance
	for _, list := range lists {
		for i := range list {
			v := of(list[i].Block, list[i].InstanceType)
			v.when = v.when.And(list[i].ServerlessConfig.Set().Not())
			out = append(out, v)
		}
	}
	return out
}

func experiment(list []model.ExperimentModelVariant) []instance {
	var out []instance
	for i := range list {
		out = append(out, of(list[i].Block, list[i].InstanceType))
	}
	return out
}

func one(kind value.String) []instance { return []instance{{kind.Value, value.Yes()}} }
