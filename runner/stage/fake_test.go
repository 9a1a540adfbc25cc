package stage

import (
	"time"

	"gosyncio/runner/player"
)

// fake is a comparison that the test moves on.
type fake struct {
	snapshot      player.Snapshot
	changed, done chan struct{}
}

func (f *fake) Snapshot() player.Snapshot { return f.snapshot }
func (f *fake) Changed() <-chan struct{}  { return f.changed }
func (f *fake) Ended() bool               { return f.snapshot.Ended }
func (f *fake) Done() <-chan struct{}     { return f.done }

func (f *fake) Glance(int) player.Snapshot { return f.Snapshot() }

// newFake has these panels' runs, which began now.
func newFake(panels ...Panel) *fake {
	f := &fake{changed: make(chan struct{}, 1), done: make(chan struct{})}
	for _, p := range panels {
		f.snapshot.Runs = append(f.snapshot.Runs, p.Recording)
	}
	return f
}

// begun is a fake whose runs go on.
func begun(panels ...Panel) *fake {
	f := newFake(panels...)
	for i := range f.snapshot.Runs {
		s := &f.snapshot.Runs[i].Status
		s.Phase, s.Start = player.Going, time.Now()
	}
	return f
}

// end ends all runs.
func (f *fake) end() {
	f.snapshot.Ended = true
	for i := range f.snapshot.Runs {
		f.snapshot.Runs[i].Status.Phase = player.Ended
	}
	close(f.done)
}

// ended is a fake whose runs have ended.
func ended(panels ...Panel) *fake {
	f := newFake(panels...)
	f.end()
	return f
}
