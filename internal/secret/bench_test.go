package secret

import (
	"strings"
	"testing"
)

// Files without secrets are most of what is looked through, and embedded images most of what notebooks hold.
func BenchmarkFind(b *testing.B) {
	for name, text := range map[string]string{
		"source": strings.Repeat("    estimator = Estimator(image_uri=uri, role=role, subnets=[\"subnet-0a1b2c3d\"], hyperparameters={\"epochs\": 3})\n", 1000),
		"image":  draw(50, b64, 100_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Find(text)
			}
		})
	}
}
