# make check is what CI runs: see .ci/run.
.PHONY: check build test lint generate fuzz bench rule

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

generate:
	go generate ./...
	go test ./rules ./internal/lint ./internal/cli -update

bench:
	go test -run '^$$' -bench . -benchmem ./internal/...

# make rule NAME=some-slug writes rules/some-slug.go and rules/some-slug.md, to be filled in.
rule:
	cd rules && go run gen.go -new $(NAME)
