package stage

import (
	"slices"

	"gosyncio/runner/player"
)

// A Recorded is a comparison that has ended long ago.
type Recorded struct{ snapshot player.Snapshot }

// NewRecorded is a comparison of which that is all there is.
func NewRecorded(s player.Snapshot) *Recorded { return &Recorded{s} }

// over is a channel that is closed.
var over = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// Snapshot is what was recorded.
func (r *Recorded) Snapshot() player.Snapshot { return r.snapshot }

// Changed never has a value.
func (r *Recorded) Changed() <-chan struct{} { return nil }

// Ended is true.
func (r *Recorded) Ended() bool { return true }

// Done is closed.
func (r *Recorded) Done() <-chan struct{} { return over }

// Glance is the snapshot, with at most so many lanes of each run.
func (r *Recorded) Glance(most int) player.Snapshot {
	s := r.snapshot
	s.Runs = slices.Clone(s.Runs)
	for i, run := range s.Runs {
		s.Runs[i].Lanes = run.Lanes[:min(most, len(run.Lanes))]
	}
	return s
}

// WithoutLanes is the snapshot without its lanes.
func (r *Recorded) WithoutLanes() player.Snapshot { return r.Glance(0) }
