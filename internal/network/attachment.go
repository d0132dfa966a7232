package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An Attachment is interfaces of a workload that all have the same security groups: those of one placement; in a domain those
// of one user, of shared spaces, of the applications that serve the whole domain.
type Attachment struct {
	Placement *Placement
	Kind      AttachmentKind
	// Profile is the user profile that adds groups to those of its domain.
	Profile *model.UserProfile
	// SecurityGroups are those on the interfaces, and Complete says in which worlds there are no others.
	SecurityGroups []Edge[SecurityGroup]
	Complete       value.Truth
	// At are the groups as they are written: those of the user profile, where there is one.
	At value.Strings
	// Holds says in which worlds there are such interfaces, and groups on them.
	Holds value.Truth
}

// An AttachmentKind says whose interfaces they are.
type AttachmentKind uint8

// The kinds of attachments. Users and spaces are those of a domain. AWS: API_UserSettings, API_DefaultSpaceSettings,
// API_DomainSettings.
const (
	OfPlacement AttachmentKind = iota
	OfUser
	OfSpaces
	// OfDomain are the interfaces of what serves a whole domain, as RStudio does.
	OfDomain
)

// attach lists the attachments of a workload. The profiles are those of user profiles that may be in it.
func (l *linker) attach(w *Workload, profiles []Edge[model.UserProfile]) {
	for i := range w.Placements {
		p := &w.Placements[i]
		w.Attachments = append(w.Attachments, Attachment{
			Placement: p, SecurityGroups: p.SecurityGroups, Complete: p.GroupsComplete, At: p.Placement.SecurityGroups,
			Holds: attached(p, p.Placement.SecurityGroups),
		})
	}
	d, ok := w.Workload.(*model.Domain)
	if !ok {
		return
	}
	own := w.Attachments[0]
	w.Attachments[0].Holds = own.Holds.And(bare(profiles))
	for _, edge := range profiles {
		if a := l.more(own, OfUser, edge.To.UserSettings.SecurityGroups, edge.Holds); a.Holds.Known() != tri.False {
			// The groups of a profile add up with those of its domain. AWS: API_UserSettings, SecurityGroups.
			a.Profile, a.Complete = edge.To, a.Complete.And(own.Complete)
			a.SecurityGroups = slices.Concat(own.SecurityGroups, a.SecurityGroups)
			w.Attachments = append(w.Attachments, a)
		}
	}
	for _, part := range []Attachment{
		l.more(own, OfSpaces, d.DefaultSpaceSettings.SecurityGroups, value.Yes()),
		l.more(own, OfDomain, d.Settings.SecurityGroupIDs, value.Yes()),
	} {
		if part.Holds.Known() != tri.False {
			w.Attachments = append(w.Attachments, part)
		}
	}
}

// bare says in which worlds somebody has a domain's own groups and no others: a profile without any, or whoever comes where the
// tree has no profile.
func bare(profiles []Edge[model.UserProfile]) value.Truth {
	with, without := value.No(), value.No()
	for _, edge := range profiles {
		groups := edge.To.UserSettings.SecurityGroups.NonEmpty()
		with, without = with.Or(edge.Holds.And(groups)), without.Or(edge.Holds.And(groups.Not()))
	}
	return without.Or(with.Not())
}

// more is an attachment with groups of its own in the placement of another.
func (l *linker) more(own Attachment, kind AttachmentKind, groups value.Strings, holds value.Truth) Attachment {
	edges, complete := resolve(l, groups.Value, l.securityGroups, "security group")
	return Attachment{
		Placement: own.Placement, Kind: kind, SecurityGroups: during(edges, holds), Complete: complete, At: groups,
		Holds: holds.And(attached(own.Placement, groups)),
	}
}

// attached says in which worlds a placement is in subnets, with the groups.
func attached(p *Placement, groups value.Strings) value.Truth {
	return p.Applies.And(p.Placement.Subnets.NonEmpty()).And(groups.NonEmpty())
}

// profiles returns the user profiles that may be in each domain.
func (l *linker) profiles(e *model.Estate) map[value.Address][]Edge[model.UserProfile] {
	if len(e.UserProfiles) == 0 {
		return nil
	}
	domains := map[value.Address]*model.Domain{}
	for _, d := range e.Domains {
		domains[d.Addr()] = d
	}
	out := map[value.Address][]Edge[model.UserProfile]{}
	for _, r := range e.UserProfiles {
		edges, _ := resolve(l, r.DomainID.Value, domains, "domain")
		for _, edge := range edges {
			if edge.To != nil {
				out[edge.To.Addr()] = append(out[edge.To.Addr()], Edge[model.UserProfile]{
					To: r, Holds: belongs(r, edge.To, edge.Holds).And(r.Exists()), From: edge.From,
				})
			}
		}
	}
	return out
}
