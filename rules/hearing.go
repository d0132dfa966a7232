package rules

import "github.com/vpclint/vpclint/internal/model"

// A hearing is what is told of what workloads use and nobody declares, by the first workload that uses it: one finding for
// each of these.
type hearing struct {
	all []heard
	at  map[model.Resource]int
}

// A heard is what is told that a workload stands for, and the workloads that it is about.
type heard struct {
	first     model.Resource
	workloads []model.Resource
	suspects  []Suspect
}

func (h *hearing) add(first model.Resource, workloads []model.Resource, suspects []Suspect) {
	i, ok := h.at[first]
	if !ok {
		if h.at == nil {
			h.at = map[model.Resource]int{}
		}
		i = len(h.all)
		h.at[first] = i
		h.all = append(h.all, heard{first: first})
	}
	h.all[i].workloads = append(h.all[i].workloads, workloads...)
	h.all[i].suspects = append(h.all[i].suspects, suspects...)
}

func (h *hearing) report(p *Pass) {
	for _, one := range h.all {
		p.ReportFor(one.first, each(one.workloads), one.suspects)
	}
}

// each leaves out workloads that are named before.
func each(all []model.Resource) []model.Resource {
	seen := make(map[model.Resource]bool, len(all))
	var out []model.Resource
	for _, w := range all {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}
