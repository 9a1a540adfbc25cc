package walk

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
)

// toQuiz goes to the quiz of tasks, from its last page.
func (d *headless) toQuiz() {
	d.t.Helper()
	d.toEnd("enter quiz")
	d.press("enter")
	d.waitFor("Tasks, question 1 of 5", "> A Task to await", "(pass)")
}

// toQuestion goes to a question of the quiz of tasks and passes over those
// before, from its last page.
func (d *headless) toQuestion(number int) {
	d.t.Helper()
	d.toQuiz()
	for question := 1; question < number; question++ {
		d.passOver(question)
	}
	d.waitFor(fmt.Sprintf("Tasks, question %d of 5", number))
}

// passOver passes over a question of the quiz of tasks and its explanation,
// in as many screens as that needs.
func (d *headless) passOver(question int) {
	d.t.Helper()
	d.waitFor(fmt.Sprintf("Tasks, question %d of 5", question))
	if question < 5 {
		d.choose("(pass)")
	} else {
		d.waitFor("You await what")
		d.answer() // nothing is marked
	}
	for more := true; more; {
		more = strings.Contains(d.waitForMatch("Passed over", `(?m)^> (more|next question|go on)$`), "> more")
		d.answer(0)
	}
}

func TestTheQuizExplainsEveryAnswer(t *testing.T) {
	t.Parallel()
	d := atPage(t, 0, headlessOptions{})
	d.toQuiz()
	d.choose("Nothing")
	d.waitFor("Tasks, question 1 of 5: Right.", "+ Nothing   (your answer)", "- A Task to await", "A goroutine has no handle.", "> next question")
	d.answer(0)
	d.waitFor("Tasks, question 2 of 5", "> 5 seconds")
	d.choose("6 seconds")
	d.waitFor("Tasks, question 2 of 5: Not quite.", "+ 5 seconds", "- 6 seconds   (your answer)", "That is one after the other.")
	d.answer(0)
	d.waitFor("Tasks, question 3 of 5", "> The one that was started first")
	d.choose("(pass)")
	if shown := d.waitFor("Tasks, question 3 of 5: Passed over.", "+ Go does not promise"); strings.Contains(shown, "your answer") {
		t.Errorf("an answer was given:\n%s", shown)
	}
	d.answer(0)
	d.waitFor("Tasks, question 4 of 5", "> About 1 second")
	d.choose("About 2 seconds")
	d.waitFor("Tasks, question 4 of 5: Right.")
	d.answer(0)
	d.waitFor("Tasks, question 5 of 5", "(choose all that hold, or none to pass)", "> A WaitGroup counts it")
	d.answer(d.index("A WaitGroup counts it"), d.index("It says so on a channel"))
	d.waitFor("Tasks, question 5 of 5: Right.", "+ A WaitGroup counts it   (your answer)", "+ It says so on a channel   (your answer)", "> go on")
	d.answer(0)
	d.waitFor("What you saw", "The quiz: 3 of 5 right.", "gosyncio review")
	d.press("q")
	d.ends()

	state := d.state()
	var answers []string
	for _, a := range state.Answers {
		answers = append(answers, fmt.Sprint(a.Lesson, a.Key, a.Given, a.Right))
	}
	if diff := cmp.Diff([]string{
		fmt.Sprint("tasks", "handle", []string{"Nothing"}, true),
		fmt.Sprint("tasks", "longest", []string{"6 seconds"}, false),
		fmt.Sprint("tasks", "compute", []string{"About 2 seconds"}, true),
		fmt.Sprint("tasks", "learn", []string{"A WaitGroup counts it", "It says so on a channel"}, true),
	}, answers); diff != "" {
		t.Errorf("answers: (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]progress.Question{{Lesson: "tasks", Key: "longest"}}, state.Due(time.Now())); diff != "" {
		t.Errorf("due: (-want +got):\n%s", diff)
	}
}

// Of several answers, all that hold and no other make it right.
func TestAQuestionWithSeveralAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		given   []int
		verdict string
	}{
		{"all", []int{0, 1}, "Right."},
		{"some", []int{1}, "Not quite."},
		{"too many", []int{0, 1, 2}, "Not quite."},
		{"none", nil, "Passed over."},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := atPage(t, 0, headlessOptions{})
			d.toQuestion(5)
			d.answer(test.given...)
			shown := d.waitFor("Tasks, question 5 of 5: "+test.verdict, "+ A WaitGroup counts it", "+ It says so on a channel", "- You await what", "> go on")
			if n := strings.Count(shown, "(your answer)"); n != len(test.given) {
				t.Errorf("%d answers are the learner's:\n%s", n, shown)
			}
			d.leave()
			d.ends()
			if answers := d.state().Answers; (len(answers) == 1) != (test.given != nil) {
				t.Errorf("answers: %+v", answers)
			}
		})
	}
}

// Who has had enough of the questions is back on the page.
func TestTheRestOfAQuizIsLeft(t *testing.T) {
	t.Parallel()
	d := atPage(t, 0, headlessOptions{})
	d.toQuiz()
	d.answer(0)
	d.waitFor("Not quite.", "> next question", "  leave the rest for later")
	d.interrupt() // and the answer is noted all the same
	if err := d.ends(); !errors.Is(err, prompt.ErrInterrupted) {
		t.Errorf("error %v, want interrupted", err)
	}
	if answers := d.state().Answers; len(answers) != 1 {
		t.Errorf("answers: %+v", answers)
	}

	d = atPage(t, 0, headlessOptions{journal: d.journal})
	d.toQuiz()
	d.choose("(pass)")
	d.waitFor("Passed over.", "> next question", "  leave the rest for later")
	d.choose("leave the rest")
	d.waitFor(fmt.Sprintf("page %d of", pagesOf(t, "tasks")), "enter quiz")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	if answers := d.state().Answers; len(answers) != 1 {
		t.Errorf("answers: %+v", answers)
	}

	var said string
	d = start(t, headlessOptions{journal: d.journal}, review(&said))
	d.waitFor("Question 1 of 1, from Tasks", "(pass)")
	d.answer(0)
	if shown := d.waitFor("Not quite.", "> done"); strings.Contains(shown, "leave") {
		t.Errorf("there is no rest to leave:\n%s", shown)
	}
	d.answer(0)
	if err := d.ends(); err != nil || said != "0 of 1" {
		t.Errorf("%s right, error %v", said, err)
	}
}

// All of an explanation is shown in any window, on as many screens as that
// needs.
func TestExplanationsFit(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ columns, rows int }{{120, 40}, {80, 24}, {40, 12}} {
		for _, colours := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d×%d, colours %v", size.columns, size.rows, colours), func(t *testing.T) {
				t.Parallel()
				d := atPage(t, 0, headlessOptions{columns: size.columns, rows: size.rows, colours: colours})
				d.toQuiz()
				d.choose("A channel with the result")
				explained, screens := "", 0
				for more := true; more; screens++ {
					shown := d.waitForMatch("Not quite", `(?m)^> (more|next question)$`)
					more = strings.Contains(shown, "> more")
					q := d.asked()
					d.fits()
					if room := q.Room(size.columns, size.rows); len(q.Above) > room {
						t.Errorf("%d lines stand above, there is room for %d:\n%s", len(q.Above), room, shown)
					}
					if styled := strings.Contains(strings.Join(q.Above, ""), "\x1b"); styled != colours {
						t.Errorf("styled %v: %q", styled, q.Above)
					}
					explained += shown + "\n"
					d.answer(0)
				}
				explained = strings.Join(strings.Fields(explained), " ")
				for _, want := range []string{"- A Task to await", "create_task gives you", "- A channel with the result", "(your answer)", "+ Nothing", "the result and the waiting yourself."} {
					if !strings.Contains(explained, want) {
						t.Errorf("no %q in %s", want, explained)
					}
				}
				if one := size.rows >= 24; one != (screens == 1) {
					t.Errorf("%d screens", screens)
				}
			})
		}
	}
}

// What a lesson asks, and what follows, is set for the window as it is by
// then.
func TestWhatFollowsAQuestionFitsTheWindow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		page  int
		reach func(*headless)
		next  []string
	}{
		{"a prediction", 3, (*headless).toPrediction,
			[]string{"sequential · Go", "concurrent · Go", "◆ you said 1 s", " next ", "q quit"}},
		{"a question", 0, (*headless).toQuiz,
			[]string{"Tasks, question 1 of 5: Not quite.", "A goroutine has no handle.", "> next question"}},
		{"a question with several answers", 0, func(d *headless) { d.toQuestion(5) },
			[]string{"Tasks, question 5 of 5: Not quite.", "+ It says so on a channel", "> go on"}},
		{"an explanation", 0, func(d *headless) { d.toQuiz(); d.answer(0); d.waitFor("Not quite.") },
			[]string{"Tasks, question 2 of 5", "> 5 seconds", "  (pass)"}},
		{"what to change", 5, (*headless).toChange,
			[]string{"concurrent · Go", "before: ", "enter next   q quit"}},
		{"a value to choose", 5, func(d *headless) { d.toChange(); d.choose("worker A"); d.waitFor("another value") },
			[]string{"what do you want to change?", "> run with these settings", "  back to what the page sets"}},
		{"a value to type", 5, func(d *headless) { d.toChange(); d.choose("worker A"); d.choose("another value"); d.waitFor("> 1s_") },
			[]string{"what do you want to change?", "> run with these settings", "  back to what the page sets"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := atPage(t, test.page, headlessOptions{columns: 160, rows: 50})
			test.reach(d)
			d.resize(80, 24)
			if strings.Contains(d.text(), "enter takes it") {
				d.press("enter")
			} else {
				d.answer(0)
			}
			shown := d.waitFor(test.next...)
			d.fits()
			if strings.Contains(shown, "…") {
				t.Errorf("something is cut:\n%s", shown)
			}
			d.leave()
		})
	}
}

func TestNextChoices(t *testing.T) {
	t.Parallel()
	for i, want := range [][]string{{"next question", leaveRest}, {"next question", leaveRest}, {"done"}} {
		if got := nextChoices(i, 3, "done"); !slices.Equal(got, want) {
			t.Errorf("after question %d: %q, want %q", i, got, want)
		}
	}
}

// Where a window has no room for a single line, the choices are there.
func TestAnExplanationWithoutRoomGoesOn(t *testing.T) {
	t.Parallel()
	d := atPage(t, 0, headlessOptions{})
	d.toQuiz()
	d.resize(20, 4)
	d.answer(0)
	for {
		q := d.asked()
		last := slices.Equal(q.Choices, screen.Labels("next question", leaveRest))
		d.answer(0)
		if last {
			break
		}
	}
	d.waitFor("Tasks, question 2 of 5")
}
