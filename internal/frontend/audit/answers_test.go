package audit

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// pairs prints, for each of SageMaker's create operations with a describe operation beside it, what members the request, the
// answer and the summaries in lists have.
const pairs = `
import json, botocore.session
m = botocore.session.get_session().get_service_model("sagemaker")
ops, out = m.operation_names, {}
for op in ops:
    kind = op[6:]
    if not op.startswith("Create") or "Describe" + kind not in ops:
        continue
    answer = m.operation_model("Describe" + kind).output_shape
    answer = answer.members.get(kind, answer)
    summary = []
    for name in ("List" + kind + "s", "List" + kind + "es", "List" + kind[:-1] + "ies", "List" + kind):
        if name in ops:
            for s in m.operation_model(name).output_shape.members.values():
                if s.type_name == "list" and s.member.type_name == "structure":
                    summary = list(s.member.members)
    out[op] = {"request": list(m.operation_model(op).input_shape.members), "answer": list(answer.members), "summary": summary}
print(json.dumps(out))
`

// known is what pairs prints of one operation.
type known struct{ Request, Answer, Summary []string }

// serviceModel returns the pairs of operations, where botocore is installed.
func serviceModel(t *testing.T) map[string]known {
	t.Helper()
	b, err := exec.Command("python3", "-c", pairs).Output()
	if err != nil {
		t.Skipf("botocore is not to be had here: %v", err)
	}
	var ops map[string]known
	if err := json.Unmarshal(b, &ops); err != nil {
		t.Fatal(err)
	}
	return ops
}

// The table of answers is what the service model says.
func TestAnswersFollowTheServiceModel(t *testing.T) {
	ops := serviceModel(t)
	read := map[string]bool{}
	for _, a := range answers {
		read[a.api] = true
		k, ok := ops[a.api]
		if !ok {
			t.Errorf("%s has no describe operation", a.api)
			continue
		}
		for _, name := range slices.Concat(a.always, a.place, []string{a.name}) {
			if !slices.Contains(k.Answer, name) {
				t.Errorf("%s: no answer has %s", a.api, name)
			}
		}
		if !slices.Contains(k.Answer, a.arn) || slices.Contains(k.Request, a.arn) {
			t.Errorf("%s: %s is no member of the answer alone", a.api, a.arn)
		}
		if a.api != "CreateWorkforce" && !slices.ContainsFunc(slices.Concat(a.always, []string{a.arn}), func(name string) bool { return !slices.Contains(k.Summary, name) }) {
			t.Errorf("%s: a summary in a list has all that an answer is known by", a.api)
		}
		if got := untold(k, a); !slices.Equal(got, a.untold) {
			t.Errorf("%s: answers don't tell %q, and the table has %q", a.api, got, a.untold)
		}
		for _, m := range a.renamed {
			if !slices.Contains(k.Answer, m.answer) || !slices.Contains(k.Request, m.request) || slices.Contains(k.Answer, m.request) {
				t.Errorf("%s: %s is not called %s in the answer", a.api, m.request, m.answer)
			}
		}
	}
	// Whatever says where it runs is read.
	for api, k := range ops {
		for _, member := range []string{"VpcConfig", "NetworkConfig", "SubnetId", "SubnetIds", "WorkforceVpcConfig"} {
			if slices.Contains(k.Request, member) && !read[api] {
				t.Errorf("%s has a %s, and its answer isn't read", api, member)
			}
		}
	}
}

// untold returns the members of a request that no answer has by any name. Tags have an operation of their own, and tokens
// are no settings.
func untold(k known, a answer) []string {
	var out []string
	for _, name := range k.Request {
		renamed := slices.ContainsFunc(a.renamed, func(m renaming) bool { return m.request == name })
		if !slices.Contains(k.Answer, name) && !renamed && name != "Tags" && !strings.HasSuffix(name, "Token") {
			out = append(out, name)
		}
	}
	return out
}
