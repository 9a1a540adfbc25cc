package stage

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/fault"
	"gosyncio/runner/player"
)

// newLive is a stage without colours, with keys of its owner's.
func newLive() *Live {
	return NewLive(Options{
		Title: "Tasks", Caption: "a=2s b=1s", Palette: NewPalette(false),
		KeysGoing: "q quit", KeysEnded: "enter done", MoreGoing: "   p Python", MoreEnded: "   r again",
	})
}

func press(code rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: code, Text: string(code)} }

// screen is what the stage shows, in a window of 120 by 40.
func screen(l *Live) string { return strings.Join(l.Lines(120, 40), "\n") }

// keysOf is the last line.
func keysOf(l *Live) string {
	lines := l.Lines(120, 40)
	return strings.TrimSpace(lines[len(lines)-1])
}

// wants checks what stands on the screen and what does not.
func wants(t *testing.T, l *Live, present []string, absent ...string) {
	t.Helper()
	shown := screen(l)
	for _, text := range present {
		if !strings.Contains(shown, text) {
			t.Errorf("no %q on the screen:\n%s", text, shown)
		}
	}
	for _, text := range absent {
		if strings.Contains(shown, text) {
			t.Errorf("%q is on the screen:\n%s", text, shown)
		}
	}
}

func twoPanels() []Panel { return twoWorkers().Panels }

func TestAStageBeforeItsRuns(t *testing.T) {
	t.Parallel()
	l := newLive()
	if l.Ended() || l.Failed() != "" || len(l.Snapshot().Runs) != 0 || l.Resume() != nil {
		t.Errorf("ended %v, failed %q, %d runs", l.Ended(), l.Failed(), len(l.Snapshot().Runs))
	}
	wants(t, l, []string{"Tasks", "a=2s b=1s", "q quit"}, "enter done", "look")
	l.Caption("a=5s")
	wants(t, l, []string{"a=5s"}, "a=2s")
	for _, msg := range []tea.Msg{press('x'), tea.KeyPressMsg{Code: tea.KeyLeft}, tea.FocusMsg{}} {
		if _, handled := l.Update(msg); handled {
			t.Errorf("%v was answered", msg)
		}
	}
}

func TestFramesGoOnUntilTheRunsHaveEnded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := newLive(), begun(twoPanels()...)
		cmd := l.Show(f)
		frames := 0
		for began := time.Now(); time.Since(began) < time.Second; frames++ {
			cmd, _ = l.Update(cmd())
			if cmd == nil {
				t.Fatal("no more frames, though the runs go on")
			}
		}
		if frames < 10 || frames > 65 {
			t.Errorf("%d frames in a second in which nothing happens but time", frames)
		}
		wants(t, l, []string{"1.1 s", "p Python"}, "r again", "look", "faster")
		if l.Ended() {
			t.Error("it has ended")
		}
		f.end()
		if cmd, _ = l.Update(cmd()); cmd != nil {
			t.Error("an ended stage asks for another frame")
		}
		wants(t, l, []string{"3.00 s", "2.00 s   1.50× faster", "A finished after 2s"})
		if got, want := keysOf(l), "enter done   r again   ←→ look   e export"; got != want {
			t.Errorf("keys %q, want %q", got, want)
		}
	})
}

func TestAFrameComesSoonerIfThereIsNews(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, f := newLive(), begun(twoPanels()...)
		cmd, began := l.Show(f), time.Now()
		f.changed <- struct{}{}
		msg := cmd()
		if got := time.Since(began); got != frameLeast {
			t.Errorf("the frame came after %v, want %v", got, frameLeast)
		}
		began = time.Now()
		if cmd, _ = l.Update(msg); cmd != nil {
			cmd()
		}
		if got := time.Since(began); got < frameMost || got > 2*frameMost {
			t.Errorf("without news a frame came after %v, want about %v", got, frameMost)
		}
	})
}

// What a comparison that is not shown any more had to say is dropped.
func TestFramesOfEarlierRunsAreDropped(t *testing.T) {
	t.Parallel()
	l := newLive()
	first := ended(twoPanels()...)
	old := l.Show(first)()
	second := begun(twoPanels()...)
	l.Show(second)
	if cmd, handled := l.Update(old); cmd != nil || !handled {
		t.Errorf("an old frame: another one %v, handled %v", cmd != nil, handled)
	}
}

func TestTheRunsBeforeStayAsAFaintLine(t *testing.T) {
	t.Parallel()
	l := newLive()
	l.Show(ended(twoPanels()...))
	wants(t, l, nil, "before:")
	faster := twoPanels()
	faster[0].Status.Elapsed, faster[1].Status.Elapsed = 1500*ms, 1000*ms
	l.Show(ended(faster...))
	wants(t, l, []string{"before: 3.00 s", "before: 2.00 s", "1.50 s", "1.00 s"})
	l.Fail(errors.New("no port is free"))
	l.Show(ended(twoPanels()...))
	wants(t, l, []string{"before: 1.50 s", "before: 1.00 s"})
}

// What was asked for before does not stand under what is asked for now.
func TestOtherRunsAreAwaited(t *testing.T) {
	t.Parallel()
	l := newLive()
	l.Show(ended(twoPanels()...))
	l.Update(tea.KeyPressMsg{Code: tea.KeyRight})
	l.Await()
	wants(t, l, []string{"q quit   p Python"}, "sequential · Go", "enter done", "r again", "look", "▲")
	if _, handled := l.Update(tea.KeyPressMsg{Code: tea.KeyRight}); handled || l.Ended() {
		t.Errorf("ended %v, a key was answered %v", l.Ended(), handled)
	}
	l.Show(ended(twoPanels()...))
	wants(t, l, []string{"enter done   r again   ←→ look"})
	l.Await()
	l.Fail(errors.New("no port is free"))
	if wants(t, l, []string{"enter done"}); !l.Ended() {
		t.Error("it is still awaited")
	}
}

func TestRunsThatCouldNotBeStarted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want []string
	}{
		{errors.New("no port is free"), []string{"no port is free"}},
		{&fault.Error{What: "too many files", Next: "raise the limit"}, []string{"too many files", "raise the limit"}},
		{&fault.Error{What: "no \x1b[31mfile", Next: "make \x1b]0;x\aone"}, []string{"no file", "make one"}},
	} {
		l := newLive()
		l.Show(ended(twoPanels()...))
		l.Fail(tt.err)
		if !l.Ended() || l.Failed() != tt.err.Error() || len(l.Snapshot().Runs) != 0 {
			t.Errorf("ended %v, failed %q, runs %d", l.Ended(), l.Failed(), len(l.Snapshot().Runs))
		}
		wants(t, l, append(tt.want, "enter done"), "look", "sequential · Go")
		if _, handled := l.Update(tea.KeyPressMsg{Code: tea.KeyLeft}); handled {
			t.Error("there is nothing to look at")
		}
	}
}

// expected is a prediction of two seconds for concurrent.
type expected struct{}

func (expected) Mark() (time.Duration, player.Kind) {
	return 2 * time.Second, player.Kind{Variant: "concurrent"}
}

func (expected) Notes(s player.Snapshot, ended bool) []string {
	return []string{fmt.Sprintf("you said 2 s; %d runs, ended %v", len(s.Runs), ended)}
}

func TestWhatIsExpectedIsMarkedAndTold(t *testing.T) {
	t.Parallel()
	l := newLive()
	l.Predict(expected{})
	f := begun(twoPanels()...)
	l.Show(f)
	wants(t, l, []string{"you said 2 s; 2 runs, ended false"})
	f.end()
	wants(t, l, []string{"you said 2 s; 2 runs, ended true", string(marked)})
	if l.Expected() != (expected{}) {
		t.Errorf("expected is %v", l.Expected())
	}
	l.Predict(nil)
	wants(t, l, nil, "you said", string(marked))
}

func TestMissingPythonIsSaid(t *testing.T) {
	t.Parallel()
	panels := twoPanels()
	f := ended(panels...)
	missing := &f.snapshot.Runs[0].Status
	missing.Missing, missing.Err = &fault.Error{What: "there is no python3", Next: "install it"}, "there is no python3"
	l := newLive()
	l.Show(f)
	wants(t, l, []string{"nothing in Python: there is no python3", "install it", "concurrent · Go"}, "sequential · Go")
	if l.Failed() != "" {
		t.Errorf("failed %q, though something was run", l.Failed())
	}
}

// Timelines stand side by side where there is room for that, else below each
// other; each language has its own.
func TestHowTimelinesStand(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		panels  []Panel
		columns int
		rows    int
		want    string
	}{
		{"two, wide", twoPanels(), 120, 40, `(?m)^ sequential · Go +concurrent · Go$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`},
		{"two, narrow", twoPanels(), 80, 24, `(?m)^ sequential · Go  .*$(?s:.*)^ concurrent · Go  .*$`},
		{"both languages, wide", both().Panels, 140, 40, `(?m)^ sequential · Python +sequential · Go$(?s:.*)^ concurrent · Python +concurrent · Go$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`},
		{"both languages, less wide", both().Panels, 120, 40, `(?m)^ sequential · Python +sequential · Go$(?s:.*)^ concurrent · Python +concurrent · Go$`},
		{"both languages, narrow", both().Panels, 80, 24, `(?m)^ sequential · Python  .* sequential · Go  .*$(?s:.*)^ concurrent · Python  .* concurrent · Go  .*$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`},
		{"two, too small", twoPanels(), 30, 8, `too small`},
		{"a thousand lanes", many().Panels[:1], 120, 40, `(?m)^ waiting +▏.*[⡀⣀⣄⣤⣦⣶⣷⣿](?s:.*)^ running +▏`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLive()
			l.Show(ended(tt.panels...))
			wide := screen(l)
			if shown := strings.Join(l.Lines(tt.columns, tt.rows), "\n"); !regexp.MustCompile(tt.want).MatchString(shown) {
				t.Errorf("no %s in\n%s", tt.want, shown)
			}
			if again := screen(l); again != wide { // nothing of the other window is kept
				t.Errorf("before:\n%s\nafter:\n%s", wide, again)
			}
		})
	}
}

// Without colours nothing has any other look either.
func TestAStageWithoutColours(t *testing.T) {
	t.Parallel()
	for _, colours := range []bool{false, true} {
		stages := map[string]func(*Live){
			"before":  func(l *Live) {},
			"going":   func(l *Live) { l.Show(begun(both().Panels...)) },
			"ended":   func(l *Live) { l.Show(ended(both().Panels...)) },
			"many":    func(l *Live) { l.Show(ended(many().Panels...)) },
			"failed":  func(l *Live) { l.Fail(errors.New("no port is free")) },
			"looking": func(l *Live) { l.Show(ended(twoPanels()...)); l.Update(tea.KeyPressMsg{Code: tea.KeyRight}) },
		}
		for name, prepare := range stages {
			l := NewLive(Options{Title: "Tasks", Palette: NewPalette(colours), KeysGoing: "q quit", KeysEnded: "enter done"})
			l.Predict(expected{})
			prepare(l)
			if shown := screen(l); strings.Contains(shown, "\x1b") != colours {
				t.Errorf("%s, colours %v:\n%q", name, colours, shown)
			}
		}
	}
}

// Whatever is shown fits the window.
func TestFramesOfALiveStageFit(t *testing.T) {
	t.Parallel()
	runs := map[string]*fake{"two": ended(twoPanels()...), "four": ended(four().Panels...), "many": ended(many().Panels...), "going": begun(twoPanels()...), "none": newFake()}
	for _, name := range slices.Sorted(maps.Keys(runs)) {
		l := newLive()
		l.Predict(expected{})
		l.Show(runs[name])
		for _, size := range [][2]int{{1, 1}, {30, 8}, {40, 10}, {80, 24}, {120, 40}, {250, 70}} {
			if lines := l.Lines(size[0], size[1]); len(lines) > size[1] {
				t.Errorf("%s in %v takes %d lines", name, size, len(lines))
			}
		}
	}
}
