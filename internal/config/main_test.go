package config_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain fixes the seed of random tests, so that a change is judged and not its luck; -rapid.seed takes another.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed != nil && seed.Value.String() == "0" {
		if err := seed.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
