// Package encryption answers which KMS keys a resource of SageMaker's can name for the data that it keeps and writes, and
// whether what it names is a key of the customer's.
//
// In go typed resources, out come the members that name keys, each with the worlds in which there is something for the key
// to encrypt. It knows no rule, no wording of findings and no severity.
package encryption

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Store is data of a resource's that a key of its own can encrypt.
type Store struct {
	// Part names the part of the resource that it is of; empty where it is the whole.
	Part string
	// Data says what it is: "its volumes".
	Data string
	// Member is the canonical path of the key, without marks of lists.
	Member string
	Key    value.String
	// Apart reports whether the key is that of a configuration of its own, which isn't there.
	Apart bool
	// Applies says in which worlds there is such data, and SageMaker takes a key for it.
	Applies value.Truth
}

// Keys tell the customer's keys from AWS's.
type Keys struct {
	// Declared returns what is declared at an address; nil where nothing is.
	Declared func(value.Address) *resource.Raw
}

// managed begins the aliases of keys that AWS makes for a service, of which nobody else can change the policy.
// AWS: KMS developer guide, "AWS managed keys".
const managed = "alias/aws/"

// AWSManaged says in which worlds a member names a key that AWS manages, and by which alias. What isn't known is the
// customer's, as far as this goes.
func (k Keys) AWSManaged(key value.Value) (alias string, holds value.Truth) {
	holds = key.Each(func(v value.Value) value.Truth {
		text := k.aliasOf(v)
		i := strings.Index(text, managed)
		if i < 0 || i > 0 && text[i-1] != ':' {
			return value.Always(tri.False, v.Origin())
		}
		if alias == "" {
			alias = text[i:]
		}
		return value.Always(tri.True, v.Origin())
	})
	return alias, holds
}

// Named says in which worlds a member names any key.
func (k Keys) Named(key value.Value) value.Truth {
	return key.Each(func(v value.Value) value.Truth {
		if k.lookup(v) != nil {
			return value.Always(tri.True, v.Origin())
		}
		return v.NonEmpty()
	})
}

// aliasOf returns what is known of the name of a key: what is written, or what a data source looks for.
func (k Keys) aliasOf(v value.Value) string {
	if raw := k.lookup(v); raw != nil {
		return raw.Props.Attr(lookups[raw.Type]).Literal()
	}
	for _, part := range v.Parts() {
		if strings.Contains(part.Literal(), managed) {
			return part.Literal()
		}
	}
	return ""
}

// lookups are Terraform's data sources that find a key, and what they find it by.
var lookups = map[string]string{"aws_kms_alias": "name", "aws_kms_key": "key_id"}

// Looks reports whether Keys look at the properties of a kind of data source.
func Looks(typ string) bool { return lookups[typ] != "" }

// lookup returns the data source that finds a key; nil where none does, or another one may.
func (k Keys) lookup(v value.Value) *resource.Raw {
	if v.Kind() != value.KindSymbol && v.Kind() != value.KindOpaque {
		return nil
	}
	refs := v.Refs()
	if len(refs) == 0 || slices.ContainsFunc(refs, func(r value.Ref) bool { return r.Addr != refs[0].Addr }) {
		return nil
	}
	raw := k.Declared(refs[0].Addr)
	if raw == nil || !raw.Data || lookups[raw.Type] == "" {
		return nil
	}
	return raw
}
