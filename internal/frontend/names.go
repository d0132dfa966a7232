package frontend

import "strconv"

// Names gives each resource of a file, or of whatever else names are told apart in, a name of its own.
type Names struct{ used map[string]int }

// Unique returns name, with "#2" from its second use on.
func (u *Names) Unique(name string) string {
	if u.used == nil {
		u.used = map[string]int{}
	}
	u.used[name]++
	if u.used[name] == 1 {
		return name
	}
	for {
		numbered := name + "#" + strconv.Itoa(u.used[name])
		if u.used[numbered] == 0 {
			u.used[numbered] = 1
			return numbered
		}
		u.used[name]++ // somebody has called theirs so
	}
}
