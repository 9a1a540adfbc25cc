package watch

import (
	"time"

	"gosyncio/runner/export"
	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// recorded is a program that has ended long ago.
type recorded struct {
	player.Recording
	found []findings.Finding
}

// Recorded are programs of which that was recorded, as a snapshot of d has it.
func Recorded(d *export.Document, s player.Snapshot) Programs {
	over := make(chan struct{})
	close(over)
	found := d.Findings()
	p := Programs{Done: over, HasOutput: true, Document: func() *export.Document { return d }}
	for i, run := range s.Present() {
		p.Runs = append(p.Runs, recorded{run, found[i]})
	}
	return p
}

func (r recorded) Name() string                 { return r.Job.Variant.Name }
func (r recorded) Language() player.Language    { return r.Job.Language }
func (r recorded) Status() player.Status        { return r.Recording.Status }
func (r recorded) Findings() []findings.Finding { return r.found }

func (r recorded) Window(from, to time.Duration) (lanes []timeline.Lane, since time.Duration) {
	return timeline.Between(r.Lanes, from, to), 0
}
