# make check is what CI runs: see .ci/run.
.PHONY: check build test lint files pre-commit snapshot image vulnerabilities generate fuzz bench rule

check:
	bash .ci/run

build:
	CGO_ENABLED=0 go build -trimpath -o bin/vpclint ./cmd/vpclint

test:
	go test ./...

lint:
	gofmt -l . | (! grep .)
	go vet ./...
	golangci-lint run

# Workflows, scripts, the image and forms, by linters of theirs.
files:
	bash .ci/files

# Real pre-commit and prek, with the hooks of a clone.
pre-commit:
	bash .ci/pre-commit

# A release without publishing: what is in dist then. It needs goreleaser 2; syft, cosign and docker are left out.
snapshot:
	goreleaser release --snapshot --clean --skip=sbom,sign,docker

image:
	docker build --tag vpclint .

vulnerabilities:
	go run golang.org/x/vuln/cmd/govulncheck@v1.3.0 ./...

generate:
	go generate ./...
	go test ./rules ./internal/lint ./internal/cli -update

# Every fuzz target for a while each; what they found before is part of the tests.
fuzz:
	for dir in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
	  for name in $$(grep -hoE '^func Fuzz[A-Za-z]+' $$dir/*_test.go | sed 's/func //' | sort -u); do \
	    go test $$dir -run '^$$' -fuzz "^$$name\$$" -fuzztime 30s -fuzzminimizetime 10x || exit 1; \
	  done; \
	done

bench:
	go test -run '^$$' -bench . -benchmem ./internal/...

# make rule NAME=some-slug writes rules/some-slug.go and rules/some-slug.md, to be filled in.
rule:
	cd rules && go run gen.go -new $(NAME)
