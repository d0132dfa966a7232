package delivery

import "regexp"

// image is where releases are published as a container.
const image = "ghcr.io/vpclint/vpclint"

// pinned is an action by its commit.
var pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
