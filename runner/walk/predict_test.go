package walk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/plan"
	"gosyncio/runner/predict"
	"gosyncio/runner/progress"
)

// toPrediction goes to the prediction of tasks, from its page.
func (d *headless) toPrediction() {
	d.t.Helper()
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("How long does concurrent take? (a=2s b=1s)", "> 1 s", "  2 s", "  3 s", "  (just run it)")
}

// beforeIn is what a run took before, as the stage shows it.
func beforeIn(shown string) string { return regexp.MustCompile(`before: .* m?s`).FindString(shown) }

// A prediction is asked below its page, in a window of any size.
func TestAPredictionStandsBelowItsPage(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ columns, rows int }{{120, 40}, {80, 24}, {40, 12}} {
		for _, colours := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d×%d, colours %v", size.columns, size.rows, colours), func(t *testing.T) {
				t.Parallel()
				d := atPage(t, 3, headlessOptions{columns: size.columns, rows: size.rows, colours: colours})
				d.toPrediction()
				d.fits()
				q := d.asked()
				if styled := strings.Contains(strings.Join(q.Above, ""), "\x1b"); styled != colours {
					t.Errorf("styled %v: %q", styled, q.Above)
				}
				shown := d.waitFor("Run both", "Look for:")
				for _, unwanted := range []string{"? How long", "gosyncio run"} {
					if strings.Contains(shown, unwanted) {
						t.Errorf("%q stands in\n%s", unwanted, shown)
					}
				}
				d.interrupt()
				d.ends()
			})
		}
	}
}

func TestAPredictionThatIsPassedOver(t *testing.T) {
	t.Parallel()
	d := atPage(t, 3, headlessOptions{})
	d.toPrediction()
	d.choose("(just run it)")
	d.waitForMatch("concurrent · Go", `[AB] (started|finished)`, `(n|enter) next `)
	d.press("b")
	d.toEnd("enter run")
	d.press("enter")
	if shown := d.waitForMatch(`[AB] (started|finished)|just run it`); strings.Contains(shown, "just run it") || strings.Contains(shown, "you said") {
		t.Errorf("asked again, or told:\n%s", shown)
	}
	d.press("q")
	d.ends()
	if said := d.state().Predictions; said != nil {
		t.Errorf("noted: %+v", said)
	}

	// Another day it is asked again; what was said then is not.
	d = atPage(t, 3, headlessOptions{journal: d.journal})
	d.toPrediction()
	d.choose("2 s")
	d.waitForMatch("◆ you said 2 s", `(n|enter) next `)
	d.press("q")
	d.ends()
	d = atPage(t, 3, headlessOptions{journal: d.journal})
	d.toEnd("enter run")
	d.press("enter")
	d.waitForMatch("◆ you said 2 s", `(n|enter) next `)
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// What a run costs is measured after it. A prediction about that is scored
// then, and once.
func TestAPredictionOfWhatARunCosts(t *testing.T) {
	t.Parallel()
	lesson, err := course.Load("pools")
	if err != nil {
		t.Fatal(err)
	}
	asks := slices.IndexFunc(lesson.Text.Pages, func(p content.Page) bool {
		asked, ok := p.Predict()
		return ok && asked.Measure == content.MeasureCPU
	})
	d := start(t, headlessOptions{done: standsOn("pools", asks+1)}, menu)
	d.waitFor("Which lesson?")
	d.choose("pools")
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("keep a CPU busy", "(just run it)")
	d.choose("10 ms")
	d.waitForMatch(`◆ you said 10 ms(: right\.|; not scored)`, "enter next")
	busy := strings.Contains(d.text(), "not scored") // others took the CPUs: what it cost says nothing then
	d.press("q")
	d.ends()
	state := d.state()
	if busy {
		if scored := state.Decided(); len(scored) > 0 {
			t.Errorf("noted of a busy machine: %+v", scored)
		}
		return
	}
	if scored := state.Decided(); len(scored) != 1 || !scored[0].Right || scored[0].Correct != "10 ms" {
		t.Errorf("noted: %+v", state.Predictions)
	}
	if was := state.Outcomes; len(was) != 1 || !strings.HasSuffix(was[0].Was, " ms") {
		t.Errorf("it was: %+v", was)
	}
}

// What was said of Python where there was one is answered where there is none,
// by the lesson, and scored nowhere.
func TestAPredictionAboutAPythonThatIsNotThere(t *testing.T) {
	t.Parallel()
	lesson, err := course.Load("database")
	if err != nil {
		t.Fatal(err)
	}
	asks := slices.IndexFunc(lesson.Text.Pages, func(p content.Page) bool {
		asked, ok := p.Predict()
		return ok && asked.ID == "blocking"
	})
	r, err := plan.ForPage(lesson, lesson.Text.Pages[asks].Blocks[len(lesson.Text.Pages[asks].Blocks)-1].(content.Run), plan.Both)
	if err != nil {
		t.Fatal(err)
	}
	asked, _ := lesson.Text.Pages[asks].Predict()
	p, err := predict.New(asked, r)
	if err != nil {
		t.Fatal(err)
	}
	right, said := p.Options[p.Right()], p.Options[0]
	d := start(t, headlessOptions{columns: 160, rows: 60, done: func(s *progress.State) {
		s.ReadPage("database", asks+1, time.Now())
		s.Predict(progress.Prediction{
			Question: progress.Question{Lesson: "database", Key: "blocking"}, Settings: r.Values.Texts(), CPUs: r.Procs,
			Given: said.Text, At: time.Now(), Open: true,
		})
	}}, menu)
	d.choose("database")
	d.toEnd("enter run")
	d.press("enter")
	shown := unwrapped(d.waitFor("enter next", "nothing in Python"))
	if want := "you said " + said.Text + "; nothing was measured. Expected is " + right.Text + ": "; !strings.Contains(shown, want) {
		t.Errorf("no %q:\n%s", want, shown)
	}
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	if scored := d.state().Decided(); len(scored) > 0 {
		t.Errorf("scored: %+v", scored)
	}
}
