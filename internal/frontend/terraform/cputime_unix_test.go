//go:build unix

package terraform

import (
	"syscall"
	"time"
)

// cpuTime is the time that the process has had a processor for: on a busy machine the clock also counts what others do.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
