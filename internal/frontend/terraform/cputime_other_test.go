//go:build !unix

package terraform

import "time"

func cpuTime() time.Duration { return time.Duration(time.Now().UnixNano()) }
