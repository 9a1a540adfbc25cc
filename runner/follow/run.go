package follow

import (
	"context"
	"slices"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A Run is a program that is followed, or was.
type Run struct {
	Program  *Program
	Timeline *timeline.Timeline

	mu      sync.Mutex
	status  player.Status
	changed func()
	slowed  func() []timeline.Slow // of a script; nil before it is known
	found   []findings.Finding
	leaks   string // the runtime's profile of leaks, as it was in the end
}

// maxLines is how many lines of a program's output are kept, the last ones.
const maxLines = 10_000

func (r *Run) job() player.Job {
	unknown := func(lessons.Values) time.Duration { return 0 }
	return player.Job{Part: player.Part{Language: r.Program.Language, Variant: lessons.Variant{Name: r.Program.Name, Ideal: unknown, PythonIdeal: unknown}}}
}

// slow sets where the steps come from that took long.
func (r *Run) slow(slow func() []timeline.Slow) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slowed = slow
}

// Slow are the steps in which a task of a script kept the loop to itself for
// long; nil in Go.
func (r *Run) Slow() []timeline.Slow {
	r.mu.Lock()
	slowed := r.slowed
	r.mu.Unlock()
	if slowed == nil {
		return nil
	}
	return slowed()
}

// look looks for what seems wrong in the run.
func (r *Run) look() {
	status := r.Status()
	if status.Phase == player.Preparing {
		return
	}
	ended := status.Phase == player.Ended
	found := findings.Find(findings.Program{
		Script: r.Program.Language == player.Python,
		Lanes:  r.Timeline.Snapshot(), Locks: r.Timeline.Locks(), Slow: r.Slow(),
		Now: status.At(time.Now()), Ended: ended, Returned: ended && r.Timeline.End() > 0,
		Text: r.Program.text,
	})
	profile := r.leaks
	if !ended {
		profile = r.Program.profile()
	}
	found = append(found, r.Program.leaked(profile)...)
	if f, ok := r.Program.panicked(status); ok {
		found = slices.Insert(found, 0, f)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found = found
}

// Findings are what looked wrong when it was looked at last, about a second
// ago; once the run has ended, in the end.
func (r *Run) Findings() []findings.Finding {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.found
}

// deadlocked is the finding that nothing can go on, if there is one.
func (r *Run) deadlocked() (findings.Finding, bool) {
	found := r.Findings()
	i := slices.IndexFunc(found, func(f findings.Finding) bool { return f.Kind == "deadlock" })
	if i < 0 {
		return findings.Finding{}, false
	}
	return found[i], true
}

// Name is what the program was called by the learner.
func (r *Run) Name() string { return r.Program.Name }

// Language is the program's.
func (r *Run) Language() player.Language { return r.Program.Language }

// Window are the lanes that there were between two times, and since when they
// are known.
func (r *Run) Window(from, to time.Duration) (lanes []timeline.Lane, since time.Duration) {
	return r.Timeline.Window(from, to), r.Timeline.Since()
}

// Status is what is known of the run now.
func (r *Run) Status() player.Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

func (r *Run) clock() time.Duration { return r.Status().At(time.Now()) }

func (r *Run) update(change func(*player.Status)) {
	r.mu.Lock()
	change(&r.status)
	r.mu.Unlock()
	r.changed()
}

// supervise starts the program, follows it to its end and clears it away.
func (r *Run) supervise(ctx context.Context, streams Streams, prepared func(), start <-chan struct{}) {
	defer r.Program.Clear()
	defer func() { r.leaks = r.Program.profile() }() // before that
	err := r.follow(ctx, streams, prepared, start)
	end := r.Timeline.End()
	r.update(func(s *player.Status) {
		if s.Elapsed = end; end == 0 && !s.Start.IsZero() {
			s.Elapsed = time.Since(s.Start)
		}
		end = s.Elapsed
	})
	r.Timeline.Finish(end) // before it is said that the run has ended
	r.update(func(s *player.Status) {
		s.Phase = player.Ended
		if err != nil && s.Err == "" {
			s.Err = player.Printable(err.Error())
		}
	})
}

// print adds a line of output that arrived at the time now. Of very many the
// last are kept.
func (r *Run) print(now time.Time, text string) {
	r.update(func(s *player.Status) {
		at := time.Duration(0)
		if !s.Start.IsZero() {
			at = max(0, now.Sub(s.Start))
		}
		if len(s.Output) >= 2*maxLines {
			s.Dropped += len(s.Output) - maxLines
			s.Output = append(make([]player.Line, 0, 2*maxLines), s.Output[len(s.Output)-maxLines:]...)
		}
		s.Output = append(s.Output, player.Line{At: at, Text: text})
	})
}
