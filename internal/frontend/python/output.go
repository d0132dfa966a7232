package python

import "github.com/vpclint/vpclint/internal/value"

// ran notes whether a processor is run with outputs: they stand in the call of run(), and not in the constructor.
func (in *interp) ran(p *place, method string, a *arguments) {
	b := in.built[p]
	if b == nil || method != "run" || b.sig.operation != "CreateProcessingJob" {
		return
	}
	fed := a.open != "" || len(a.positional) > 1
	for _, name := range [...]string{"outputs", "spark_event_logs_s3_uri"} {
		if arg, ok := a.keyword(name); ok {
			list, isList := arg.obj.(*place)
			empty := isList && list.kind == listPlace && len(in.st.content(list).entries) == 0 && !in.st.content(list).open
			fed = fed || settled(arg.obj) && !empty
		}
	}
	b.bare, b.fed = b.bare || !fed, b.fed || fed
}

// outputless returns the request of a processor that is run without outputs only.
func (b *built) outputless(v value.Value) value.Value {
	if !b.bare || b.fed || v.Kind() != value.KindObject {
		return v
	}
	none := value.OfList(nil, false).WithOrigin(v.Origin())
	return overlay(v, []string{"ProcessingOutputConfig", "Outputs"}, none, v.Origin().Span)
}
