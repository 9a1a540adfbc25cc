package player

import (
	"cmp"
	"time"

	"gosyncio/runner/timeline"
)

// Busy reports whether others took the CPUs while one of the runs that ended
// well wanted them. Its times then say nothing.
func (s Snapshot) Busy() bool {
	for _, run := range s.Present() {
		if run.Status.Busy {
			return true
		}
	}
	return false
}

// busy reports whether a run that has ended lacked CPUs that it could have
// used: its program computed, and took far longer than its CPU time says, or
// its goroutines had a CPU for a good part of it, as Go sees it, but for far
// less as the system counts.
func busy(r Recording) bool {
	if r.Status.Err != "" || r.Status.CPU == 0 {
		return false
	}
	if r.Job.Variant.Computes != nil && far(r.Status.Elapsed, atBest(r)) {
		return true
	}
	if r.Job.Language != Go {
		return false // a task that blocks its loop runs, too, as asyncio sees it
	}
	ran := running(r.Lanes)
	return ran > r.Status.Elapsed/4 && far(ran, r.Status.CPU)
}

// far reports whether what was measured is so much longer than it should be
// that neither the start of a process nor a switch to another explains it.
func far(measured, should time.Duration) bool {
	const slack = 100 * time.Millisecond
	return should > 0 && measured > should*13/10+slack
}

// atBest is how long the CPU time of a run takes if its jobs have all the
// CPUs that they may use; 0 if they do not compute.
func atBest(r Recording) time.Duration {
	jobs := r.Job.Variant.Computes(r.Job.Values)
	if jobs == 0 {
		return 0
	}
	cpus := max(r.Job.Values.CPUs, 1)
	if r.Job.Language == Go {
		cpus = min(cpus, cmp.Or(r.Status.Procs, cpus))
	}
	rounds := (jobs + cpus - 1) / cpus
	return r.Status.CPU * time.Duration(rounds) / time.Duration(jobs)
}

// running is how long lanes were running, all together.
func running(lanes []timeline.Lane) (sum time.Duration) {
	for _, lane := range lanes {
		sum += lane.Total(timeline.Running)
	}
	return sum
}
