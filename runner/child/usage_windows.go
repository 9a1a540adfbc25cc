package child

import (
	"syscall"
	"time"
	"unsafe"
)

// cpuTime is the user and kernel time that this process has used.
func cpuTime() time.Duration {
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	var created, exited, kernel, user syscall.Filetime
	if syscall.GetProcessTimes(process, &created, &exited, &kernel, &user) != nil {
		return 0
	}
	ticks := func(t syscall.Filetime) int64 { return int64(t.HighDateTime)<<32 | int64(t.LowDateTime) }
	return time.Duration(ticks(kernel)+ticks(user)) * 100 // of 100 ns
}

// processMemoryCounters is PROCESS_MEMORY_COUNTERS of psapi.h.
type processMemoryCounters struct {
	size, pageFaults                                             uint32
	peakWorkingSet, workingSet                                   uintptr
	quotaPeakPaged, quotaPaged, quotaPeakNonPaged, quotaNonPaged uintptr
	pagefile, peakPagefile                                       uintptr
}

// peakMemory is the most memory that this process has had resident, in bytes.
func peakMemory() int64 {
	get := syscall.NewLazyDLL("kernel32.dll").NewProc("K32GetProcessMemoryInfo")
	if get.Find() != nil {
		return 0
	}
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	counters := processMemoryCounters{}
	counters.size = uint32(unsafe.Sizeof(counters))
	ok, _, _ := get.Call(uintptr(process), uintptr(unsafe.Pointer(&counters)), uintptr(counters.size))
	if ok == 0 {
		return 0
	}
	return int64(counters.peakWorkingSet)
}

// residentMemory is not known: what a run's code takes cannot be told from
// what the process had before.
func residentMemory() int64 { return 0 }
