//go:build unix && !linux

package child

import (
	"runtime"
	"syscall"
	"time"
)

func rusage() syscall.Rusage {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // zeros, if it cannot be had
	return usage
}

// cpuTime is the user and system time that this process has used.
func cpuTime() time.Duration {
	usage := rusage()
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// peakMemory is the most memory that this process has had resident, in
// bytes. Darwin counts it in bytes, the BSDs in kilobytes.
func peakMemory() int64 {
	if runtime.GOOS == "darwin" {
		return int64(rusage().Maxrss)
	}
	return int64(rusage().Maxrss) * 1024
}

// residentMemory is not known: what a run's code takes cannot be told from
// what the process had before.
func residentMemory() int64 { return 0 }
