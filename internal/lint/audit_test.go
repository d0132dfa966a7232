package lint_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/lint"
)

// answersScript prints a request of each operation of SageMaker's with all of its members, and the answer about what it
// made: the members that they have in common are the request's.
const answersScript = `
import json, sys, botocore.session
m = botocore.session.get_session().get_service_model("sagemaker")
def sample(shape, path, depth=0):
    t = shape.type_name
    if t == "structure":
        if depth > 7: return None
        members = shape.members
        if shape.metadata.get("union"):
            members = dict([next(iter(members.items()))])
        return {k: v for k, v in ((k, sample(s, path + "." + k, depth + 1)) for k, s in members.items()) if v is not None}
    if t == "list":
        v = sample(shape.member, path, depth + 1)
        return [] if v is None else [v]
    if t == "map":
        return {"key": sample(shape.value, path, depth + 1)}
    if t in ("integer", "long"): return 2
    if t in ("float", "double"): return 2.5
    if t == "boolean": return True
    if t == "timestamp": return "2024-05-02T09:21:31.541000+00:00"
    if getattr(shape, "enum", None): return shape.enum[0]
    return "arn:aws:sagemaker:us-east-1:123456789012:thing/a" if path.endswith("Arn") else path.split(".")[-1].lower()
out = {}
for op in m.operation_names:
    if not op.startswith("Create") or "Describe" + op[6:] not in m.operation_names:
        continue
    request = sample(m.operation_model(op).input_shape, "")
    shape = m.operation_model("Describe" + op[6:]).output_shape
    shape = shape.members.get(op[6:], shape)
    answer = sample(shape, "")
    for k, v in request.items():
        if k in answer:
            answer[k] = v
    if op == "CreateNotebookInstance":
        answer["SecurityGroups"] = request["SecurityGroupIds"]
        answer["NotebookInstanceLifecycleConfigName"] = request["LifecycleConfigName"]
    if op == "CreateCluster":
        for groups in ("InstanceGroups", "RestrictedInstanceGroups"):
            answer[groups] = [dict(g, TargetCount=g["InstanceCount"], CurrentCount=9) for g in request[groups]]
            for g in answer[groups]:
                del g["InstanceCount"]
    out[op] = {"request": request, "answer": answer}
json.dump(out, sys.stdout)
`

// An answer gives the canonical model that its request gives.
func TestAnswersAreRequests(t *testing.T) {
	b, err := exec.Command("python3", "-c", answersScript).Output()
	if err != nil {
		t.Skipf("botocore is not to be had here: %v", err)
	}
	var pairs map[string]struct{ Request, Answer json.RawMessage }
	if err := json.Unmarshal(b, &pairs); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for api, pair := range pairs {
		want, got := modelOf(t, pair.Request), modelOf(t, pair.Answer)
		if len(got) == 0 {
			continue // answers that nobody reads
		}
		compared++
		// What an answer never tells is unknown.
		want = slices.DeleteFunc(want, func(line string) bool {
			member, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			top, _, _ := strings.Cut(member, ".")
			return !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), member+" ") }) &&
				slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "doesn't tell "+top) })
		})
		told := func(l string) bool { return strings.Contains(l, "what describes it doesn't tell ") }
		untold := map[string]bool{}
		for _, l := range got {
			if told(l) {
				member, _, _ := strings.Cut(strings.TrimSpace(l), " ")
				untold[member] = true
			}
		}
		want = slices.DeleteFunc(want, func(l string) bool { member, _, _ := strings.Cut(strings.TrimSpace(l), " "); return untold[member] })
		got = slices.DeleteFunc(got, told)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: the answer gives another model (-request +answer):\n%s", api, diff)
		}
	}
	if compared < 20 {
		t.Errorf("%d answers were read, and 20 at least are known", compared)
	}
}

// modelOf returns the lines of the canonical model of one file that is named.
func modelOf(t *testing.T, content []byte) []string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.json"), content, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"x.json"}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := lint.Dump(&out, r, false); err != nil {
		t.Fatal(err)
	}
	return slices.Collect(strings.Lines(out.String()))
}
