package stage

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/lessons"
)

// oneByOne are runs of half a second that were made one after the other.
func oneByOne() *fake {
	f := newFake(panel("sequential", 500*ms, 500*ms, []string{"done"}, lane("A", 0, 500*ms)),
		panel("concurrent", 400*ms, 400*ms, []string{"done"}, lane("A", 0, 400*ms)))
	f.snapshot.Lesson = lessons.Lesson{OneAtATime: true}
	f.end()
	return f
}

// follow hands the stage its frames until there is no more, and returns how
// long that took.
func follow(t *testing.T, l *Live, cmd tea.Cmd) time.Duration {
	t.Helper()
	began := time.Now()
	for cmd != nil {
		if time.Since(began) > time.Minute {
			t.Fatal("frames without an end")
		}
		cmd, _ = l.Update(cmd())
	}
	return time.Since(began)
}

// isPlayed checks that recordings were played together for about half a
// second, to their end.
func isPlayed(t *testing.T, l *Live, took time.Duration) {
	t.Helper()
	if took < 400*ms || took > 700*ms {
		t.Errorf("played for %v, want about half a second", took)
	}
	wants(t, l, []string{"played together", "500 ms", "400 ms"})
}

func TestRunsMadeOneAfterTheOtherArePlayedTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLive()
		cmd, _ := l.Update(l.Show(oneByOne())())
		if cmd == nil {
			t.Fatal("they are not played")
		}
		wants(t, l, []string{"one after the other", "0.0 s"}, "500 ms   ")
		l.Update(cmd())
		if got := strings.Count(screen(l), "0.0 s"); got != 2 {
			t.Errorf("%d clocks run, want both:\n%s", got, screen(l))
		}
		final := strings.Join(l.Final(120, 40), "\n")
		if !strings.Contains(final, "500 ms") || !strings.Contains(final, "400 ms") {
			t.Errorf("what stays is not the end:\n%s", final)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		l := newLive()
		isPlayed(t, l, follow(t, l, l.Show(oneByOne())))
	})
}

// Whoever looked at a moment in the middle goes on with the replay.
func TestAReplayGoesOnAfterLooking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLive()
		cmd, _ := l.Update(l.Show(oneByOne())())
		l.Update(tea.KeyPressMsg{Code: tea.KeyRight})
		if cmd, _ = l.Update(cmd()); cmd != nil {
			t.Error("it is played while the learner looks")
		}
		time.Sleep(50 * ms)
		cmd, _ = l.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
		if cmd == nil {
			t.Fatal("the clock stands still")
		}
		began := time.Now()
		follow(t, l, cmd)
		if took := time.Since(began); took < 300*ms || took > 500*ms {
			t.Errorf("played for %v more, want what was left of half a second", took)
		}
		wants(t, l, []string{"500 ms", "400 ms"})
	})
}

// A question in the middle leaves the program; another one goes on.
func TestAStageGoesOnAfterAQuestion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLive()
		l.Update(l.Show(oneByOne())()) // and the command is lost
		isPlayed(t, l, follow(t, l, l.Resume()))
		if l.Resume() != nil {
			t.Error("it goes on after its end")
		}
		f := begun(twoPanels()...)
		l.Show(f)
		cmd := l.Resume()
		if cmd == nil {
			t.Fatal("no frames, though the runs go on")
		}
		f.end()
		if follow(t, l, cmd); !l.Ended() {
			t.Error("it has not ended")
		}
	})
}
