package rules

import (
	"github.com/vpclint/vpclint/analyzers/encryption"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
)

// keyed judges every resource that keeps data for which it can name a key.
func (p *Pass) keyed(storesOf func(model.Resource) []encryption.Store) {
	keys := encryption.Keys{Declared: p.Declared}
	for _, r := range p.All() {
		var suspects []Suspect
		for _, s := range storesOf(r) {
			if s.Applies.Known() != tri.False {
				suspects = append(suspects, p.unencrypted(keys, r, s)...)
			}
		}
		if suspects != nil {
			p.ReportAny(r, suspects)
		}
	}
}

// unencrypted suspects one store of having no key of the customer's: none is named, or one that AWS manages.
func (p *Pass) unencrypted(keys encryption.Keys, r model.Resource, s encryption.Store) []Suspect {
	none := Suspect{Wrong: keys.Named(s.Key.Value).Not().And(s.Applies), At: s.Key.Leaf}
	alias, managed := keys.AWSManaged(s.Key.Value)
	if !none.Wrong.Possible() && !managed.Possible() {
		return []Suspect{none} // most that name a key
	}
	none.Help = "set " + p.Spell(r.Head().Raw, s.Member) + " to a key of your own"
	if s.Apart {
		none.Help = "add an EbsVolumeConfig to " + p.Spell(r.Head().Raw, s.Member) + ", with RootVolume true and a key of your own"
	}
	part := s.Part
	if part != "" {
		part += " "
	}
	theirs := none
	theirs.Wrong, theirs.Message = managed.And(s.Applies), part+"encrypts "+s.Data+" with "+alias+", a key of AWS's"
	none.Message = part + "has no customer KMS key for " + s.Data
	return []Suspect{none, theirs}
}
