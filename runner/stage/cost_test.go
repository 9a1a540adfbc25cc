package stage

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/player"
)

// What runs cost is known after their end, and then it is shown, whatever is
// played meanwhile.
func TestWhatRunsCostIsShownWhenItIsKnown(t *testing.T) {
	t.Parallel()
	for _, together := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake(panel("sequential", 500*ms, 500*ms, []string{"done"}, lane("A", 0, 500*ms)),
				panel("concurrent", 400*ms, 400*ms, []string{"done"}, lane("A", 0, 400*ms)))
			f.snapshot.Lesson = lessons.Lesson{OneAtATime: together}
			f.snapshot.Ended = true
			cost := f.snapshot.Runs[1].Status.Cost
			f.snapshot.Runs[0].Status.Cost, f.snapshot.Runs[1].Status.Cost = nil, nil
			f.snapshot.Runs[1].Status.Measuring = true
			l := newLive()
			cmd := l.Show(f)
			for began := time.Now(); time.Since(began) < time.Second; {
				if cmd == nil {
					t.Fatal("nobody waits for the cost")
				}
				cmd, _ = l.Update(cmd())
			}
			wants(t, l, []string{"measuring what it costs", "enter done"}, "cpu")
			if !l.Ended() || l.Done() {
				t.Errorf("ended %v, done %v", l.Ended(), l.Done())
			}
			if left := strings.Join(l.Final(120, 40), "\n"); strings.Contains(left, "measuring") {
				t.Errorf("what stays is not the end:\n%s", left)
			}
			f.snapshot.Runs[1].Status.Measuring, f.snapshot.Runs[1].Status.Cost = false, cost
			close(f.done)
			follow(t, l, cmd)
			if wants(t, l, []string{"cpu 4.1 ms   12 MB"}, "measuring"); !l.Done() {
				t.Error("it goes on")
			}
		})
	}
}

// On a busy machine a note says so in place of what is learned from the times.
func TestABusyMachineIsSaid(t *testing.T) {
	t.Parallel()
	l := newLive()
	f := newFake(twoPanels()...)
	f.snapshot.Runs[0].Status.Busy = true
	f.end()
	l.Show(f)
	wants(t, l, []string{"this machine was busy, run it again"})
	f.snapshot.Runs[0].Status.Busy = false
	wants(t, l, nil, "busy")
}

func TestCostInText(t *testing.T) {
	t.Parallel()
	for want, cost := range map[string]*player.Cost{
		"3.00 s":                            nil,
		"3.00 s, cpu 200 ms, memory 31 MB":  {CPU: 200 * ms, Memory: 31_014_912},
		"3.00 s, cpu 4.0 ms, memory 1.4 MB": {CPU: 4 * ms, Memory: 1_400_000},
		"3.00 s, cpu 1.20 s":                {CPU: 1200 * ms},
	} {
		p := panel("sequential", 3000*ms, 0, nil)
		p.Status.Cost = cost
		if got := summary(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A run that has one CPU of several says so; that there is only one stands in
// the caption.
func TestARunWithOneCPUSaysSo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		procs, there int
		want         bool
	}{{1, 2, true}, {1, 1, false}, {2, 2, false}, {0, 2, false}} {
		p := panel("sequential", 3000*ms, 0, nil)
		p.Status.Procs, p.Job.Values.CPUs = tt.procs, tt.there
		l := newLive()
		l.Show(ended(p))
		if got := strings.Contains(screen(l), "sequential · Go · 1 CPU"); got != tt.want {
			t.Errorf("GOMAXPROCS %d of %d CPUs: said %v\n%s", tt.procs, tt.there, got, screen(l))
		}
		if got := strings.Contains(summary(p), ", on 1 CPU"); got != (tt.procs == 1) {
			t.Errorf("GOMAXPROCS %d: %q", tt.procs, summary(p))
		}
	}
}

// Where there is little room for each run, what they cost stands below all.
func TestCostInASmallWindow(t *testing.T) {
	t.Parallel()
	of := func(variant string, language player.Language, cost *player.Cost) player.Recording {
		p := panel(variant, 1000*ms, 0, nil)
		p.Job.Language, p.Status.Cost = language, cost
		return p.Recording
	}
	python, inGo := &player.Cost{CPU: 620 * ms, Memory: 11_000_000}, &player.Cost{CPU: 223 * ms, Memory: 31_000_000}
	for want, runs := range map[string][]player.Recording{
		"": {of("a", player.Go, nil), of("b", player.Go, nil)},
		"cpu: Python 620 ms, Go 223 ms; memory: Python 11 MB, Go 31 MB": {of("a", player.Python, python), of("a", player.Go, inGo)},
		"cpu: a 620 ms, b 223 ms":              {of("a", player.Go, &player.Cost{CPU: 620 * ms}), of("b", player.Go, &player.Cost{CPU: 223 * ms})},
		"cpu: b Go 223 ms; memory: b Go 31 MB": {of("a", player.Python, nil), of("b", player.Go, inGo)},
	} {
		if got := costNote(player.Snapshot{Runs: runs}).Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	l := newLive()
	f := newFake(Panel{Recording: of("a", player.Python, python)}, Panel{Recording: of("a", player.Go, inGo)})
	f.end()
	l.Show(f)
	if small := strings.Join(l.Lines(80, 24), "\n"); strings.Count(small, "cpu") != 1 || !strings.Contains(small, "cpu: Python 620 ms, Go 223 ms") {
		t.Errorf("in a small window:\n%s", small)
	}
	if large := strings.Join(l.Lines(120, 40), "\n"); strings.Count(large, "cpu ") != 2 || strings.Contains(large, "cpu:") {
		t.Errorf("in a large window:\n%s", large)
	}
}
