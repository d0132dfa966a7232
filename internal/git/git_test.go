package git_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/git"
)

// A hand builds a repository without git, as somebody who means harm would.
type hand struct {
	t   *testing.T
	dir string
}

func byHand(t *testing.T) hand {
	h := hand{t, t.TempDir()}
	write(t, h.dir, ".git/HEAD", "ref: refs/heads/main\n")
	if err := os.MkdirAll(filepath.Join(h.dir, ".git/objects"), 0o755); err != nil {
		t.Fatal(err)
	}
	return h
}

// object stores a loose object under the hash of its content, and returns that.
func (h hand) object(kind string, content string) string {
	text := fmt.Sprintf("%s %d\x00%s", kind, len(content), content)
	sum := sha1.Sum([]byte(text))
	return h.store(hex.EncodeToString(sum[:]), text)
}

// store stores any text as an object of any name.
func (h hand) store(name, text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		h.t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		h.t.Fatal(err)
	}
	write(h.t, h.dir, ".git/objects/"+name[:2]+"/"+name[2:], b.String())
	return name
}

func (h hand) tree(entries ...string) string {
	var b strings.Builder
	for i := 0; i < len(entries); i += 3 {
		raw, err := hex.DecodeString(entries[i+2])
		if err != nil {
			h.t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\x00%s", entries[i], entries[i+1], raw)
	}
	return h.object("tree", b.String())
}

func (h hand) commit(tree string) string {
	id := h.object("commit", "tree "+tree+"\nauthor a <a@example.com> 1 +0000\ncommitter a <a@example.com> 1 +0000\n\nm\n")
	write(h.t, h.dir, ".git/refs/heads/main", id+"\n")
	return id
}

func (h hand) head() *git.Tree {
	h.t.Helper()
	r := open(h.t, h.dir)
	id, err := r.Resolve("HEAD")
	if err != nil {
		h.t.Fatal(err)
	}
	tree, err := r.Tree(id)
	if err != nil {
		h.t.Fatal(err)
	}
	return tree
}

// Links are followed in the tree, and nowhere else.
func TestLinks(t *testing.T) {
	h := byHand(t)
	file := h.object("blob", "text")
	link := func(target string) string { return h.object("blob", target) }
	sub := h.tree("100644", "file", file, "120000", "up", link("../file"), "120000", "out", link("../../file"))
	h.commit(h.tree(
		"120000", "absolute", link("/etc/passwd"), "120000", "again", link("near"), "40000", "dir", sub, "100644", "file", file,
		"120000", "linked", link("dir"), "120000", "loop", link("loop"), "120000", "near", link("./dir/../file"),
		"120000", "none", link("nowhere"), "120000", "outside", link("../etc/passwd"),
		"40000", "..", sub, "40000", ".git", sub, "100644", "a/b", file, "100644", "", file,
	))
	tree := h.head()
	for _, name := range []string{"file", "near", "again", "dir/file", "dir/up", "linked/file", "linked/up", "./dir//../file"} {
		if b, err := fs.ReadFile(tree, name); err != nil || string(b) != "text" {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
	for _, name := range []string{"absolute", "loop", "none", "outside", "dir/out", "../file", "/file", "file/x", ".git/file", "a/b", "nowhere"} {
		if f, err := tree.Open(name); err == nil {
			t.Errorf("%s was opened: %v", name, f)
		}
	}
	if real, ok := tree.Real("linked/up"); !ok || real != "file" {
		t.Errorf("linked/up is %q, %t", real, ok)
	}
	if err := tree.Err(); err != nil {
		t.Errorf("what leads nowhere isn't what can't be read: %v", err)
	}
	entries, err := fs.ReadDir(tree, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name == ".." || name == ".git" || name == "" || strings.Contains(name, "/") {
			t.Errorf("the directory holds %q", name)
		}
	}
}

// What isn't there, or isn't what it is called, is told.
func TestFaulty(t *testing.T) {
	h := byHand(t)
	absent := strings.Repeat("ab", 20)
	other := h.store(strings.Repeat("cd", 20), "blob 4\x00text")
	short := h.store(strings.Repeat("ce", 20), "blob 9\x00text")
	large := h.store(strings.Repeat("cf", 20), fmt.Sprintf("blob %d\x00text", git.MaxObjectBytes+1))
	broken := h.object("tree", "100644 name\x00short")
	h.commit(h.tree("100644", "absent", absent, "100644", "large", large, "100644", "other", other, "100644", "short", short, "40000", "tree", broken))
	for name, want := range map[string]string{
		"absent": "the object abababababab isn't in the repository",
		"other":  "the object cdcdcdcdcdcd is corrupt: its content is another's",
		"short":  "the object cececececece is corrupt: it has another size than it says",
		"tree/x": "is corrupt: it is a tree that breaks off",
	} {
		tree := h.head()
		if _, err := tree.Open(name); err == nil || tree.Err() == nil || !strings.Contains(tree.Err().Error(), want) {
			t.Errorf("%s: %v, want %s", name, tree.Err(), want)
		}
	}
	tree := h.head()
	if _, err := tree.Open("large"); err == nil || tree.Err() != nil || !strings.Contains(err.Error(), "it is larger than 64 MiB") {
		t.Errorf("large: %v, %v", err, tree.Err())
	}
	// A tree that holds itself would have no end.
	self := strings.Repeat("ef", 20)
	raw, err := hex.DecodeString(self)
	if err != nil {
		t.Fatal(err)
	}
	entry := "40000 x\x00" + string(raw)
	h.store(self, fmt.Sprintf("tree %d\x00%s", len(entry), entry))
	id := h.commit(self)
	r := open(t, h.dir)
	commit, err := r.Resolve(id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Tree(commit); err == nil {
		t.Error("a tree holds itself")
	}
	// A commit that names no tree is told by its own name.
	nameless := h.object("commit", "tree none\n\n")
	if commit, err = r.Resolve(nameless); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Tree(commit); err == nil || !strings.Contains(err.Error(), nameless[:12]+" is corrupt: it names an object by what is no name") {
		t.Error(err)
	}
}

// A git directory elsewhere is read only where it leads back.
func TestElsewhere(t *testing.T) {
	h := byHand(t)
	h.commit(h.tree())
	other := t.TempDir()
	for name, want := range map[string]string{
		"gitdir: " + filepath.Join(h.dir, ".git"): "which doesn't lead back",
		"gitdir: .":      "which doesn't lead back",
		"gitdir: /dev":   "which doesn't lead back",
		"something else": "doesn't say where the git directory is",
		"":               "doesn't say where the git directory is",
	} {
		write(t, other, ".git", name+"\n")
		var none *git.NoRepository
		if _, err := git.Open(other, nil); !errors.As(err, &none) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", name, err, want)
		}
	}
	// One that claims to be a worktree of another's repository.
	fake := filepath.Join(t.TempDir(), "worktrees", "w")
	write(t, fake, "gitdir", filepath.Join(other, ".git")+"\n")
	write(t, fake, "commondir", filepath.Join(h.dir, ".git")+"\n")
	write(t, fake, "HEAD", "ref: refs/heads/main\n")
	write(t, other, ".git", "gitdir: "+fake+"\n")
	if _, err := git.Open(other, nil); err == nil || !strings.Contains(err.Error(), "it isn't one of that one's worktrees") {
		t.Errorf("a repository was taken for another's: %v", err)
	}
	if _, err := git.Open(t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "it is no git repository") {
		t.Errorf("a directory without .git: %v", err)
	}
	// A link in the git directory that leads out of it.
	id := h.commit(h.tree())
	outside := filepath.Join(t.TempDir(), "ref")
	if err := os.WriteFile(outside, []byte(id+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(h.dir, ".git/refs/heads/link")); err != nil {
		t.Skip(err)
	}
	if _, err := open(t, h.dir).Resolve("link"); err == nil {
		t.Error("a reference was read outside of the git directory")
	}
}

// What names no commit is told why.
func TestBadRevisions(t *testing.T) {
	h := byHand(t)
	blob := h.object("blob", "text")
	id := h.commit(h.tree("100644", "file", blob))
	write(t, h.dir, ".git/refs/heads/loop", "ref: refs/heads/loop\n")
	write(t, h.dir, ".git/refs/heads/odd", "ref: ../../etc/passwd\n")
	write(t, h.dir, ".git/refs/heads/text", "hello\n")
	write(t, h.dir, ".git/config", "[core]\n\tbare = false\n")
	r := open(t, h.dir)
	for rev, want := range map[string]string{
		"nowhere":                   "nowhere: there is no such branch, tag or commit; of a branch that was only fetched the name is that of its remote: origin/nowhere",
		"origin/x":                  "origin/x: there is no such branch, tag or commit",
		"HEAD~1":                    "HEAD~1: it has no such ancestor",
		"HEAD^2":                    "HEAD^2: it has no such ancestor",
		"HEAD~99999999999999999999": "it has no such ancestor",
		"HEAD~x":                    "what stands behind the name is neither ~n nor ^n",
		"HEAD^{tree}":               "what stands behind the name is neither ~n nor ^n",
		"main..HEAD":                "a range is no revision",
		"HEAD@{1}":                  "a revision of this form isn't read",
		":/message":                 "a revision of this form isn't read",
		"loop":                      "more than 5 references lead to each other",
		"odd":                       "a reference leads to what is none",
		"text":                      "what it refers to is no object's name",
		"../../x":                   "a range is no revision",
		"config":                    "there is no such branch",
		"":                          "there is no such branch",
		blob:                        "it is a blob, not a commit",
		blob[:8]:                    "no commit has a name that begins like this",
		strings.Repeat("0", 40):     "isn't in the repository",
	} {
		if got, err := r.Resolve(rev); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is %v, %v; want %s", rev, got, err, want)
		}
	}
	for _, rev := range []string{"main", "HEAD", "@", id[:4], "main...", "...main", "HEAD...main", "..."} {
		if got, err := r.Resolve(rev); err != nil || got.String() != id {
			t.Errorf("%s is %v, %v; want %s", rev, got, err, id)
		}
	}
}

// A repository that is stored in a way that isn't read says so.
func TestFormats(t *testing.T) {
	h := byHand(t)
	h.commit(h.tree())
	for config, want := range map[string]string{
		"[extensions]\n\tobjectformat = sha512\n":        "hashed with sha512",
		"[Extensions]\n refStorage = \"reftable\" # x\n": "stored as reftable",
	} {
		write(t, h.dir, ".git/config", config)
		if _, err := git.Open(h.dir, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", config, err, want)
		}
	}
}
