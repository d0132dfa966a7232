package git

import (
	"bufio"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
)

// A pack is a file of objects with an index of their names. The formats are those of git's own gitformat-pack(5), the
// index of version 2.
type pack struct {
	index, data *os.File
	hash        hashing
	fanout      [256]uint32
	size        int64 // of data
}

// indexHead is how long the head of an index is, with its fan-out table.
const indexHead = 8 + 256*4

var errIndex = errors.New("the index of a pack isn't one of version 2")

func openPack(dir *os.Root, base string, hash hashing) (*pack, error) {
	p := &pack{hash: hash}
	var err error
	if p.data, err = openRegular(dir, base+".pack"); err != nil {
		return nil, err
	}
	if p.index, err = openRegular(dir, base+".idx"); err != nil {
		p.close()
		return nil, err
	}
	if err := p.head(); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *pack) head() error {
	head := make([]byte, indexHead)
	if _, err := p.index.ReadAt(head, 0); err != nil || string(head[:8]) != "\xfftOc\x00\x00\x00\x02" {
		return errIndex
	}
	last := uint32(0)
	for i := range p.fanout {
		p.fanout[i] = binary.BigEndian.Uint32(head[8+4*i:])
		if p.fanout[i] < last {
			return errIndex
		}
		last = p.fanout[i]
	}
	info, err := p.index.Stat()
	if err != nil {
		return err
	}
	if info.Size() < indexHead+int64(last)*int64(p.hash.size+8)+2*int64(p.hash.size) {
		return errIndex
	}
	if info, err = p.data.Stat(); err != nil {
		return err
	}
	p.size = info.Size()
	return nil
}

func (p *pack) close() {
	for _, f := range []*os.File{p.index, p.data} {
		if f != nil {
			f.Close()
		}
	}
}

// name returns the i-th name of the index, which is sorted.
func (p *pack) name(i uint32) (ID, error) {
	b := make([]byte, p.hash.size)
	_, err := p.index.ReadAt(b, indexHead+int64(i)*int64(p.hash.size))
	return ID(b), err
}

// search returns the first index entry whose name isn't less than one that begins with a byte.
func (p *pack) search(first byte, less func(ID) bool) (uint32, error) {
	from, to := uint32(0), p.fanout[first]
	if first > 0 {
		from = p.fanout[first-1]
	}
	var failed error
	n := sort.Search(int(to-from), func(i int) bool {
		id, err := p.name(from + uint32(i))
		if err != nil {
			failed = err
		}
		return !less(id)
	})
	return from + uint32(n), failed
}

// find returns where an object begins.
func (p *pack) find(id ID) (at uint64, ok bool, err error) {
	i, err := p.search(id[0], func(other ID) bool { return other < id })
	if err != nil || i >= p.fanout[id[0]] {
		return 0, false, err
	}
	if found, err := p.name(i); err != nil || found != id {
		return 0, false, err
	}
	at, err = p.offset(i)
	return at, err == nil, err
}

// offset returns where the i-th object of the index begins: behind the names and their checksums stand offsets of four
// bytes, and behind these the ones that need eight.
func (p *pack) offset(i uint32) (uint64, error) {
	n := int64(p.fanout[255])
	offsets := indexHead + n*int64(p.hash.size+4)
	var b [8]byte
	if _, err := p.index.ReadAt(b[:4], offsets+4*int64(i)); err != nil {
		return 0, err
	}
	short := binary.BigEndian.Uint32(b[:4])
	if short&(1<<31) == 0 {
		return uint64(short), nil
	}
	if _, err := p.index.ReadAt(b[:], offsets+4*n+8*int64(short&^(1<<31))); err != nil {
		return 0, errIndex
	}
	return binary.BigEndian.Uint64(b[:]), nil
}

// names returns the names that begin with hexadecimal digits, at least two of them.
func (p *pack) names(prefix string, limit int) ([]ID, error) {
	low, err := hex.DecodeString(prefix + "0"[:len(prefix)%2])
	if err != nil {
		return nil, err
	}
	i, err := p.search(low[0], func(other ID) bool { return other < ID(low) })
	var out []ID
	for ; err == nil && i < p.fanout[low[0]] && len(out) < limit; i++ {
		var id ID
		if id, err = p.name(i); err != nil || id.String()[:len(prefix)] != prefix {
			break
		}
		out = append(out, id)
	}
	return out, err
}

// An entry is an object as it stands in a pack, before what it is a delta to is known.
type entry struct {
	kind kind
	size uint64
	base ID     // of a refDelta
	from uint64 // of an ofsDelta: where its base begins
	data io.Reader
}

var errEntry = errors.New("a pack has something in it that is no object")

// entry reads the head of what begins at an offset.
func (p *pack) entry(at uint64) (entry, error) {
	if at >= uint64(p.size) {
		return entry{}, errEntry
	}
	r := bufio.NewReader(io.NewSectionReader(p.data, int64(at), p.size-int64(at)))
	c, err := r.ReadByte()
	e := entry{kind: kind(c >> 4 & 7), size: uint64(c & 15)}
	for shift := 4; err == nil && c&0x80 != 0; shift += 7 {
		if shift > 57 {
			return entry{}, errEntry
		}
		c, err = r.ReadByte()
		e.size |= uint64(c&0x7f) << shift
	}
	switch {
	case err != nil:
		return entry{}, errEntry
	case e.kind == refDelta:
		b := make([]byte, p.hash.size)
		if _, err := io.ReadFull(r, b); err != nil {
			return entry{}, errEntry
		}
		e.base = ID(b)
	case e.kind == ofsDelta:
		back, err := distance(r)
		if err != nil || back == 0 || back > at {
			return entry{}, errEntry
		}
		e.from = at - back
	case kindNames[e.kind] == "":
		return entry{}, errEntry
	}
	e.data = r
	return e, nil
}

// distance reads how far before a delta its base begins: in groups of seven bits, each but the last one more than it says.
func distance(r io.ByteReader) (uint64, error) {
	c, err := r.ReadByte()
	n := uint64(c & 0x7f)
	for err == nil && c&0x80 != 0 {
		if n > 1<<55 {
			return 0, errEntry
		}
		c, err = r.ReadByte()
		n = (n+1)<<7 | uint64(c&0x7f)
	}
	return n, err
}

func (e entry) inflate() ([]byte, error) {
	z, err := zlib.NewReader(e.data)
	if err != nil {
		return nil, err
	}
	return exactly(z, e.size)
}

// unpack reads the object that begins at an offset: it follows deltas down to what they are made of, and applies them on
// the way back.
func (s *store) unpack(p *pack, at uint64) (object, error) {
	type step struct {
		place place
		delta []byte
	}
	var steps []step
	var o object
	room := uint64(maxDeltaBytes)
	for {
		here := place{p, at}
		if held, ok := s.cache.get(here); ok {
			o = held
			break
		}
		e, err := p.entry(at)
		if err != nil {
			return object{}, err
		}
		if e.size > MaxObjectBytes || e.size > room {
			return object{}, &TooLarge{}
		}
		room -= e.size
		content, err := e.inflate()
		if err != nil {
			return object{}, fmt.Errorf("a pack is corrupt: %w", err)
		}
		if e.kind != ofsDelta && e.kind != refDelta {
			o = object{e.kind, content}
			if len(steps) > 0 {
				s.cache.put(here, o)
			}
			break
		}
		if len(steps) == maxChain {
			return object{}, fmt.Errorf("a pack has more than %d deltas upon each other", maxChain)
		}
		steps = append(steps, step{here, content})
		if at = e.from; e.kind == refDelta {
			if p, at, err = s.locate(p, e.base); err != nil {
				return object{}, err
			}
		}
	}
	made := uint64(0)
	for i := len(steps) - 1; i >= 0; i-- {
		content, err := apply(steps[i].delta, o.content)
		if err != nil {
			return object{}, err
		}
		if made += uint64(len(content)); made > maxMadeBytes {
			return object{}, &TooLarge{}
		}
		if o = (object{o.kind, content}); i > 0 {
			s.cache.put(steps[i].place, o)
		}
	}
	return o, nil
}

// locate finds the base of a delta by its name: it stands in the same pack, mostly.
func (s *store) locate(p *pack, base ID) (*pack, uint64, error) {
	for _, other := range append([]*pack{p}, s.packs...) {
		if at, ok, err := other.find(base); err != nil || ok {
			return other, at, err
		}
	}
	return nil, 0, &Missing{ID: base}
}

var errDelta = errors.New("a pack has a delta that fits nothing")

// apply makes an object of another and a delta: pieces to copy, and bytes to insert.
func apply(delta, base []byte) ([]byte, error) {
	baseSize, delta, ok := varint(delta)
	if !ok || baseSize != uint64(len(base)) {
		return nil, errDelta
	}
	size, delta, ok := varint(delta)
	if !ok {
		return nil, errDelta
	}
	if size > MaxObjectBytes {
		return nil, &TooLarge{}
	}
	var out []byte
	if size < 1<<20 {
		out = make([]byte, 0, size)
	}
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		if op&0x80 == 0 {
			n := int(op)
			if n == 0 || n > len(delta) {
				return nil, errDelta
			}
			out, delta = append(out, delta[:n]...), delta[n:]
			continue
		}
		var offset, n uint64
		for bit := range 7 {
			if op>>bit&1 == 0 {
				continue
			}
			if len(delta) == 0 {
				return nil, errDelta
			}
			if bit < 4 {
				offset |= uint64(delta[0]) << (8 * bit)
			} else {
				n |= uint64(delta[0]) << (8 * (bit - 4))
			}
			delta = delta[1:]
		}
		if n == 0 {
			n = 0x10000
		}
		if offset+n > uint64(len(base)) || uint64(len(out))+n > size {
			return nil, errDelta
		}
		out = append(out, base[offset:offset+n]...)
	}
	if uint64(len(out)) != size {
		return nil, errDelta
	}
	return out, nil
}

// varint reads a number in groups of seven bits, the lowest first.
func varint(b []byte) (n uint64, rest []byte, ok bool) {
	for i := 0; i < len(b) && i < 9; i++ {
		n |= uint64(b[i]&0x7f) << (7 * i)
		if b[i]&0x80 == 0 {
			return n, b[i+1:], true
		}
	}
	return 0, nil, false
}
