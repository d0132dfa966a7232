package delivery

// image is where releases are published as a container.
const image = "ghcr.io/vpclint/vpclint"
