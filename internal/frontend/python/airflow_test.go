package python

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAirflow holds what is read from each script of testdata/airflow against the requests that its operators made when they
// were executed (testdata/record_airflow.py).
func TestAirflow(t *testing.T) {
	recordings, err := filepath.Glob("testdata/airflow/*.json")
	if err != nil || len(recordings) == 0 {
		t.Fatal("there are no recordings", err)
	}
	for _, file := range recordings {
		name := strings.TrimSuffix(filepath.ToSlash(file), ".json")
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var sent []request
			if err := json.Unmarshal(b, &sent); err != nil || len(sent) == 0 {
				t.Fatal(len(sent), err)
			}
			read := load(t, scriptTree(t, name)).Resources
			for i, raw := range read {
				if raw.Type == "CreateHyperParameterTuningJob" { // its training jobs are what is compared
					read[i].Type, read[i].Props = "CreateTrainingJob", raw.Props.Attr("TrainingJobDefinition")
				}
			}
			if _, unknown := compareScript(t, read, sent); unknown > 0 {
				t.Errorf("%d members are unknown", unknown)
			}
		})
	}
}

// TestAirflowRecordings holds the recordings against Airflow itself: VPCLINT_AIRFLOW names a Python that has it.
func TestAirflowRecordings(t *testing.T) {
	checkRecordings(t, "VPCLINT_AIRFLOW", "Airflow's Amazon provider", "record_airflow.py")
}
