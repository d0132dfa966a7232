package value

import "github.com/vpclint/vpclint/internal/source"

// An Origin says how a value came to where it is used: nearest use first, root cause last.
type Origin struct {
	Span source.Span
	// Note says what happens at Span, such as `the default of var.access is "Enabled"`; empty at the use itself.
	Note string
	Via  *Origin
}

// Root returns the last origin of the chain: where the value was first written.
func (o *Origin) Root() *Origin {
	for o != nil && o.Via != nil {
		o = o.Via
	}
	return o
}

// maxOrigins bounds the hops that are remembered; past it the middle of the chain is forgotten, never its ends.
const maxOrigins = 24

func (o *Origin) length() int {
	n := 0
	for ; o != nil; o = o.Via {
		n++
	}
	return n
}

// Origin returns where v was written and how it came to its use; nil where that is not known.
func (v Value) Origin() *Origin { return v.origin }

func (v Value) withOrigin(o *Origin) Value {
	v.origin = o
	return v
}

// WithOrigin returns v with another origin.
func (v Value) WithOrigin(o *Origin) Value { return v.withOrigin(o) }

// From returns v as written at span, forgetting any origin it had.
func (v Value) From(span source.Span) Value { return v.withOrigin(&Origin{Span: span}) }

// Use returns v as used at span: where it came from becomes the trace. An origin that has no note, the place of a
// literal or of an operand, gives way to the use.
func (v Value) Use(span source.Span) Value { return v.withOrigin(v.use(span, new(Origin))) }

// use makes o the origin of v as used at span.
func (v Value) use(span source.Span, o *Origin) *Origin {
	via := v.origin
	for via != nil && (via.Note == "" || via.Span == span) {
		via = via.Via
	}
	if via.length() >= maxOrigins {
		root := via.Root()
		via = &Origin{Span: via.Span, Note: via.Note, Via: root}
	}
	o.Span, o.Via = span, via
	return o
}

// Origins makes origins many at a time: an evaluation makes several for every value, which by themselves would be most of
// what it asks memory for. The zero Origins is ready to use, by one goroutine.
type Origins struct {
	free []Origin
	last int // how many were made the last time
}

// How many origins are made at a time: few at first, as most modules are small.
const fewOrigins, manyOrigins = 8, 64

// Make returns n origins that are linked, each Via the next.
func (os *Origins) Make(n int) []Origin {
	if n > len(os.free) {
		os.last = min(max(2*os.last, fewOrigins), manyOrigins)
		os.free = make([]Origin, max(n, os.last))
	}
	made := os.free[:n:n]
	os.free = os.free[n:]
	for i := range n - 1 {
		made[i].Via = &made[i+1]
	}
	return made
}

// From is v.From(span).
func (os *Origins) From(v Value, span source.Span) Value {
	o := &os.Make(1)[0]
	o.Span = span
	return v.withOrigin(o)
}

// Use is v.Use(span).
func (os *Origins) Use(v Value, span source.Span) Value {
	return v.withOrigin(v.use(span, &os.Make(1)[0]))
}

// Noted returns v with a note on its nearest origin: what is done there, such as `local.access is "Enabled"`.
func (v Value) Noted(note string) Value {
	if v.origin == nil {
		return v
	}
	return v.withOrigin(&Origin{Span: v.origin.Span, Note: note, Via: v.origin.Via})
}

// NotedAt is Use at span, then Noted.
func (v Value) NotedAt(span source.Span, note string) Value { return v.Use(span).Noted(note) }

// WrittenNote says in the trace of a member of what is used elsewhere where the member is written.
const WrittenNote = "it is written here"

// Origin returns where a field's name is written, and by what way the object that has it came to its use: its own place is
// the smaller one, so that the use becomes a step on the way. Of a name that stands nowhere it is the value's origin.
func (f Field) Origin(of Value) *Origin {
	if f.Key.IsZero() {
		if o := f.Value.Origin(); o != nil {
			return o
		}
		return of.Origin()
	}
	at := &Origin{Span: f.Key}
	last := at
	step := func(span source.Span, note string) {
		if note != "" && note != WrittenNote && !span.Meets(f.Key) {
			last.Via = &Origin{Span: span, Note: note}
			last = last.Via
		}
	}
	for o := f.Via; o != nil; o = o.Via {
		step(o.Span, o.Note)
	}
	for o := of.Origin(); o != nil; o = o.Via {
		note := o.Note
		if o == of.Origin() && note == "" && o.Via != nil && o.Via.Note != usedNote {
			note = usedNote
		}
		step(o.Span, note)
	}
	return at
}
