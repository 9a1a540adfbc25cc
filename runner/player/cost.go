package player

import (
	"context"
	"time"

	"gosyncio/lessons"
)

// A Cost is what a run's code costs, from the start signal to its end. The
// interpreter, this program and the tracer are not in it.
type Cost struct {
	CPU    time.Duration // user and system time
	Memory int64         // the most that was resident, in bytes, beyond what had been before; 0 is unknown
}

// cost is what of its cost the run's lesson is about.
func (r *Run) cost() lessons.Cost {
	if r.Job.Variant.Cost == nil { // a learner's own
		return lessons.NoCost
	}
	return r.Job.Variant.Cost(r.Job.Values)
}

// measureCosts makes each run whose cost is to be shown once more, untraced
// and alone: the tracer takes a part of a run's CPU time and memory which
// nobody can tell from the rest. It calls begin first, if there is a run to
// make. A run that fails this time has no cost.
func (p *Player) measureCosts(ctx context.Context, c *Comparison, begin func()) {
	for _, run := range c.Runs {
		if !run.Status().Measuring {
			continue
		}
		begin()
		job := run.Job
		job.Measured, job.Variant.Untraced, job.Variant.Cost = true, true, nil
		again := newRun(job, func() {})
		p.playTogether(ctx, []*Run{again})
		measured := again.Status()
		run.update(func(s *Status) {
			s.Measuring = false
			if measured.Err != "" {
				return
			}
			s.Cost = &Cost{CPU: measured.CPU}
			if run.cost() == lessons.WholeCost {
				s.Cost.Memory = measured.memory
			}
		})
	}
}
