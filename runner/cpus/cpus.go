// Package cpus knows how many CPUs there are for the runs. It neither starts
// nor limits anything.
package cpus

import (
	"math"
	"os"
	"runtime"
)

// Available is how many CPUs this process, and whatever it starts, can keep
// busy: those that it may run on or, if that is less, the quota of its
// control groups. It is at least 1. A quota is rounded to the nearest whole
// number, for that is what a run shows. Go's own GOMAXPROCS is 2 or more
// under any quota, see golang/go#73193.
func Available() int {
	n := runtime.NumCPU()
	if limit, ok := quota(os.DirFS("/")); ok {
		n = min(n, whole(limit))
	}
	return n
}

// whole is a quota as a number of CPUs.
func whole(quota float64) int {
	return max(1, int(min(math.Round(quota), math.MaxInt32)))
}
