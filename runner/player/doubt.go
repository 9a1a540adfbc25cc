package player

import (
	"fmt"
	"runtime"
	"time"

	"gosyncio/runner/child"
	"gosyncio/runner/timeline"
)

// A doubtError says that what a child reports can't be true. Nothing more that
// it says is of use.
type doubtError struct{ text string }

func (e *doubtError) Error() string { return e.text }

func doubt(format string, args ...any) error { return &doubtError{fmt.Sprintf(format, args...)} }

// doubtDone is why what a child says that it has measured can't be true; nil if it
// can.
func (r *Run) doubtDone(msg child.Done) error {
	s := r.Status()
	switch {
	case s.told:
		return doubt("it reports its end twice")
	case s.Start.IsZero() && (msg.Elapsed != 0 || msg.Err == ""): // else it could not begin
		return doubt("it reports its end before its start")
	}
	const mostMemory = 1 << 46 // bytes
	longest := s.At(time.Now()) + timeline.ClockSlack
	cpus := time.Duration(runtime.NumCPU())
	switch {
	case msg.Elapsed < 0 || msg.Elapsed > longest:
		return doubt("it reports a time that can't be: %v", msg.Elapsed)
	case msg.CPU < 0 || msg.CPU/cpus > longest:
		return doubt("it reports a CPU time that can't be: %v", msg.CPU)
	case msg.MaxRSS < 0 || msg.MaxRSS > mostMemory:
		return doubt("it reports an amount of memory that can't be: %d bytes", msg.MaxRSS)
	case msg.Memory < 0 || msg.Memory > mostMemory:
		return doubt("it reports an amount of memory that can't be: %d bytes", msg.Memory)
	}
	return nil
}

// doubtReady is why what a child says of itself before its start can't be
// true; nil if it can.
func doubtReady(msg child.Ready) error {
	const mostProcs = 1 << 16
	if msg.Procs < 1 || msg.Procs > mostProcs {
		return doubt("it reports a number of CPUs that can't be: %d", msg.Procs)
	}
	return nil
}
