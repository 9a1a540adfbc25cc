package walk

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/page"
	"gosyncio/runner/progress"
)

// presenting is a headless screen from which tasks is presented.
func presenting(t *testing.T, o headlessOptions) *headless {
	t.Helper()
	d := start(t, o, present)
	d.waitFor("tasks · page 1 of", "digits go to a page")
	return d
}

// toSlide goes to a page by its number, and to the question on its slide.
func (d *headless) toSlide(page, text string) {
	d.t.Helper()
	d.press(page, "enter")
	d.waitFor("tasks · page " + page + " of")
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor(text, "digits count hands")
}

// What the presenter has said elsewhere is not for the room.
func TestPresentNotesNothing(t *testing.T) {
	t.Parallel()
	d := presenting(t, headlessOptions{columns: 120, rows: 40, done: func(s *progress.State) {
		s.Predict(progress.Prediction{
			Question: progress.Question{Lesson: "tasks", Key: "both"}, Settings: map[string]string{"a": "2s", "b": "1s"},
			Given: "3 s", Correct: "2 s", At: time.Now(),
		})
		s.ReadPage("tasks", 2, time.Now())
	}})
	before, err := os.ReadFile(d.journal)
	if err != nil {
		t.Fatal(err)
	}
	d.toSlide("3", "How long does concurrent take?")
	if shown := d.text(); strings.Contains(shown, "you said") {
		t.Errorf("the presenter's own answer:\n%s", shown)
	}
	d.press("2", "enter")
	if shown := d.waitFor("concurrent · Go", "the room said 1 s (2)"); strings.Contains(shown, "you said") {
		t.Errorf("the presenter's own answer:\n%s", shown)
	}
	d.press("n", "9", "9", "enter")
	d.toEnd("enter quiz")
	d.press("enter", "enter", "enter", "enter", "enter", "enter")
	shown := d.waitFor("What you saw", "To remember: "+lineToRemember(t))
	for _, own := range []string{"You said", "The quiz:", "Exercises:", "Until this lesson is done"} {
		if strings.Contains(shown, own) {
			t.Errorf("the presenter's own:\n%s", shown)
		}
	}
	d.press("enter")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	after, err := os.ReadFile(d.journal)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Errorf("noted as the presenter's: before\n%s\nafter\n%s", before, after)
	}
}

func TestPresentIsSetWidely(t *testing.T) {
	t.Parallel()
	d := presenting(t, headlessOptions{columns: 120, rows: 40})
	shown := d.text()
	rows := strings.Split(shown, "\n")
	for i := page.HeadRows; i < len(rows)-1; i++ {
		if !page.Empty(rows[i]) && !page.Empty(rows[i-1]) {
			t.Errorf("lines %d and %d stand close:\n%s", i, i+1, shown)
			break
		}
	}
	d.press("q")
	d.ends()
}

func TestPresentGoesToAPageByItsNumber(t *testing.T) {
	t.Parallel()
	d := presenting(t, headlessOptions{columns: 120, rows: 40})
	last := pagesOf(t, "tasks")
	for _, step := range []struct {
		keys []string
		want string
	}{
		{[]string{"1", "7"}, "enter goes to page 17"},
		{[]string{"backspace", "backspace", "3"}, "enter goes to page 3"},
		{[]string{"enter"}, "tasks · page 3 of"},
		{[]string{"m"}, "tasks · page 3 of"}, // there is no menu
		{[]string{"5", "x"}, "tasks · page 3 of"},
		{[]string{"5", "b"}, "tasks · page 3 of"}, // the key ends only the number
		{[]string{"b"}, "tasks · page 2 of"},
		{[]string{"0", "n"}, "tasks · page 3 of"},
		{[]string{"9", "9", "9", "9"}, "enter goes to page 999"},
		{[]string{"enter"}, fmt.Sprintf("tasks · page %d of", last)},
	} {
		d.press(step.keys...)
		if shown := d.text(); !strings.Contains(shown, step.want) {
			t.Errorf("after %s no %q in\n%s", step.keys, step.want, shown)
		}
		d.fits()
	}
	if shown := d.text(); strings.Contains(shown, "m menu") {
		t.Errorf("a menu is offered:\n%s", shown)
	}
	d.press("ctrl+c")
	d.ends()
}

// Hands are counted, and the answer is shown and hidden, on the slide and
// then on the stage.
func TestPresentCountsHands(t *testing.T) {
	t.Parallel()
	d := presenting(t, headlessOptions{columns: 120, rows: 40})
	d.toSlide("3", "How long does concurrent take? (a=2s b=1s)")
	shown := d.waitFor("> 1 s", "  2 s", "  3 s", "digits count hands")
	for _, unwanted := range []string{"just run it", "overlap", "you said"} {
		if strings.Contains(shown, unwanted) {
			t.Errorf("%q stands on the slide:\n%s", unwanted, shown)
		}
	}
	d.press("4")
	d.waitForMatch(`> 1 s   4 █+`)
	d.press("down", "1", "2")
	d.waitForMatch(`  1 s   4 █+`, `> 2 s   12 █+`)
	d.press("backspace")
	d.waitForMatch(`> 2 s   1 █+`)
	d.press("a")
	d.waitForMatch(`- 1 s   4 █+`, `\+ 2 s   1 █+`, "The waits overlap", "- 3 s", "That would be one after the other.", "a hide the answer")
	d.press("a")
	if shown := d.text(); !strings.Contains(shown, "> 2 s") || strings.Contains(shown, "overlap") {
		t.Errorf("the answer has not gone:\n%s", shown)
	}

	d.press("enter")
	shown = d.waitFor("sequential · Go", "concurrent · Go", "the room said 1 s (4), 2 s (1)", "a shows the answer", "a answer")
	if strings.Contains(shown, "you said") || strings.Contains(shown, "c change") {
		t.Errorf("it is not for a room:\n%s", shown)
	}
	d.press("m") // there is no menu
	d.press("a")
	d.waitFor("the room said 1 s (4), 2 s (1)", "2 s: The waits overlap")
	d.press("a")
	d.waitForMatch("a shows the answer", `(n|enter) next `)
	d.press("n")
	d.waitFor("tasks · page 4 of")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

func TestPresentPutsTheQuizOnSlides(t *testing.T) {
	t.Parallel()
	d := presenting(t, headlessOptions{columns: 120, rows: 40})
	last := fmt.Sprintf("tasks · page %d of", pagesOf(t, "tasks"))
	d.press("9", "9", "9", "9", "enter")
	d.waitFor(last)
	d.toEnd("enter quiz")
	d.press("enter")
	d.waitFor("Question 1 of 5", "What does wg.Go give you back?", "> A Task to await")
	d.press("a")
	d.waitFor("+ Nothing", "A goroutine has no handle.", "- A Task to await")
	for question := 2; question <= 5; question++ {
		d.press("enter")
		d.waitFor(fmt.Sprintf("Question %d of 5", question), "> ", "digits count hands")
	}
	d.press("b")
	d.waitFor("Question 4 of 5")
	d.press("b", "b", "b") // as they were left
	d.waitFor("Question 1 of 5", "+ Nothing")
	d.press("b")
	d.waitFor(last, "enter quiz")
	d.press("enter")
	if shown := d.waitFor("Question 1 of 5", "> A Task to await"); strings.Contains(shown, "+ Nothing") {
		t.Errorf("begun anew, the answer is shown:\n%s", shown)
	}
	d.press("n", "n", "n", "n", "n")
	d.waitFor("What you saw", "To remember: "+lineToRemember(t))
	d.press("b")
	d.waitFor(last)
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

func TestKeysOfASlide(t *testing.T) {
	t.Parallel()
	s := func() *slide {
		return &slide{question: "Which?", options: []slideOption{{text: "one", why: "so it is"}, {text: "two", right: true, why: "so it is not"}}}
	}
	for _, test := range []struct {
		name    string
		keys    []string
		current int
		hands   [2]int
		shown   bool
	}{
		{"not above the first", []string{"up"}, 0, [2]int{}, false},
		{"not below the last", []string{"down", "down", "tab"}, 1, [2]int{}, false},
		{"up again", []string{"down", "up", "3"}, 0, [2]int{3, 0}, false},
		{"more than fit in a room", []string{"9", "9", "9", "9", "9"}, 0, [2]int{maxHands, 0}, false},
		{"backspace", []string{"1", "2", "backspace", "backspace", "backspace"}, 0, [2]int{}, false},
		{"the answer", []string{"a"}, 0, [2]int{}, true},
		{"hidden again", []string{"a", "a"}, 0, [2]int{}, false},
		{"others", []string{"x", "home"}, 0, [2]int{}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := &Walk{slide: s()}
			for _, key := range test.keys {
				if cmd := w.slideKey(key); cmd != nil {
					t.Errorf("%s has a command", key)
				}
			}
			got := w.slide
			if hands := [2]int{got.options[0].hands, got.options[1].hands}; got.current != test.current || hands != test.hands || got.shown != test.shown {
				t.Errorf("at %d, hands %v, shown %v", got.current, hands, got.shown)
			}
		})
	}
}

// In a small window a slide does without its empty lines, and then without
// why the wrong answers are wrong.
func TestPresentInASmallWindow(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{columns: 40, rows: 12}, present)
	d.waitFor("page 1 of", "enter")
	d.press("3", "enter")
	d.waitFor("page 3 of")
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("How long does concurrent take?", "> 1 s", "  2 s", "  3 s", "enter next")
	d.press("a") // all the answers, and why the right one is
	d.fits()
	if shown := d.waitFor("- 1 s", "+ 2 s", "The waits overlap", "- 3 s", "enter next"); strings.Contains(shown, "one after the other") {
		t.Errorf("all of it fits, and so this shows nothing:\n%s", shown)
	}
	d.resize(40, 7) // and then none
	if shown := d.waitFor("- 1 s", "+ 2 s", "- 3 s", "enter next"); strings.Contains(shown, "overlap") {
		t.Errorf("all of it fits, and so this shows nothing:\n%s", shown)
	}
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}
