// Vpclint reports SageMaker workloads that run outside the private network.
package main

import (
	"os"

	"github.com/vpclint/vpclint/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
