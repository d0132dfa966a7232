package model

// access adds the policies, attachments and memberships that a resource says.
func (s *splitter) access(r accessor) {
	var a accesses
	a.from(r)
	for _, d := range a.Documents {
		if d.Holder.Kind == Nobody || d.Kind == PolicyTrust {
			continue // a member of its own resource
		}
		s.add(Part{
			Kind: d.part(), Owner: d.Holder.Name, When: d.when, Span: d.Span,
			Members: []Member{typed("PolicyName", d.Name), typed("PolicyDocument", d.Document)},
		})
	}
	for _, x := range a.Attachments {
		if x.Boundary && x.Holder.Kind != HolderPermissionSet {
			continue // a member of its holder
		}
		part := Part{Kind: x.part(), Owner: x.Holder.Name, When: x.when, Span: x.Span, Members: []Member{{"PolicyArn", x.Policy}}}
		if x.Holder.Kind == HolderTarget {
			part.Members[0].Path = "PolicyId"
		}
		s.add(part)
	}
	for _, m := range a.Memberships {
		s.add(Part{Kind: "GroupMembership", Owner: m.Group, When: m.when, Span: r.Head().Span(), Members: []Member{{"UserName", m.User}}})
	}
}

// part returns what the document is called where it is written apart.
func (d *PolicyDocument) part() string {
	switch d.Holder.Kind {
	case HolderUser:
		return "UserPolicy"
	case HolderGroup:
		return "GroupPolicy"
	case HolderBucket:
		return "BucketPolicy"
	case HolderKey:
		return "KeyPolicy"
	case HolderEndpoint:
		return "VPCEndpointPolicy"
	case HolderPermissionSet:
		return "PermissionSetPolicy"
	}
	return "RolePolicy"
}

// part returns what the attachment is called where it is written apart.
func (x *PolicyAttachment) part() string {
	switch x.Holder.Kind {
	case HolderUser:
		return "UserPolicyAttachment"
	case HolderGroup:
		return "GroupPolicyAttachment"
	case HolderPermissionSet:
		if x.Boundary {
			return "PermissionSetBoundary"
		}
		return "PermissionSetPolicyAttachment"
	case HolderTarget:
		return "OrganizationsPolicyAttachment"
	}
	return "RolePolicyAttachment"
}
