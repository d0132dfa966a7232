//go:build !windows

package cli

import "os"

// showsColors reports whether a terminal obeys escape sequences.
func showsColors(*os.File) bool { return true }
