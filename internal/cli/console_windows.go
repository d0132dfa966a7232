package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// showsColors makes a console obey escape sequences, which it prints as they are until it is told, and reports whether it
// does.
func showsColors(console *os.File) bool {
	var mode uint32
	handle := windows.Handle(console.Fd())
	return windows.GetConsoleMode(handle, &mode) == nil &&
		windows.SetConsoleMode(handle, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
