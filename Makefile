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
