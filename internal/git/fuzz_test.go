package git

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// FuzzApply holds that no delta reaches beyond what it is applied to, or makes more than it says.
func FuzzApply(f *testing.F) {
	f.Add([]byte("\x04\x04\x90\x04"), []byte("text"))
	f.Add([]byte("\x04\x06\x02ab\x91\x00\x04"), []byte("text"))
	f.Add([]byte("\xff\xff\xff\xff\x0f\x01\x01a"), []byte{})
	f.Fuzz(func(t *testing.T, delta, base []byte) {
		out, err := apply(delta, base)
		if err != nil {
			return
		}
		if _, rest, ok := varint(delta); ok {
			if size, _, ok := varint(rest); !ok || uint64(len(out)) != size {
				t.Errorf("%d bytes, not %d", len(out), size)
			}
		}
	})
}

// FuzzPack holds that what a pack holds, read from any of its places, is an object or an error, whatever leads to what.
func FuzzPack(f *testing.F) {
	blob := func(head byte, middle string, content string) []byte {
		var b bytes.Buffer
		b.WriteByte(head)
		b.WriteString(middle)
		z := zlib.NewWriter(&b)
		if _, err := z.Write([]byte(content)); err != nil {
			f.Fatal(err)
		}
		if err := z.Close(); err != nil {
			f.Fatal(err)
		}
		return b.Bytes()
	}
	whole := blob(0x34, "", "text")
	f.Add(append(whole, blob(0x64, string([]byte{byte(len(whole))}), "\x04\x04\x90\x04")...), uint8(len(whole)))
	f.Add(blob(0x64, "\x00", "\x04\x04\x90\x04"), uint8(0))
	f.Add(blob(0x74, "aaaaaaaaaaaaaaaaaaaa", "\x04\x04\x90\x04"), uint8(0)) // a delta to itself
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, at uint8) {
		dir := t.TempDir()
		index := make([]byte, indexHead)
		copy(index, "\xfftOc\x00\x00\x00\x02")
		id := []byte("aaaaaaaaaaaaaaaaaaaa")
		for i := int(id[0]); i < 256; i++ {
			binary.BigEndian.PutUint32(index[8+4*i:], 1)
		}
		index = append(index, id...)
		index = append(index, 0, 0, 0, 0, 0, 0, 0, at)
		index = append(index, make([]byte, 40)...)
		if err := os.MkdirAll(filepath.Join(dir, "pack"), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, b := range map[string][]byte{"pack/pack-a.idx": index, "pack/pack-a.pack": data} {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		s, err := openStore(root, ".", sha1Hash)
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		if o, err := s.object(ID(id)); err == nil && o.kind.String() == "" {
			t.Errorf("an object of no kind: %v", o)
		}
	})
}

// FuzzIndex holds that an index says where objects are, or that it is none.
func FuzzIndex(f *testing.F) {
	head := make([]byte, indexHead+100)
	copy(head, "\xfftOc\x00\x00\x00\x02")
	f.Add(head)
	head = bytes.Clone(head)
	for i := range 256 {
		binary.BigEndian.PutUint32(head[8+4*i:], 1)
	}
	f.Add(head)
	f.Fuzz(func(t *testing.T, index []byte) {
		dir := t.TempDir()
		for name, b := range map[string][]byte{"p.idx": index, "p.pack": []byte("PACK")} {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		p, err := openPack(root, "p", sha1Hash)
		if err != nil {
			return
		}
		defer p.close()
		for _, id := range []ID{ID(make([]byte, 20)), "aaaaaaaaaaaaaaaaaaaa"} {
			if _, _, err := p.find(id); err != nil && index == nil {
				t.Error(err)
			}
		}
		if names, err := p.names("0000", 10); err == nil && len(names) > 10 {
			t.Errorf("%d names", len(names))
		}
	})
}

// FuzzConfig holds that a configuration, which is somebody's text, is read to its end.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("[core]\n\tworktree = \"a\\\\b\" # x\n[remote \"o\"] promisor\n[extensions]objectformat=sha256"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for name := range parseConfig(text) {
			if name == "" {
				t.Error("a setting without a name")
			}
		}
	})
}
