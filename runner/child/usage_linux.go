package child

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
	"time"
)

// cpuTime is the user and system time that this process has used.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// peakMemory is the most memory that this process has had resident, in
// bytes. It is read from VmHWM: ru_maxrss starts, after fork and exec, at
// what the parent had.
func peakMemory() int64 { return status("VmHWM:") }

// residentMemory is how much memory this process has resident, in bytes.
func residentMemory() int64 { return status("VmRSS:") }

// status is a number of bytes among what the system says of this process;
// 0 if it does not say it.
func status(name string) int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(status, []byte(name))
	line, _, _ := bytes.Cut(rest, []byte(" kB"))
	kilobytes, _ := strconv.ParseInt(string(bytes.TrimSpace(line)), 10, 64)
	return kilobytes * 1024
}
