package walk

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"gosyncio/content"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
)

// endless goes to a run of tasks that goes on for an hour, from the page
// with the run of one second that nothing is asked about.
func (d *headless) endless() {
	d.t.Helper()
	d.toChange()
	d.setTo("worker A", "1h")
	d.answer(0)
	d.waitFor("a=1h", "concurrent · Go", "A started", "n next")
}

// playing is what is played.
func (d *headless) playing() *player.Comparison {
	d.t.Helper()
	return d.walking().watch.Current()
}

// gone waits until a run has ended.
func (d *headless) gone(c *player.Comparison) {
	d.t.Helper()
	select {
	case <-c.Done():
	case <-time.After(patience):
		d.t.Fatalf("the run goes on:\n%s", d.text())
	}
}

// Whoever leaves a run has left it at once, and no child goes on.
func TestARunIsLeft(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ key, want string }{
		{"b", "page 5 of"}, {"backspace", "page 5 of"}, {"n", "page 6 of"}, {"m", ""}, {"q", ""}, {"ctrl+c", ""},
	} {
		t.Run(test.key, func(t *testing.T) {
			t.Parallel()
			d := atPage(t, 5, headlessOptions{})
			d.endless()
			run := d.playing()
			d.press(test.key)
			if shown := d.text(); test.want != "" && !strings.Contains(shown, test.want) {
				t.Errorf("after %s:\n%s", test.key, shown)
			}
			if test.key == "m" {
				d.waitFor("Which lesson?", "> 3")
				if !run.Ended() {
					t.Error("the menu is there before the run has ended")
				}
			}
			d.gone(run)
			d.leave()
			d.ends()
			if runs := d.state().Runs; len(runs) != 1 { // the one before
				t.Errorf("noted are %+v", runs)
			}
		})
	}
}

func TestPTogglesPythonAndBeginsAnew(t *testing.T) {
	t.Parallel()
	d := atPage(t, 5, headlessOptions{})
	d.toEnd("enter run")
	if shown := d.text(); !strings.Contains(shown, "--with both") {
		t.Errorf("the page is not in both languages:\n%s", shown)
	}
	d.endless()
	d.waitFor("nothing in Python", "p Python")
	for _, want := range []plan.Languages{plan.Go, plan.Both, plan.Go} {
		before := d.playing()
		d.press("p")
		d.gone(before)
		d.wait("another run", func() bool {
			return strings.Contains(d.frame, "A started") && strings.Contains(d.frame, "nothing in Python") == (want == plan.Both)
		})
		if now := d.playing(); now == before || now.Ended() {
			t.Error("no other run goes on")
		}
		if got := d.walking().watch.request; got.Languages != want || got.Values.Texts()["a"] != "1h0m0s" {
			t.Errorf("it runs %s in %s, want %s", got.Caption(), got.Languages, want)
		}
	}
	d.press("b") // and what was chosen holds for the pages
	if shown := d.waitFor("page 5 of", "enter run"); strings.Contains(shown, "--with both") {
		t.Errorf("the page is in both languages:\n%s", shown)
	}
	d.press("q")
	d.ends()
}

func TestRRunsAgainAfterTheEnd(t *testing.T) {
	t.Parallel()
	d := atPage(t, 5, headlessOptions{})
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("concurrent · Go")
	first := d.playing()
	d.waitFor("enter next", "r again")
	if beforeIn(d.text()) != "" {
		t.Errorf("something was before:\n%s", d.text())
	}
	d.press("r")
	d.waitForMatch(`before: \d+\.\d\d s`)
	if d.playing() == first {
		t.Error("it is the same run")
	}
	d.waitForMatch(`before: \d+\.\d\d s`, "enter next   q quit", "r again")
	d.press("enter")
	d.waitFor("page 6 of")
	d.press("q")
	d.ends()
	if runs := d.state().Runs; len(runs) != 2 {
		t.Errorf("noted are %+v", runs)
	}
}

// While a run goes on it is not begun again, nor changed.
func TestKeysOfTheEndDoNothingBefore(t *testing.T) {
	t.Parallel()
	d := atPage(t, 5, headlessOptions{})
	d.endless()
	run := d.playing()
	d.press("r", "c", "enter", "space", "a", "x")
	if shown := d.waitFor("a=1h", "n next"); d.playing() != run || run.Ended() || strings.Contains(shown, "r again") {
		t.Errorf("it was answered:\n%s", shown)
	}
	d.press("q")
	d.ends()
}

// Where runs are made one after the other their recordings are played
// together. Whoever looks elsewhere in between sees the rest of that.
func TestTheReplayGoesOn(t *testing.T) {
	t.Parallel()
	page := replayedPage(t)
	d := start(t, headlessOptions{columns: 120, rows: 40, done: standsOn("cpubound", page)}, menu)
	d.choose("cpubound")
	d.waitFor(fmt.Sprintf("page %d of", page))
	d.toEnd("enter run")
	d.press("enter")
	d.choose("(just run it)")
	clock := regexp.MustCompile(`\b\d+\.\d s\b`) // of a run that is being played
	toEnd := func() {
		t.Helper()
		d.wait("end of the replay", func() bool {
			return strings.Contains(d.frame, "played together") && !strings.Contains(d.frame, "▲") && !clock.MatchString(d.frame)
		})
	}

	// At a moment.
	d.waitFor("played together", "enter next")
	d.press("right")
	d.settled("▲") // now nothing brings another frame
	d.press("esc")
	toEnd()

	// At what could be changed. (What computes for a shorter time is over
	// faster.)
	d.press("c")
	d.setTo("how many jobs", "2")
	d.setTo("how many hashes", "100000")
	d.answer(0)
	d.choose("(just run it)")
	d.waitFor("n=2 size=100000", "before: ", "played together", "enter next")
	d.press("c")
	d.waitFor("cpubound: what do you want to change?")
	d.choose("leave it as it was")
	toEnd()
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// replayedPage is the page of cpubound that runs Go alone.
func replayedPage(t *testing.T) int {
	t.Helper()
	text, err := content.Load("cpubound")
	if err != nil {
		t.Fatal(err)
	}
	for i, page := range text.Pages {
		if predict, ok := page.Predict(); ok && predict.ID == "all-cpus" {
			return i + 1
		}
	}
	t.Fatal("cpubound has no such page")
	return 0
}
