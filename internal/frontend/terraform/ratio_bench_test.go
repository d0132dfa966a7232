package terraform

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// An indexedTree is a tree of files that knows what lies in each directory, as the driver's does.
type indexedTree struct {
	memoryTree
	dirs map[string][]string
}

func (t indexedTree) Dir(dir string) []string { return t.dirs[path.Clean(dir)] }

// indexedInput is inputOf with a tree that costs nothing to list.
func indexedInput(files map[string]string) *frontend.Input {
	in := inputOf(files)
	tree := indexedTree{memoryTree: in.Tree.(memoryTree), dirs: map[string][]string{}}
	for _, p := range sortedKeys(tree.memoryTree) {
		tree.dirs[path.Dir(p)] = append(tree.dirs[path.Dir(p)], p)
	}
	in.Tree = tree
	in.Reads = func(_ resource.Dialect, typ string, data bool) bool { return !data && modelled.MatchString(typ) }
	return in
}

// modelled are the resource types that the driver's predicate lets through, near enough.
var modelled = regexp.MustCompile(`^aws(cc)?_(sagemaker_|ec2_|vpc|subnet|route|internet_gateway|nat_gateway|egress_only|security_group|network_acl|` +
	`flow_log|default_|main_route_table|iam_|s3_bucket$|s3_bucket_p|kms_|sfn_state_machine$|cloudtrail|ssm_parameter$|organizations_policy|stepfunctions_state_machine$)`)

// besides measures Load against hclsyntax's parsing of the same files, turn by turn, so that what else the machine does
// falls on both. The garbage collector's work is part of it: what is allocated is paid for there.
func besides(b *testing.B, files map[string]string) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var native []*source.File
	resources := 0
	bytes := int64(0)
	out := load(b, indexedInput(files))
	for _, f := range out.Loaded {
		if !isJSON(f.Path) {
			native = append(native, f)
			bytes += int64(len(f.Bytes))
		}
	}
	resources = len(out.Resources)
	b.SetBytes(bytes)
	var parsing, loading time.Duration
	var objects [3]uint64
	for b.Loop() {
		in := indexedInput(files)
		objects[0] = collected()
		start := cpuTime()
		parseAll(native)
		parsing += cpuTime() - start
		objects[1] += collected() - objects[0]
		objects[0] = collected()
		start = cpuTime()
		out := load(b, in)
		loading += cpuTime() - start
		objects[2] += collected() - objects[0]
		if len(out.Resources) != resources {
			b.Fatalf("got %d resources, then %d", resources, len(out.Resources))
		}
	}
	b.ReportMetric((loading-parsing).Seconds()/parsing.Seconds(), "x-parse")
	b.ReportMetric(float64(objects[2]-objects[1])/float64(objects[1]), "x-parse-allocs")
	b.ReportMetric(float64(resources), "resources")
}

// parseAll parses files and keeps them until all are parsed, as Load has to.
func parseAll(files []*source.File) {
	bodies := make([]*hcl.File, len(files))
	for i, f := range files {
		bodies[i], _ = hclsyntax.ParseConfig(f.Bytes, f.Path, hcl.InitialPos)
	}
	runtime.KeepAlive(bodies)
}

// collected frees what is no longer used, so that nobody pays for what another has left, and returns the number of
// objects allocated so far.
func collected() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}

// BenchmarkBesides reports what Load costs besides hclsyntax's parsing as a multiple of it, "x-parse", which is to be
// at most a half: on a tree as people write them, and on real repositories, the directories in the one that
// VPCLINT_TERRAFORM_TREES names.
func BenchmarkBesides(b *testing.B) {
	b.Run("mixed", func(b *testing.B) { besides(b, mixedTree(24)) })
	b.Run("flat", func(b *testing.B) { besides(b, benchTree(100)) })
	b.Run("real", func(b *testing.B) {
		root := os.Getenv("VPCLINT_TERRAFORM_TREES")
		if root == "" {
			b.Skip("VPCLINT_TERRAFORM_TREES names no directory of repositories")
		}
		dirs, err := os.ReadDir(root)
		if err != nil {
			b.Fatal(err)
		}
		for _, d := range dirs {
			files := treeAt(b, filepath.Join(root, d.Name()))
			if len(files) > 0 {
				b.Run(d.Name(), func(b *testing.B) { besides(b, files) })
			}
		}
	})
}

// treeAt reads the files of a repository that a module may read; none where nothing is Terraform's.
func treeAt(b *testing.B, root string) map[string]string {
	b.Helper()
	const maxBytes = 1 << 20
	files := map[string]string{}
	native := false
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() {
			return err
		}
		switch ext := strings.TrimPrefix(filepath.Ext(p), "."); {
		case ext == "tf" || ext == "tofu":
			native = true
		case !slices.Contains([]string{"tfvars", "json", "tpl", "tftpl", "sh", "yaml", "yml"}, ext):
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil || len(text) > maxBytes {
			return err
		}
		rel, err := filepath.Rel(root, p)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	switch {
	case err != nil:
		b.Fatal(err)
	case !native:
		return nil
	}
	return files
}
