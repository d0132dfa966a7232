# vpclint in an image of its own: one static program, no shell, no root. Built of the source:
#   docker build --tag vpclint . && docker run --rm --volume "$PWD:/work" vpclint
# A release builds the stage `release` of the programs that are in its archives too.

FROM --platform=$BUILDPLATFORM golang:1.26.8-alpine@sha256:8ac98ca534ac3f51e1f420a1dd2c15e74c75cfa0f23f3ad27eb5d7236c349a0c AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -ldflags='-s -w' -o /out/vpclint ./cmd/vpclint

# It opens no connection and runs nothing, so that it needs neither certificates nor git, and trusts no owner of /work.
FROM scratch AS image
LABEL org.opencontainers.image.title="vpclint" \
      org.opencontainers.image.description="Find SageMaker workloads that run outside the private network" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/vpclint/vpclint" \
      org.opencontainers.image.documentation="https://github.com/vpclint/vpclint/blob/main/README.md"
COPY LICENSE /LICENSE
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/vpclint"]
CMD ["check"]

FROM image AS release
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/vpclint /usr/local/bin/vpclint

FROM image
COPY --from=build /out/vpclint /usr/local/bin/vpclint
