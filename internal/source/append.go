package source

// Append appends the bytes [start, end) of a document that is embedded in another file, each of which stands where it stands
// there. What is put together of several scalars of one file, such as the commands of a build, keeps all of its places.
func (e *Embedding) Append(f *File, start, end int) {
	s := f.Span(start, end)
	switch f {
	case e.host:
		e.Verbatim(s.Start, s.End)
		return
	case nil:
		return
	}
	for i, seg := range f.segments {
		next := len(f.Bytes)
		if i+1 < len(f.segments) {
			next = f.segments[i+1].at
		}
		from, to := max(s.Start, seg.at), min(s.End, next)
		host := seg.host
		if host == nil {
			host = f.host
		}
		switch {
		case from >= to:
		case seg.decoded:
			e.DecodedAt(string(f.Bytes[from:to]), host.Span(seg.hostStart, seg.hostEnd))
		default:
			e.VerbatimAt(host.Span(seg.hostStart+from-seg.at, seg.hostStart+to-seg.at))
		}
	}
}

// Outer returns the same place in the file that s's file is embedded in directly; s itself in a file on disk. What begins in
// one file and ends in another is in the one where it begins, as far as it goes on there.
func (s Span) Outer() Span {
	if s.File == nil || s.File.host == nil {
		return s
	}
	host, start, run := s.File.hostAt(s.Start, false)
	end := start
	if s.End > s.Start {
		file, at, _ := s.File.hostAt(s.End, true)
		if file != host || at < start {
			at = run
		}
		end = at
	}
	return Span{File: host, Start: start, End: end}
}
