package lint

import (
	"slices"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
)

// owned returns resources without the policies that stand in files by themselves and are somebody's: a resource, a request or
// another document reads the file, and the policy is judged there. Most trees have no such file.
func owned(estate *model.Estate, raws []resource.Raw) []resource.Raw {
	files := map[string]bool{}
	for _, p := range estate.BarePolicies {
		if isPolicyFile(p.Raw) {
			files[p.Addr().Unit] = false
		}
	}
	if len(files) == 0 {
		return raws
	}
	taken := false
	for _, d := range estate.Access().Documents {
		own := d.Resource.Head().Raw
		for _, at := range frontend.StatementPlaces(d.Document.Value) {
			path := at.Host().File.Path
			if _, bare := files[path]; bare && (own.Type != frontend.BarePolicy || own.Addr.Unit != path) {
				files[path], taken = true, true
			}
		}
	}
	if !taken {
		return raws
	}
	return slices.DeleteFunc(slices.Clone(raws), func(r resource.Raw) bool {
		return r.Dialect == resource.API && r.Type == frontend.BarePolicy && isPolicyFile(&r) && files[r.Addr.Unit]
	})
}

// isPolicyFile reports whether a policy's unit is the file that it stands in.
func isPolicyFile(raw *resource.Raw) bool { return raw.Span.Host().File.Path == raw.Addr.Unit }
