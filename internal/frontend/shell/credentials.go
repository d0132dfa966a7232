package shell

import (
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A handedKey is a key that a script hands to the CLI: in a variable, or in its settings.
type handedKey struct {
	name  string
	value value.Value
	world value.World
}

// handKey notes a key, if what is set is one.
func (x *interpreter) handKey(name string, v value.Value, world value.World) {
	if frontend.SessionMembers[name] != "" && v.Kind() != value.KindAbsent && v.Origin() != nil && !v.Origin().Span.IsZero() {
		x.keys = append(x.keys, handedKey{name, v, world})
	}
}

// handAlternatives notes what a variable is set to.
func (x *interpreter) handAlternatives(f *frame, name string, alts []alternative) {
	if frontend.SessionMembers[name] == "" {
		return
	}
	for _, a := range alts {
		if world, possible := f.world.And(a.when); possible && len(a.words) == 1 && !a.array {
			x.handKey(name, a.words[0].value(), world)
		}
	}
}

// handWords notes the variables that `env NAME=value aws ...` sets.
func (x *interpreter) handWords(f *frame, words []field) {
	for _, w := range words {
		name, _, ok := strings.Cut(w.lead(), "=")
		if ok && frontend.SessionMembers[name] != "" {
			_, v := w.cut(len(name) + len("="))
			x.handKey(name, v.value(), f.world)
		}
	}
}

// configured notes what `aws configure set NAME VALUE` sets; words are those behind configure.
func (x *interpreter) configured(f *frame, words []field) {
	set, ok := x.positional(words, 0)
	if !ok {
		return
	}
	if verb, _ := words[set].literal(); verb != "set" {
		return
	}
	name, ok := x.positional(words, set+1)
	if !ok || name+1 >= len(words) {
		return
	}
	key, _ := words[name].literal()
	key = key[strings.LastIndexByte(key, '.')+1:] // profile.dev.aws_access_key_id
	x.handKey(key, words[name+1].value(), f.world)
}

// session returns what a script opens that hands keys over and calls SageMaker; nothing where it does only one of them.
func (x *interpreter) session(s *script) []resource.Raw {
	if !x.calling || len(x.keys) == 0 {
		return nil
	}
	var fields []value.Field
	spelling := map[string]string{}
	exists := value.No()
	for _, k := range x.keys {
		exists = exists.Or(value.In(k.world))
		var taken bool
		if fields, taken = frontend.HandOver(fields, k.name, k.value); taken {
			spelling[frontend.SessionMembers[k.name]] = k.name
		}
	}
	if exists.Known() == tri.False {
		return nil
	}
	header := fields[0].Value.Origin().Span.FirstLine()
	subject := s.owner.Subject + ":environment"
	return []resource.Raw{{
		Dialect: resource.API, Type: frontend.Session, Exists: s.owner.Exists.And(exists), Props: value.OfObject(fields, false).From(header),
		Span: header, Spelling: spelling, Subject: subject, Addr: value.Address{Unit: s.owner.Addr.Unit, Name: subject},
	}}
}

// sessionsOf returns the sessions that scripts open, each with a name of its own.
func sessionsOf(results []result) []resource.Raw {
	names := &frontend.Names{}
	var out []resource.Raw
	for _, r := range results {
		for _, s := range r.sessions {
			s.Subject = names.Unique(s.Subject)
			s.Addr.Name = s.Subject
			out = append(out, s)
		}
	}
	return out
}
