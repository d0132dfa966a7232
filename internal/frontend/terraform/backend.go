package terraform

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/value"
)

// A keeper is a root with where it keeps its state, as its backend says:
// https://developer.hashicorp.com/terraform/language/backend
type keeper struct {
	root root
	kind string
	// ways are the settings of its backend: those of its configuration, or, where that leaves some to -backend-config, one for
	// each file that may be named there.
	ways []places
}

// Places are settings of a backend, by their names: "bucket", "workspaces.name".
type places map[string]value.Value

// The kinds of backends that are looked at by themselves.
const (
	localBackend  = "local"
	remoteBackend = "remote"
)

// identifying returns the settings that tell one state from another, the one last that does so among the states of one
// team.
func (p places) identifying(kind string) []string {
	switch kind {
	case "s3":
		return []string{"bucket", "key"}
	case "gcs":
		return []string{"bucket", "prefix"}
	case "azurerm":
		return []string{"storage_account_name", "container_name", "key"}
	case "oss", "cos":
		return []string{"bucket", "prefix", "key"}
	case "consul", localBackend:
		return []string{"path"}
	case "http":
		return []string{"address"}
	case "kubernetes":
		return []string{"namespace", "secret_suffix"}
	case "pg":
		return []string{"schema_name"}
	case remoteBackend:
		return []string{"organization", "workspaces.name"}
	}
	return nil
}

// keepers are the roots of a tree with where they keep their states, found out once, when one is asked for.
func (l *loader) keepers(roots []root) func() []keeper {
	return sync.OnceValue(func() []keeper {
		var out []keeper
		for _, r := range roots {
			out = append(out, l.keeperOf(r))
		}
		return out
	})
}

// keeperOf reads the backend of a root. One that has none has a local one.
func (l *loader) keeperOf(r root) keeper {
	k := keeper{root: r, kind: localBackend}
	in := l.instanceOf(r, newRealm(l, nil))
	own := places{}
	for _, b := range r.mod.settings {
		for _, inner := range b.Body.Blocks {
			switch {
			case inner.Type == "backend" && len(inner.Labels) == 1:
				k.kind, own = inner.Labels[0], in.placesOf(inner.Body)
			case inner.Type == "cloud":
				k.kind, own = remoteBackend, in.placesOf(inner.Body)
			}
		}
		if kind, v, ok := in.jsonBackend(b); ok {
			k.kind, own = kind, placesIn(v)
		}
	}
	k.complete(own)
	if k.missing(own) {
		for _, file := range l.backendFiles(r.mod.dir) {
			way := places{}
			for name, a := range file.attrs {
				way[name] = in.ev.eval(a.Expr, &scope{in: in}).Value
			}
			// A file wins over the block: https://developer.hashicorp.com/terraform/language/backend#partial-configuration
			for name, v := range own {
				if way[name].Kind() == value.KindAbsent {
					way[name] = v
				}
			}
			k.ways = append(k.ways, way)
		}
	}
	if len(k.ways) == 0 {
		k.ways = []places{own}
	}
	for i := range k.ways {
		k.ways[i].normalize(k.kind, r.mod.dir)
	}
	return k
}

// complete adds what a local backend has by default.
func (k *keeper) complete(own places) {
	if k.kind == localBackend && own["path"].Kind() == value.KindAbsent {
		own["path"] = value.OfString("terraform.tfstate")
	}
}

// missing reports whether a backend's configuration leaves something to the command line.
func (k *keeper) missing(own places) bool {
	return slices.ContainsFunc(own.identifying(k.kind), func(name string) bool { return own[name].Kind() == value.KindAbsent })
}

// placesOf reads the body of a backend.
func (in *instance) placesOf(body *hclsyntax.Body) places {
	out := places{}
	for _, a := range sortedAttributes(body) {
		out[a.Name] = in.ev.eval(a.Expr, in.scope).Value
	}
	for _, b := range body.Blocks {
		for _, a := range sortedAttributes(b.Body) {
			out[b.Type+"."+a.Name] = in.ev.eval(a.Expr, in.scope).Value
		}
	}
	return out
}

// placesIn reads the settings of a backend where they are an object, as JSON and the config of a data source have them.
func placesIn(config value.Value) places {
	out := places{}
	for _, f := range config.Fields() {
		inner := f.Value
		if len(inner.Elems()) == 1 {
			inner = inner.Elems()[0]
		}
		for _, g := range inner.Fields() {
			out[f.Name+"."+g.Name] = g.Value
		}
		out[f.Name] = f.Value
	}
	return out
}

// jsonBackend returns the backend of a terraform block that is written in JSON, where it is an argument.
func (in *instance) jsonBackend(b *hclsyntax.Block) (kind string, v value.Value, ok bool) {
	only := func(v value.Value) value.Value {
		if len(v.Elems()) == 1 {
			return v.Elems()[0]
		}
		return v
	}
	if a := b.Body.Attributes["cloud"]; a != nil {
		return remoteBackend, only(in.ev.eval(a.Expr, in.scope).Value), true
	}
	a := b.Body.Attributes["backend"]
	if a == nil {
		return "", value.Value{}, false
	}
	fields := only(in.ev.eval(a.Expr, in.scope).Value).Fields()
	if len(fields) != 1 {
		return "", value.Value{}, false
	}
	return fields[0].Name, only(fields[0].Value), true
}

// normalize spells settings as they can be compared, whoever writes them.
func (p places) normalize(kind, dir string) {
	switch kind {
	case "s3":
		p["key"] = p["key"].Map(s3Key)
	case "gcs":
		if p["prefix"].Kind() == value.KindAbsent && p["bucket"].Kind() != value.KindAbsent {
			p["prefix"] = value.OfString("")
		}
		p["prefix"] = p["prefix"].Map(func(v value.Value) value.Value {
			if text, ok := v.AsString(); ok {
				return value.OfString(strings.Trim(text, "/"))
			}
			return v
		})
	case localBackend:
		if text, ok := p["path"].AsString(); ok {
			p["path"] = value.OfString(path.Join(dir, text))
		}
	case remoteBackend:
		if prefix := p["workspaces.prefix"]; prefix.Kind() != value.KindAbsent && p["workspaces.name"].Kind() == value.KindAbsent {
			p["workspaces.name"] = value.OfText(prefix, value.OfOpaque("the workspace is known only when terraform runs"))
		}
	}
}

// s3Key returns the key of a state without the workspace that it is of, which is put before it:
// https://developer.hashicorp.com/terraform/language/backend/s3#s3-state-storage
func s3Key(v value.Value) value.Value {
	const workspaces = "env:/"
	parts := v.Parts()
	first, ok := parts[0].AsString()
	if !ok || !strings.HasPrefix(first, workspaces) {
		return v
	}
	first = strings.TrimPrefix(first, workspaces)
	for i := 0; ; i++ {
		if _, rest, found := strings.Cut(first, "/"); found {
			return value.OfText(append([]value.Value{value.OfString(rest)}, parts[i+1:]...)...).WithOrigin(v.Origin())
		}
		if i+1 == len(parts) {
			return v
		}
		first, _ = parts[i+1].AsString()
	}
}

// keeps returns how sure it is that a root keeps the state that a data source reads: same where every setting is, mostly or
// likely where what tells states from one another is or may be the same and the rest isn't all known.
func (k keeper) keeps(kind string, wanted places) frontend.Likeness {
	if k.kind != kind {
		return frontend.Different
	}
	best := frontend.Different
	for _, way := range k.ways {
		best = max(best, way.grade(kind, wanted))
	}
	return best
}

func (p places) grade(kind string, wanted places) frontend.Likeness {
	names := p.identifying(kind)
	if len(names) == 0 {
		return frontend.Different
	}
	all, last := frontend.Same, frontend.Different
	for _, name := range names {
		last = frontend.Compare(p[name], wanted[name])
		all = min(all, last)
	}
	switch {
	case all == frontend.Different || all == frontend.Same:
		return all
	case last == frontend.Same:
		return frontend.Mostly
	}
	return last
}

// backendFiles returns the files at or below a root's directory that -backend-config may name. Nothing says what they are
// called; these are the names that people give them.
func (l *loader) backendFiles(dir string) []*parsed {
	lister, ok := l.in.Tree.(frontend.Lister)
	if !ok {
		return nil
	}
	var out []*parsed
	listed := 0
	var walk func(dir string, depth int)
	walk = func(dir string, depth int) {
		if listed++; listed > maxBackendDirs {
			return
		}
		entries, err := lister.List(dir)
		if err != nil {
			return
		}
		for _, e := range entries {
			name := path.Join(dir, e.Name)
			switch {
			case e.Dir && depth < maxBackendDepth && !strings.HasPrefix(e.Name, ".") && l.modules[name] == nil:
				walk(name, depth+1)
			case !e.Dir && isBackendFile(e.Name) && len(out) < maxBackendFiles:
				f, err := l.in.Tree.Open(name)
				if err != nil || len(f.Bytes) > maxBackendBytes {
					continue
				}
				if p := parse(f); len(p.attrs) > 0 {
					out = append(out, p)
				}
			}
		}
	}
	walk(dir, 0)
	return out
}

// What is looked at for the files of a backend.
const (
	maxBackendDirs  = 64
	maxBackendDepth = 2
	maxBackendFiles = 32
	maxBackendBytes = 1 << 16
)

// isBackendFile reports by its name whether -backend-config may name a file: "backend.hcl", "dev.s3.tfbackend",
// "backend-prod.conf".
func isBackendFile(name string) bool {
	switch path.Ext(name) {
	case ".tfbackend":
		return true
	case ".hcl", ".tfvars", ".conf", ".config":
		return strings.Contains(name, "backend")
	}
	return false
}
