package walk

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/prompt"
)

// leaveQuestion leaves the question that is being asked without an answer.
func (d *headless) leaveQuestion(how error) {
	d.t.Helper()
	d.reply(answer{err: how})
}

// The list of keys names those of where the learner is, and any key closes it,
// which does nothing else.
func TestTheKeysOfWhereOneIs(t *testing.T) {
	t.Parallel()
	t.Run("a page", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 2, headlessOptions{})
		for _, closing := range []string{"q", "m", "enter", "?", "right"} {
			d.press("?")
			d.waitFor("The keys of a page", "the page with that number", "ctrl+z", "any key closes this")
			d.fits()
			d.press(closing)
			d.waitFor("page 2 of", "q quit")
		}
		d.press("?", "ctrl+c")
		if err := d.ends(); err != prompt.ErrInterrupted {
			t.Error(err)
		}
	})
	t.Run("a run", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 5, headlessOptions{})
		d.toEnd("enter run")
		d.press("enter")
		d.waitFor("concurrent · Go")
		d.press("?")
		d.waitFor("The keys of a run", "changes settings", "any key closes this")
		d.press("q")
		d.waitFor("concurrent · Go", "enter next")
	})
	t.Run("before a room", func(t *testing.T) {
		t.Parallel()
		d := start(t, headlessOptions{}, present)
		d.waitFor("page 1 of")
		d.press("?")
		if shown := d.waitFor("The keys of a page", "any key closes this"); strings.Contains(shown, "menu") {
			t.Errorf("there is no menu:\n%s", shown)
		}
		d.press("x")
		d.waitFor("page 1 of")
		d.press("3", "enter")
		d.waitFor("page 3 of")
		d.toEnd("enter run")
		d.press("enter", "?")
		d.waitFor("The keys of a question", "count hands")
	})
	t.Run("a small window", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 2, headlessOptions{columns: 60, rows: 12})
		d.press("?")
		d.waitFor("The keys of a page", "any key closes this")
		d.fits()
	})
}

func TestKeysThatTurnPages(t *testing.T) {
	t.Parallel()
	d := atPage(t, 1, headlessOptions{rows: 100, columns: 100})
	last := pagesOf(t, "tasks")
	for _, step := range []struct {
		keys string
		page int
	}{
		{"space", 2}, {"backspace", 1}, {"pgdown", 2}, {"pgup", 1}, {"4 enter", 4},
		{"1 backspace 2 enter", 2}, {"9 9 9 enter", last}, {"3 x", last}, {"0 enter", 0},
	} {
		d.press(strings.Fields(step.keys)...)
		if step.page > 0 {
			d.waitFor(fmt.Sprintf("page %d of", step.page), "q quit")
		}
	}
	d.waitFor("question 1 of") // 0 is no page: enter did what stands at the end of the last
}

// Who leaves a question with Esc is where it was asked; with q it is the end.
func TestQuestionsAreLeftToWhereTheyWereAsked(t *testing.T) {
	t.Parallel()
	ask := func(d *headless) {
		d.toEnd("enter run")
		d.press("enter")
		d.waitFor("How long does concurrent take?")
	}
	t.Run("a prediction", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 3, headlessOptions{})
		ask(d)
		d.leaveQuestion(prompt.ErrBack)
		d.waitFor("page 3 of", "enter run")
		ask(d)
		d.leaveQuestion(prompt.ErrQuit)
		if err := d.ends(); err != nil {
			t.Error(err)
		}
		if made := d.state().Predictions; len(made) > 0 {
			t.Errorf("noted: %v", made)
		}
	})
	t.Run("the quiz", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 0, headlessOptions{})
		d.toEnd("enter quiz")
		d.press("enter")
		d.waitFor("question 1 of")
		d.leaveQuestion(prompt.ErrBack)
		d.waitFor("enter quiz")
	})
	t.Run("what to change", func(t *testing.T) {
		t.Parallel()
		d := atPage(t, 5, headlessOptions{})
		d.toEnd("enter run")
		d.press("enter")
		d.waitFor("concurrent · Go", "enter next")
		d.press("c")
		d.choose("worker A")
		d.waitFor("another value")
		d.leaveQuestion(prompt.ErrBack)
		d.waitFor("what do you want to change?")
		d.leaveQuestion(prompt.ErrBack)
		d.waitFor("concurrent · Go", "enter next")
	})
	t.Run("the menu", func(t *testing.T) {
		t.Parallel()
		for _, how := range []error{prompt.ErrQuit, prompt.ErrBack} {
			d := start(t, headlessOptions{}, menu)
			d.waitFor("Which lesson?")
			d.leaveQuestion(how)
			if err := d.ends(); err != nil {
				t.Errorf("%v: %v", how, err)
			}
		}
	})
}

// Runs that went on while the program was stopped are made again. What had
// ended stays.
func TestRunsAreMadeAgainAfterTheProgramWasStopped(t *testing.T) {
	t.Parallel()
	d := atPage(t, 3, headlessOptions{})
	d.toEnd("enter run")
	d.press("enter")
	d.choose("(just run it)")
	d.waitFor("sequential · Go")
	attempt := d.walking().watch.Attempts()
	d.send(tea.ResumeMsg{})
	if now := d.walking().watch.Attempts(); now != attempt+1 {
		t.Errorf("attempt %d, before it was stopped %d", now, attempt)
	}
	d.settled("enter next")
	d.send(tea.ResumeMsg{})
	if now := d.walking().watch.Attempts(); now != attempt+1 {
		t.Errorf("attempt %d of what had ended", now)
	}
	if runs := d.walking().tour.journal.State().Runs; len(runs) != 2 {
		t.Errorf("%d runs noted", len(runs))
	}
}
