package source

// Append appends the bytes [start, end) of a document that is embedded in the same host, each of which stands where it stands
// there. What is put together of several scalars of one file, such as the commands of a build, keeps all of its places.
func (e *Embedding) Append(f *File, start, end int) {
	s := f.Span(start, end)
	if f == e.host {
		e.Verbatim(s.Start, s.End)
		return
	}
	for i, seg := range f.segments {
		next := len(f.Bytes)
		if i+1 < len(f.segments) {
			next = f.segments[i+1].at
		}
		from, to := max(s.Start, seg.at), min(s.End, next)
		switch {
		case from >= to:
		case seg.decoded:
			e.Decoded(string(f.Bytes[from:to]), seg.hostStart, seg.hostEnd)
		default:
			e.Verbatim(seg.hostStart+from-seg.at, seg.hostStart+to-seg.at)
		}
	}
}

// Outer returns the same place in the file that s's file is embedded in directly; s itself in a file on disk.
func (s Span) Outer() Span {
	if s.File == nil || s.File.host == nil {
		return s
	}
	start := s.File.hostOffset(s.Start, false)
	end := start
	if s.End > s.Start {
		end = max(s.File.hostOffset(s.End, true), start)
	}
	return Span{File: s.File.host, Start: start, End: end}
}
