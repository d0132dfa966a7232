package shell

import (
	"testing"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// checkSpans reports a place that lies outside of its file.
func checkSpans(t *testing.T, v value.Value, depth int) {
	t.Helper()
	for o := v.Origin(); o != nil; o = o.Via {
		if s := o.Span; !s.IsZero() && (s.Start < 0 || s.End < s.Start || s.End > len(s.File.Bytes)) {
			t.Fatalf("[%d, %d) of %d bytes", s.Start, s.End, len(s.File.Bytes))
		}
	}
	if depth > 20 {
		return
	}
	for _, e := range v.Elems() {
		checkSpans(t, e, depth+1)
	}
	for _, f := range v.Fields() {
		checkSpans(t, f.Value, depth+1)
	}
	if v.Kind() == value.KindChoice {
		for _, a := range v.Arms() {
			checkSpans(t, a.Value, depth+1)
		}
	}
}

// Whatever a script says, reading it ends, and every place is one of its file.
func FuzzScript(f *testing.F) {
	for _, seed := range []string{
		"aws sagemaker create-model --model-name a --vpc-config Subnets=$A,SecurityGroupIds=[b]",
		"A=x; B=$A$A; C=$B$B; aws sagemaker create-model --cli-input-json \"{\\\"ModelName\\\": \\\"$C\\\"}\"",
		"f() { aws sagemaker create-model \"$@\"; f \"$@\" x; }; f a b",
		"for i in a b; do L+=(--tags Key=$i); done; aws sagemaker create-domain \"${L[@]}\" <<EOF\n$(aws sagemaker create-model)\nEOF",
		"cat > x.json <<EOF\n{\"ModelName\": \"$X\", $Y}\nEOF\naws sagemaker create-model --cli-input-json file://x.json --no-enable-network-isolation",
		"if [ -z \"$A\" ]; then exit; fi; case $B in a|b) eval \"aws sagemaker create-model $C\" ;; *) . ./run.sh ;; esac",
		"bash -c 'aws sagemaker create-cluster --instance-groups file://run.sh' | ssh h \"aws sagemaker create-app\"",
		"{% if x %}\nsagemaker {{ y }} )\naws sagemaker create-app --a <b>",
		"echo ${A:-${B:=c}} ${A%%*x} ${#A} ${!A} $((1+1)) `aws sagemaker create-app` sagemaker",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, lines string) {
		if len(lines) > 1<<13 {
			return
		}
		lines += "\n# sagemaker"
		tree := treeOf(map[string]string{"run.sh": lines, "x.json": `{"ModelName": "m"}`})
		in := &frontend.Input{Tree: tree, Documents: &frontend.Documents{}}
		r := result{}
		r.read(in, []script{{file: tree["run.sh"], owner: ownerOf(tree["run.sh"])}})
		for _, raw := range resourcesOf([]result{r}) {
			checkSpans(t, raw.Props, 0)
			if raw.Span.IsZero() || raw.Subject == "" {
				t.Fatalf("%s stands nowhere", raw.Type)
			}
		}
	})
}

// Whatever shorthand says, reading it ends.
func FuzzShorthand(f *testing.F) {
	for _, seed := range []string{
		"Subnets=a,b,SecurityGroupIds=[c,d]", "A={B=[{C=d}],E='f'},G=\"h\"", "A=[[[[", "A@=file://x,B=", "{\"a\": [1, \"b\"]}", "a=b\\,c,d",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	x := &interpreter{operations: newOperations()}
	f.Fuzz(func(t *testing.T, s string, unknown bool) {
		if len(s) > 1<<13 {
			return
		}
		file := source.NewFile("run.sh", []byte(s))
		words := text{{known: s, at: file.Span(0, len(s)), exact: true}}
		if unknown {
			words = append(words, part{unknown: value.OfOpaque("nobody knows"), at: file.Span(0, 0)}, words[0])
		}
		a := &arguments{interpreter: x, flags: x.operations.flags("CreateModel"), f: &frame{process: &process{}}, req: &request{}}
		v := a.value("VpcConfig", a.flags.object.Form("VpcConfig"), field{text: words}, file.Span(0, 0))
		checkSpans(t, v, 0)
		list := a.listValue("Tags", a.flags.object.Form("Tags"), []field{{text: words}, {text: words, many: unknown}}, file.Span(0, 0))
		checkSpans(t, list, 0)
	})
}
