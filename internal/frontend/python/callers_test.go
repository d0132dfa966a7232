package python

import "testing"

func TestMayCall(t *testing.T) {
	functions := wanted{
		modules: map[string][]string{"make": {"lib", "jobs"}, "Maker": {"my-lib"}},
		words:   map[string]bool{"make": true, "lib": true, "jobs": true, "Maker": true, "my-lib": true},
	}
	for text, want := range map[string]bool{
		"from lib.jobs import make":                  true,
		"import lib.jobs\nlib.jobs.make()":           true,
		`"source": ["import jobs\n", "\njobs.make"]`: true,
		"from jobs import makes":                     false,
		"from job import make":                       false,
		"jobs.make()":                                false,
		"run('my-lib')\nimport sys\nMaker()":         true,
		"import a\\":                                 false,
	} {
		if got := mayCall([]byte(text), functions); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// BenchmarkMayCall goes over a file that calls none of many functions.
func BenchmarkMayCall(b *testing.B) {
	functions := wanted{modules: map[string][]string{}, words: map[string]bool{}}
	for i := range 300 {
		functions.modules["make_job_"+itoa(i)] = []string{"lib"}
		functions.words["make_job_"+itoa(i)] = true
	}
	text := []byte("import os\n")
	for i := range 500 {
		text = append(text, "value_"+itoa(i)+" = make_job(other.thing, 42)\n"...)
	}
	for b.Loop() {
		mayCall(text, functions)
	}
}
