package jobconfig

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/value"
)

// chart is what a chart's template says before it is rendered.
const chart = `{{- /* don't "render" */ -}}
{{- if .Values.train.enabled }}
apiVersion: sagemaker.services.k8s.aws/v1alpha1
kind: TrainingJob
metadata:
  name: {{ include "chart.name" . }}-train
  labels:
    {{- include "chart.labels" . | nindent 4 }}
spec:
  trainingJobName: {{ .Release.Name }}
  roleARN: {{ .Values.role | quote }}
  algorithmSpecification:
    trainingImage: "{{ .Values.image | default "churn" }}:1"
    trainingInputMode: {{ if .Values.pipe }}Pipe{{ else }}File{{ end }}
  outputDataConfig: {s3OutputPath: "s3://{{ .Values.bucket }}/out"}
  resourceConfig:
    instanceCount: {{ .Values.count }}
    instanceType: ml.m5.xlarge
    {{- toYaml .Values.resources | nindent 4 }}
  stoppingCondition:
    {{- toYaml .Values.stop | nindent 4 }}
  {{- if .Values.vpc }}
  vpcConfig:
    subnets: [subnet-0f00ba4e5eed00001]
  {{- else }}
  vpcConfig: {}
  {{- end }}
  inputDataConfig:
    {{- range .Values.channels }}
    - channelName: {{ . }}
    {{- end }}
  {{ .Values.key }}: x
  environment:
    SCRIPT: |
      one
      {{- .Values.lines | nindent 6 }}
      two
    {{- with .Values.stage }}
    STAGE: {{ . }}
    {{- end }}
  enableNetworkIsolation: false
{{- end }}
`

// at returns what stands at a path.
func at(v value.Value, path string) value.Value {
	for name := range strings.SplitSeq(path, ".") {
		v = v.Attr(name)
	}
	return v
}

// What an action gives is not known, and nothing else is unknown.
func TestKubernetesTemplate(t *testing.T) {
	out := load(t, "chart/templates/job.yaml", chart)
	want := []string{"chart/templates/job.yaml:TrainingJob TrainingJob at 4:7 TrainingJob"}
	if diff := cmp.Diff(want, spots(out)); diff != "" || len(out.Findings) > 0 {
		t.Fatal(diff, out.Findings)
	}
	r := out.Resources[0]
	got := map[string]string{}
	for _, path := range []string{
		"roleARN", "algorithmSpecification.trainingImage", "algorithmSpecification.trainingInputMode",
		"outputDataConfig.s3OutputPath", "resourceConfig.instanceCount", "resourceConfig.instanceType",
		"resourceConfig.volumeKMSKeyID", "stoppingCondition.maxRuntimeInSeconds", "vpcConfig.subnets", "inputDataConfig",
		"enableNetworkIsolation", "checkpointConfig", "environment.SCRIPT", "environment.STAGE",
	} {
		v := at(r.Props, path)
		if got[path] = v.Literal(); v.Kind() != value.KindScalar {
			got[path] = v.Kind().String() + " " + v.Reason()
		}
	}
	placeholder := func(action string) string { return `opaque "` + action + `" is a placeholder` }
	if diff := cmp.Diff(map[string]string{
		"roleARN":                                  placeholder("{{ .Values.role | quote }}"),
		"algorithmSpecification.trainingImage":     `text "{{ .Values.image | default \"churn\" }}" is a placeholder`,
		"algorithmSpecification.trainingInputMode": placeholder("{{ if .Values.pipe }}"),
		"outputDataConfig.s3OutputPath":            `text "{{ .Values.bucket }}" is a placeholder`,
		"resourceConfig.instanceCount":             placeholder("{{ .Values.count }}"),
		"resourceConfig.instanceType":              "ml.m5.xlarge",
		"resourceConfig.volumeKMSKeyID":            `opaque the member "{{- toYaml .Values.resources | nindent 4 }}" is a placeholder`,
		"stoppingCondition.maxRuntimeInSeconds":    placeholder("{{- toYaml .Values.stop | nindent 4 }}"),
		"vpcConfig.subnets":                        placeholder("{{- if .Values.vpc }}"),
		"inputDataConfig":                          placeholder("{{- range .Values.channels }}"),
		"enableNetworkIsolation":                   "false",
		"checkpointConfig":                         `opaque the member "{{ .Values.key }}" is a placeholder`,
		"environment.SCRIPT":                       placeholder("{{- .Values.lines | nindent 6 }}"),
		"environment.STAGE":                        placeholder("{{- with .Values.stage }}"),
	}, got); diff != "" {
		t.Error(diff)
	}
	places := map[string]string{"vpcConfig": "vpcConfig", "enableNetworkIsolation": "false", "resourceConfig": "resourceConfig"}
	for name, want := range places {
		if got := spanOf(r.Props.Attr(name)).Host().Text(); got != want {
			t.Errorf("%s stands at %q", name, got)
		}
	}
	if got := spanOf(r.Props.Attr("roleARN")).Host().Text(); got != "{{ .Values.role | quote }}" {
		t.Errorf("the role stands at %q", got)
	}
	_, cases := r.Exists.Verdict()
	if len(cases) != 1 || cases[0].When.String() != ".Values.train.enabled is true" {
		t.Errorf("it exists when %v", cases)
	}
}

// Whose are the members that an action adds is told by its indentation.
func TestTemplateIndentation(t *testing.T) {
	for _, row := range []struct{ name, action, open string }{
		{"of the spec", "  {{- toYaml .Values.more | nindent 2 }}", ""},
		{"of the last member", "  {{- toYaml .Values.more | nindent 4 }}", "resourceConfig"},
		{"by where it stands", "    {{ toYaml .Values.more }}", "resourceConfig"},
		{"of the object", "{{- toYaml .Values.more | nindent 0 }}", "none"},
		{"of no object", "    {{- /* nothing */}}{{- $x := 1 }}", "none"},
	} {
		t.Run(row.name, func(t *testing.T) {
			content := strings.Replace(trainingObject, "  resourceConfig: {instanceCount: 2, instanceType: ml.m5.xlarge, volumeSizeInGB: 50}\n",
				"", 1) + "  resourceConfig:\n    instanceCount: 1\n" + row.action + "\n"
			out := load(t, "a.yaml", content)
			if len(out.Resources) != 1 {
				t.Fatalf("found %v", spots(out))
			}
			props := out.Resources[0].Props
			if props.Open() != (row.open == "") || props.Attr("resourceConfig").Open() != (row.open == "resourceConfig") {
				t.Errorf("the spec is open: %v, its member: %v", props.Open(), props.Attr("resourceConfig").Open())
			}
		})
	}
}

// What one half of an if holds is there in other worlds than what its other half does.
func TestTemplateElse(t *testing.T) {
	out := load(t, "a.yaml", "{{ if eq .Values.a 1 }}\n"+trainingObject+"{{ else }}\n---\n"+trainingObject+"{{ end }}\n---\n"+trainingObject)
	var got []string
	for _, r := range out.Resources {
		_, cases := r.Exists.Verdict()
		when := ""
		for _, c := range cases {
			when += c.When.String()
		}
		got = append(got, when)
	}
	if diff := cmp.Diff([]string{"eq .Values.a 1 is true", "eq .Values.a 1 is false", ""}, got); diff != "" {
		t.Error(diff)
	}
}
