package git

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A store is a directory of objects: loose ones, and packs.
type store struct {
	dir   *os.Root
	at    string // of the store in dir
	hash  hashing
	packs []*pack
	owned *os.Root // closed with the store
	cache cache
}

func openStore(dir *os.Root, at string, hash hashing) (*store, error) {
	s := &store{dir: dir, at: at, hash: hash}
	f, err := dir.Open(path.Join(at, "pack"))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(4 * maxPacks)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	slices.Sort(names)
	for _, name := range names {
		base, isIndex := strings.CutSuffix(name, ".idx")
		if !isIndex || !strings.HasPrefix(name, "pack-") {
			continue
		}
		if len(s.packs) == maxPacks {
			return nil, fmt.Errorf("there are more than %d packs", maxPacks)
		}
		p, err := openPack(dir, path.Join(at, "pack", base), hash)
		if errors.Is(err, fs.ErrNotExist) {
			continue // an index that has lost its pack, or was removed meanwhile
		}
		if err != nil {
			s.close()
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s.packs = append(s.packs, p)
	}
	return s, nil
}

func (s *store) close() {
	for _, p := range s.packs {
		p.close()
	}
	if s.owned != nil {
		s.owned.Close()
	}
}

var errAbsent = errors.New("there is no such object")

// object reads one object; the error is errAbsent where the store has none of the name.
func (s *store) object(id ID) (object, error) {
	for _, p := range s.packs {
		at, ok, err := p.find(id)
		if err != nil {
			return object{}, err
		}
		if ok {
			return s.unpack(p, at)
		}
	}
	return s.loose(id)
}

// loose reads an object that has a file of its own.
func (s *store) loose(id ID) (object, error) {
	hex := id.String()
	f, err := openRegular(s.dir, path.Join(s.at, hex[:2], hex[2:]))
	if errors.Is(err, fs.ErrNotExist) {
		return object{}, errAbsent
	}
	if err != nil {
		return object{}, err
	}
	defer f.Close()
	z, err := zlib.NewReader(bufio.NewReader(f))
	if err != nil {
		return object{}, &Corrupt{id, err.Error()}
	}
	text := bufio.NewReaderSize(z, 4096)
	head, err := text.ReadSlice(0)
	if err != nil || len(head) > 64 {
		return object{}, &Corrupt{id, "it has no header"}
	}
	name, digits, _ := strings.Cut(string(head[:len(head)-1]), " ")
	size, err := strconv.ParseUint(digits, 10, 63)
	o := object{}
	for k, n := range kindNames {
		if n == name {
			o.kind = k
		}
	}
	switch {
	case err != nil || o.kind == 0:
		return object{}, &Corrupt{id, "its header is none"}
	case size > MaxObjectBytes:
		return object{}, &TooLarge{id}
	}
	o.content, err = exactly(text, size)
	if err != nil {
		return object{}, &Corrupt{id, err.Error()}
	}
	return o, nil
}

// exactly reads as many bytes as there should be. What is claimed isn't allocated before it is there.
func exactly(r io.Reader, size uint64) ([]byte, error) {
	var b bytes.Buffer
	if size < 1<<20 {
		b.Grow(int(size))
	}
	n, err := b.ReadFrom(io.LimitReader(r, int64(size)+1))
	switch {
	case err != nil:
		return nil, err
	case uint64(n) != size:
		return nil, errors.New("it has another size than it says")
	}
	return b.Bytes(), nil
}

// names returns the names of the store's objects that begin with hexadecimal digits, at most limit of them.
func (s *store) names(prefix string, limit int) ([]ID, error) {
	var out []ID
	for _, p := range s.packs {
		found, err := p.names(prefix, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	dir, err := s.dir.Open(path.Join(s.at, prefix[:2]))
	if err != nil {
		return out, nil
	}
	defer dir.Close()
	files, err := dir.Readdirnames(1_000_000)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for _, name := range files {
		if id, ok := s.hash.parse(prefix[:2] + name); ok && strings.HasPrefix(prefix[:2]+name, prefix) {
			out = append(out, id)
		}
	}
	return out[:min(len(out), limit)], nil
}

// A cache keeps what deltas were made of: those of one file's versions share their bases.
type cache struct {
	mu    sync.Mutex
	held  map[place]object
	order []place
	bytes int
}

// A place is where an object begins in a pack.
type place struct {
	pack *pack
	at   uint64
}

func (c *cache) get(p place) (object, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	o, ok := c.held[p]
	return o, ok
}

// put keeps an object, and forgets those that came first where there are too many.
func (c *cache) put(p place, o object) {
	if len(o.content) > maxCacheBytes/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		c.held = map[place]object{}
	}
	if _, ok := c.held[p]; ok {
		return
	}
	c.held[p] = o
	c.order = append(c.order, p)
	for c.bytes += len(o.content); c.bytes > maxCacheBytes; c.order = c.order[1:] {
		c.bytes -= len(c.held[c.order[0]].content)
		delete(c.held, c.order[0])
	}
}
