//go:build unix

package runner

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/runner/page"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
)

// withoutPython, in the environment, makes runs that are in Go alone.
const withoutPython = player.PythonVariable + "=nosuchpython"

const (
	keyErase    = "\x7f"
	keyEraseAll = "\x15"
)

// A learner is somebody whose progress outlives a window.
type learner struct {
	t    *testing.T
	path string
}

// newLearner is a learner who has done something already, if done is not nil.
func newLearner(t *testing.T, done func(*progress.State)) learner {
	t.Helper()
	l := learner{t, filepath.Join(t.TempDir(), "progress.json")}
	if done != nil {
		if _, err := progress.Open(l.path).Update(done); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// open starts the program for the learner, without Python.
func (l learner) open(o windowOptions) *window {
	l.t.Helper()
	o.environ = append(o.environ, withoutPython, progress.Variable+"="+l.path)
	return open(l.t, o)
}

// state is what is known of the learner.
func (l learner) state() *progress.State {
	l.t.Helper()
	state, notice, err := progress.Open(l.path).Load()
	if err != nil || notice != "" {
		l.t.Fatal(notice, err)
	}
	return state
}

// standsOn is a learner who has come to a page of tasks; 0 is the last.
func standsOn(page int) func(*progress.State) {
	return func(s *progress.State) {
		if page == 0 {
			page = pagesOfTasks()
		}
		s.ReadPage("tasks", page, time.Now())
	}
}

func pagesOfTasks() int {
	text, err := content.Load("tasks")
	if err != nil {
		panic(err)
	}
	return len(text.Pages)
}

// choose chooses the answer that has the text by typing it.
func choose(w *window, text string) {
	w.t.Helper()
	w.press(text)
	quoted := regexp.QuoteMeta(text)
	w.waitForMatch(`(?m)^filter: `+quoted+` `, `(?m)^> .*`+quoted)
	w.press(keyEnter)
}

// toLesson chooses a lesson in the menu.
func toLesson(w *window, id string) {
	w.t.Helper()
	w.waitForMatch("Which lesson.", "(?m)^> ")
	w.press(id)
	w.waitForMatch("filter: "+id+`  \d+ of`, "(?m)^> ")
	w.press(keyEnter)
	w.waitFor("page ", "q quit")
}

// above is a screen without its last row, which is drawn last: of a first
// frame, the test may see the beginning of that row and then all of it.
func above(screen string) string { return screen[:max(0, strings.LastIndex(screen, "\n"))] }

// onward presses Enter until one of the texts is at the foot of a page.
func onward(w *window, texts ...string) {
	w.t.Helper()
	for {
		before := w.waitForMatch(strings.Join(append(texts, "enter more"), "|"))
		if !strings.Contains(before, "enter more") {
			return
		}
		w.press(keyEnter)
		w.waitUntil("next part of the page", func(screen string) bool { return above(screen) != above(before) })
	}
}

// toPrediction goes to the prediction of tasks, from its page.
func toPrediction(w *window) {
	w.t.Helper()
	onward(w, "enter run")
	w.press(keyEnter)
	w.waitFor("How long does concurrent take? (a=2s b=1s)", "> 1 s", "  2 s", "  3 s", "  (just run it)")
}

// toQuiz goes to the quiz of tasks, from its last page.
func toQuiz(w *window) {
	w.t.Helper()
	onward(w, "enter quiz")
	w.press(keyEnter)
	w.waitFor("Tasks, question 1 of 5", "> A Task to await", "(pass)")
}

// passOver passes over a question of the quiz of tasks and its explanation,
// in as many screens as that needs.
func passOver(w *window, question int) {
	w.t.Helper()
	w.waitFor(fmt.Sprintf("Tasks, question %d of 5", question), "enter")
	if question < 5 {
		choose(w, "(pass)")
	} else {
		w.waitFor("[ ] You await what")
		w.press(keyEnter) // nothing is marked
	}
	for {
		shown := w.waitForMatch("Passed over", `(?m)^> (more|next question|go on)$`)
		w.press(keyEnter)
		if !strings.Contains(shown, "> more") {
			return
		}
		w.waitUntil("more", func(screen string) bool { return screen != shown })
	}
}

// toExplanation answers the first question of the quiz of tasks wrong.
func toExplanation(w *window) {
	w.t.Helper()
	toQuiz(w)
	w.press(keyEnter)
	w.waitFor("Not quite.", "> next question")
}

// toSeveral goes to the question of tasks that has several answers.
func toSeveral(w *window) {
	w.t.Helper()
	toQuiz(w)
	for question := 1; question < 5; question++ {
		passOver(w, question)
	}
	w.waitFor("Tasks, question 5 of 5", "> [ ] A WaitGroup counts it")
}

// toChange goes to the menu of changes, from the page of tasks with the run
// of one second that nothing is asked about.
func toChange(w *window) {
	w.t.Helper()
	onward(w, "enter run")
	w.press(keyEnter)
	w.waitFor("concurrent · Go", "enter next", "c change")
	w.press("c")
	w.waitFor("what do you want to change?", "> run with these settings", "  back to what the page sets")
}

func TestTerminalTheWholeLoop(t *testing.T) {
	t.Parallel()
	l := newLearner(t, nil)
	w := l.open(windowOptions{columns: 120, rows: 40})

	// Predicted wrong: the note says what was said, what it was, and why.
	toPage(w, 3)
	toPrediction(w)
	choose(w, "3 s")
	w.waitForMatch("◆ you said 3 s", printed, nextKey)
	w.waitForMatch(`◆ you said 3 s\. That would be one after the other\. Here both wait at the same time\. (It was|But this time) `, `(?m)^ +0s .*◆`, "enter next")

	// One setting is changed to a value that is offered.
	w.press("c")
	w.waitFor("tasks: what do you want to change?", "> run with these settings", "  back to what the page sets")
	choose(w, "worker B")
	w.waitFor("b, how long worker B takes", "> 1s", "another value")
	choose(w, "100ms")
	w.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +2s `, `(?m)^  b +100ms `)

	// And the other to one that is typed. A bad one is not taken.
	toTyping := func() {
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "> 2s", "another value")
		choose(w, "another value")
		w.waitFor("a, how long worker A takes", "> 2s_", "enter takes it")
	}
	toTyping()
	w.press(keyEraseAll)
	w.waitForMatch(`(?m)^> _$`)
	w.press("soon")
	w.waitFor("> soon_", "not a duration; write a number and a unit")
	w.press(keyEnter, "er")
	w.waitFor("> sooner_", "not a duration")
	w.press(keyEsc)
	w.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +2s `, `(?m)^  b +100ms `)
	toTyping() // what is typed replaces what was there, unless that is changed
	w.press(keyErase, keyErase, "s", keyErase)
	w.waitForMatch(`(?m)^> _$`)
	w.press(keyEsc)
	w.waitForMatch(`(?m)^> run with these settings$`)
	toTyping()
	w.press("300ms")
	w.waitFor("> 300ms_", "enter takes it")
	w.press(keyEnter)
	w.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +300ms `, `(?m)^  b +100ms `)

	// The question is put anew. The run before stays to compare with.
	w.press(keyEnter)
	w.waitFor("How long does concurrent take? (a=300ms b=100ms)", "> 100 ms", "  300 ms", "  400 ms", "  (just run it)")
	choose(w, "300 ms")
	w.waitForMatch(`◆ you said 300 ms(: right)?\. The waits overlap`, `before: \d+\.\d\d s(?s:.*)before: \d+\.\d\d s`, "a=300ms b=100ms", "enter next")

	// For the same settings nothing is asked again.
	before := regexp.MustCompile(`before: .* m?s`)
	shown := w.text()
	w.press("r")
	w.waitUntil("another run", func(screen string) bool {
		return strings.Contains(screen, "◆ you said 300 ms") && strings.Contains(screen, "enter next") &&
			before.FindString(screen) != before.FindString(shown)
	})

	// The quiz.
	w.press(keyEnter)
	for page := 4; page < pagesOfTasks(); page++ {
		w.waitFor(fmt.Sprintf("page %d of", page), "q quit")
		w.press("n")
	}
	w.waitFor(fmt.Sprintf("page %d of", pagesOfTasks()))
	toQuiz(w)
	choose(w, "Nothing")
	w.waitFor("Tasks, question 1 of 5: Right.", "+ Nothing   (your answer)", "- A Task to await", "A goroutine has no handle.", "> next question")
	w.press(keyEnter)
	w.waitFor("Tasks, question 2 of 5", "> 5 seconds")
	choose(w, "6 seconds")
	w.waitFor("Tasks, question 2 of 5: Not quite.", "+ 5 seconds", "- 6 seconds   (your answer)", "That is one after the other.")
	w.press(keyEnter)
	w.waitFor("Tasks, question 3 of 5", "> The one that was started first")
	choose(w, "(pass)")
	if shown := w.waitFor("Tasks, question 3 of 5: Passed over.", "+ Go does not promise"); strings.Contains(shown, "your answer") {
		t.Errorf("an answer was given:\n%s", shown)
	}
	w.press(keyEnter)
	w.waitFor("Tasks, question 4 of 5", "> About 1 second")
	choose(w, "About 2 seconds")
	w.waitFor("Tasks, question 4 of 5: Right.")
	w.press(keyEnter)
	w.waitFor("Tasks, question 5 of 5", "(choose all that hold, or none to pass)", "> [ ] A WaitGroup counts it")
	w.press(" ")
	w.waitFor("> [x] A WaitGroup counts it")
	w.press(keyDown)
	w.waitFor("> [ ] It says so on a channel")
	w.press(" ")
	w.waitFor("  [x] A WaitGroup counts it", "> [x] It says so on a channel")
	w.press(keyEnter)
	w.waitFor("Tasks, question 5 of 5: Right.", "+ A WaitGroup counts it   (your answer)", "+ It says so on a channel   (your answer)", "> go on")

	// The recap, and the menu.
	w.press(keyEnter)
	w.waitFor("What you saw", "How long does concurrent take? (a=300ms b=100ms)", "+ You said 300 ms: right",
		"The quiz: 3 of 5 right.", "gosyncio review", "To remember: "+lineToRemember(t), "enter done")
	w.press(keyEnter)
	w.waitForMatch("Which lesson. "+lessonsDone(1), `(?m)^  3 +done Tasks `, `(?m)^> 4 +Gather`)

	// Another lesson is left in the middle, and found again there.
	w.press(keyEnter)
	w.waitFor(lessonOf(4)+" · page 1 of", "q quit")
	for page := 2; page <= 3; page++ {
		w.press("n")
		w.waitFor(fmt.Sprintf("page %d of", page), "q quit")
	}
	w.press("q")
	w.ends(exitDone)

	w = l.open(windowOptions{columns: 120, rows: 40})
	w.waitForMatch("Which lesson. "+lessonsDone(1), `(?m)^  2 {4,}Coroutines`, `(?m)^  3 +done Tasks `, `(?m)^  4 +█+░+ Gather`)
	toLesson(w, "gather")
	w.waitFor(lessonOf(4) + " · page 3 of")
	w.press("q")
	w.ends(exitDone)

	checkWholeLoop(t, l.state())
}

// lineToRemember is the beginning of that of tasks.
func lineToRemember(t *testing.T) string {
	t.Helper()
	text, err := content.Load("tasks")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(content.StripBackticks(text.Remember))[:3], " ")
}

func checkWholeLoop(t *testing.T, state *progress.State) {
	t.Helper()
	var said []string
	for _, p := range state.Predictions {
		said = append(said, fmt.Sprint(p.Lesson, p.Key, p.Settings, p.Given, p.Correct, p.Right))
	}
	if diff := cmp.Diff([]string{
		fmt.Sprint("tasks", "both", map[string]string{"a": "2s", "b": "1s"}, "3 s", "2 s", false),
		fmt.Sprint("tasks", "both", map[string]string{"a": "300ms", "b": "100ms"}, "300 ms", "300 ms", true),
	}, said); diff != "" {
		t.Errorf("predictions: (-want +got):\n%s", diff)
	}

	outcomes := map[string]int{}
	for _, o := range state.Outcomes {
		outcomes[fmt.Sprint(o.Lesson, " ", o.Key, o.Settings)]++
	}
	if diff := cmp.Diff(map[string]int{"tasks bothmap[a:2s b:1s]": 1, "tasks bothmap[a:300ms b:100ms]": 2}, outcomes); diff != "" {
		t.Errorf("outcomes: (-want +got):\n%s", diff)
	}

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

	runs := map[string]int{}
	for _, r := range state.Runs {
		runs[fmt.Sprint(r.Lesson, " ", r.Variant, " ", r.Language, r.Settings)]++
		if r.Elapsed <= 0 {
			t.Errorf("a run took %v", r.Elapsed)
		}
	}
	if diff := cmp.Diff(map[string]int{
		"tasks sequential gomap[a:2s b:1s]":       1,
		"tasks concurrent gomap[a:2s b:1s]":       1,
		"tasks sequential gomap[a:300ms b:100ms]": 2,
		"tasks concurrent gomap[a:300ms b:100ms]": 2,
	}, runs); diff != "" {
		t.Errorf("runs: (-want +got):\n%s", diff)
	}

	if tasks := state.Lessons["tasks"]; tasks.Finished.IsZero() || len(tasks.Read) != pagesOfTasks() {
		t.Errorf("tasks: %+v", tasks)
	}
	if gather := state.Lessons["gather"]; !gather.Finished.IsZero() || gather.Page != 3 || !slices.Equal(gather.Read, []int{1, 2, 3}) {
		t.Errorf("gather: %+v", gather)
	}
}

// The recap says of a prediction what happened, and of questions only what
// review would ask.
func TestTerminalRecapOfWhatWentWrong(t *testing.T) {
	t.Parallel()
	l := newLearner(t, standsOn(3))
	w := l.open(windowOptions{columns: 80, rows: 24})
	toLesson(w, "tasks")
	toPrediction(w)
	choose(w, "1 s")
	w.waitForMatch("◆ you said 1 s", nextKey)
	for page := 4; page <= pagesOfTasks(); page++ {
		w.press("n")
		w.waitFor(fmt.Sprintf("page %d of", page), "q quit")
	}
	toQuiz(w)
	choose(w, "Nothing")
	w.waitFor("> next question")
	w.press(keyEnter)
	for question := 2; question <= 5; question++ {
		passOver(w, question)
	}
	shown := w.waitFor("What you saw", "- You said 1 s; right is 2 s", "The quiz: 1 of 5 right.", "To remember:")
	if strings.Contains(shown, "gosyncio review") {
		t.Errorf("there is nothing to review:\n%s", shown)
	}
	// Who has read it has come to the end, wherever to from here.
	w.press("m")
	w.waitForMatch(lessonsDone(1), `(?m)^> 3 +done Tasks`)
	w.press(keyCtrlC)
	w.ends(exitInterrupted)
}

// What happened is told another day, too.
func TestTerminalRecapOfAnotherDay(t *testing.T) {
	t.Parallel()
	asked, settings := progress.Question{Lesson: "tasks", Key: "both"}, map[string]string{"a": "2s", "b": "1s"}
	l := newLearner(t, func(s *progress.State) {
		standsOn(0)(s)
		s.Predict(progress.Prediction{Question: asked, Settings: settings, CPUs: 1, Given: "1 s", Correct: "2 s", At: time.Now()})
		s.RecordOutcome(progress.Outcome{Question: asked, Settings: settings, CPUs: 1, Was: "2.41 s", At: time.Now()})
		s.RecordOutcome(progress.Outcome{Question: asked, Settings: settings, Was: "2.01 s", At: time.Now()})
	})
	w := l.open(windowOptions{columns: 80, rows: 24})
	toLesson(w, "tasks")
	w.press("n")
	w.waitFor("What you saw", "How long does concurrent take? (a=2s b=1s CPUs=1)", "- You said 1 s; right is 2 s (it was 2.41 s).", "enter done")
	w.press("q")
	w.ends(exitDone)
}

// Where a page needs more screens than what comes after it, the place in it is
// not taken along.
func TestTerminalFromALongPageToAShortOne(t *testing.T) {
	t.Run("the recap", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, standsOn(0)).open(windowOptions{columns: 80, rows: 12})
		toLesson(w, "tasks")
		w.waitFor("enter more")
		toQuiz(w)
		for question := 1; question <= 5; question++ {
			passOver(w, question)
		}
		w.waitForMatch("What you saw", "enter (more|done)")
		w.press("q")
		w.ends(exitDone)
	})
	t.Run("the same page without Python", func(t *testing.T) {
		t.Parallel()
		w := open(t, windowOptions{columns: 56, rows: 17})
		toPage(w, 3)
		onward(w, "enter run")
		w.press(keyEnter)
		w.waitFor("(just run it)")
		w.press(keyEnter)
		w.waitForMatch(nextKey)
		w.press("p", "b")
		w.waitForMatch("page 3 of", "enter (more|run)")
		w.press("q")
		w.ends(exitDone)
	})
}

// Who has had enough of the questions is back on the page.
func TestTerminalTheRestOfAQuizIsLeft(t *testing.T) {
	t.Parallel()
	l := newLearner(t, standsOn(0))
	w := l.open(windowOptions{columns: 80, rows: 24})
	toLesson(w, "tasks")
	toQuiz(w)
	w.press(keyEnter)
	w.waitFor("Not quite.", "> next question", "  leave the rest for later")
	w.press(keyCtrlC) // and the answer is noted all the same
	w.ends(exitInterrupted)
	if answers := l.state().Answers; len(answers) != 1 {
		t.Errorf("answers: %+v", answers)
	}

	w = l.open(windowOptions{columns: 80, rows: 24})
	toLesson(w, "tasks")
	toQuiz(w)
	choose(w, "(pass)")
	w.waitFor("Passed over.", "> next question", "  leave the rest for later")
	choose(w, "leave the rest")
	w.waitFor(fmt.Sprintf("page %d of", pagesOfTasks()), "enter quiz")
	w.press("q")
	w.ends(exitDone)
	if answers := l.state().Answers; len(answers) != 1 {
		t.Errorf("answers: %+v", answers)
	}

	w = l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	w.waitFor("Question 1 of 1, from Tasks", "(pass)")
	w.press(keyEnter)
	if shown := w.waitFor("Not quite.", "> done"); strings.Contains(shown, "leave") {
		t.Errorf("there is no rest to leave:\n%s", shown)
	}
	w.press(keyEnter)
	if shown := w.ends(exitDone); strings.TrimSpace(shown) != "0 of 1 right" {
		t.Errorf("on the screen:\n%s", shown)
	}
}

func TestTerminalAPredictionThatIsSkipped(t *testing.T) {
	t.Parallel()
	l := newLearner(t, standsOn(3))
	w := l.open(windowOptions{columns: 80, rows: 24})
	toLesson(w, "tasks")
	toPrediction(w)
	choose(w, "(just run it)")
	w.waitForMatch("concurrent · Go", printed, nextKey)
	w.press("b")
	onward(w, "enter run")
	w.press(keyEnter)
	for _, shown := range []string{
		w.waitForMatch(printed + `|just run it`),
		w.waitFor("enter next", "c change"),
	} {
		if strings.Contains(shown, "just run it") || strings.Contains(shown, "you said") {
			t.Errorf("asked again, or told:\n%s", shown)
		}
	}
	w.press("c")
	w.waitFor("> run with these settings")
	w.press(keyEnter)
	if shown := w.waitForMatch(`before: \d|just run it`); strings.Contains(shown, "just run it") {
		t.Errorf("asked again:\n%s", shown)
	}
	w.press("q")
	w.ends(exitDone)
	if said := l.state().Predictions; said != nil {
		t.Errorf("noted: %+v", said)
	}

	// Another day it is asked again; what was said then is not.
	w = l.open(windowOptions{columns: 80, rows: 24})
	toLesson(w, "tasks")
	toPrediction(w)
	choose(w, "2 s")
	w.waitForMatch("◆ you said 2 s", nextKey)
	w.press("q")
	w.ends(exitDone)
	w = l.open(windowOptions{columns: 80, rows: 24})
	toLesson(w, "tasks")
	onward(w, "enter run")
	w.press(keyEnter)
	w.waitForMatch("◆ you said 2 s", nextKey)
	w.press("q")
	w.ends(exitDone)
}

// questions are the places in which the learner is asked something. Each
// is reached from a page of tasks, by default the last; next goes on from
// there, in a window of 80 by 24.
var questions = []struct {
	name  string
	page  int
	reach func(*window)
	next  func(*window) (shown string)
}{
	{"a prediction", 3, toPrediction, func(w *window) string {
		w.press(keyEnter)
		return w.waitForMatch("sequential · Go", "concurrent · Go", "◆ you said 1 s", nextKey+".*q quit")
	}},
	{"a question", 0, toQuiz, func(w *window) string {
		w.press(keyEnter)
		return w.waitFor("Tasks, question 1 of 5: Not quite.", "A goroutine has no handle.", "> next question")
	}},
	{"a question with several answers", 0, toSeveral, func(w *window) string {
		w.press(keyEnter)
		return w.waitFor("Tasks, question 5 of 5: Passed over.", "+ It says so on a channel", "> go on")
	}},
	{"an explanation", 0, toExplanation, func(w *window) string {
		w.press(keyEnter)
		return w.waitFor("Tasks, question 2 of 5", "> 5 seconds", "  (pass)")
	}},
	{"what to change", 5, toChange, func(w *window) string {
		w.press(keyEnter)
		return w.waitForMatch("concurrent · Go", `before: \d`, "enter next   q quit")
	}},
	{"a value to choose", 5, func(w *window) {
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
	}, func(w *window) string {
		w.press(keyEnter)
		return w.waitFor("what do you want to change?", "> run with these settings", "  back to what the page sets")
	}},
	{"a value to type", 5, func(w *window) {
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
		choose(w, "another value")
		w.waitFor("> 1s_", "enter takes it")
	}, func(w *window) string {
		w.press(keyEnter)
		return w.waitFor("what do you want to change?", "> run with these settings", "  back to what the page sets")
	}},
}

func TestTerminalQuestionsAreLeft(t *testing.T) {
	for _, how := range []struct {
		name  string
		leave func(*window)
	}{
		{"ctrl-c", func(w *window) {
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		}},
		{"a signal", func(w *window) {
			w.signal(syscall.SIGTERM)
			w.ends(exitInterrupted)
		}},
		{"the window is closed", func(w *window) {
			if state := w.hangUp(); !slices.Contains([]string{"exit status 130", "exit status 1", "signal: hangup"}, state) {
				w.t.Errorf("%q", state)
			}
			w.waitForRuns(0)
		}},
	} {
		for _, question := range questions {
			t.Run(how.name+" in "+question.name, func(t *testing.T) {
				t.Parallel()
				o := windowOptions{columns: 120, rows: 40, mute: how.name == "a signal"}
				w := newLearner(t, standsOn(question.page)).open(o)
				toLesson(w, "tasks")
				question.reach(w)
				how.leave(w)
			})
		}
	}
}

// After a change of the window's size in the middle of a question, what
// follows fits.
func TestTerminalQuestionsAreResized(t *testing.T) {
	for _, question := range questions {
		t.Run(question.name, func(t *testing.T) {
			t.Parallel()
			w := newLearner(t, standsOn(question.page)).open(windowOptions{columns: 160, rows: 50})
			toLesson(w, "tasks")
			question.reach(w)
			w.resize(80, 24)
			if shown := question.next(w); strings.Contains(shown, "…") {
				t.Errorf("something is cut:\n%s", shown)
			}
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		})
	}
}

// A question is set anew for another size of the window, and is where it was.
func TestTerminalQuestionsFollowTheWindow(t *testing.T) {
	narrow := func(w *window, texts ...string) {
		w.t.Helper()
		w.resize(56, 12)
		w.waitUntil(fmt.Sprintf("%q in a narrow window", texts), func(screen string) bool {
			rows := strings.Split(screen, "\n")
			wide := func(row string) bool { return ansi.StringWidth(row) > 56 }
			missing := func(text string) bool { return !strings.Contains(screen, text) }
			return len(rows) <= 12 && !slices.ContainsFunc(rows, wide) && !slices.ContainsFunc(texts, missing)
		})
	}
	t.Run("the menu", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, nil).open(windowOptions{columns: 120, rows: 40})
		toMenu(w)
		w.press(keyDown, keyDown)
		w.waitFor("> 3 ")
		narrow(w, "Which lesson?", "> 3       Tasks", "asyncio.create_task …")
		w.press("fetch")
		w.waitFor("filter: fetch  ", "> 5 ")
		w.resize(120, 40)
		w.waitFor("filter: fetch  ", "> 5       Fetching pages", "net/http, errgroup")
		w.press(keyEnter)
		w.waitFor(lessonOf(5), "q quit")
		w.press("q")
		w.ends(exitDone)
	})
	t.Run("a question with several answers", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, standsOn(0)).open(windowOptions{columns: 120, rows: 40})
		toLesson(w, "tasks")
		toSeveral(w)
		w.press(" ", keyDown)
		narrow(w, "[x] A WaitGroup counts it", "> [ ] It says so on a channel")
		w.resize(120, 40)
		w.waitFor("Tasks, question 5 of 5", "  [x] A WaitGroup counts it", "> [ ] It says so on a channel")
		w.press(" ", keyEnter)
		shown := w.waitFor("Tasks, question 5 of 5: Right.", "> go on")
		if strings.Contains(shown, "[x]") {
			t.Errorf("something of the question is left:\n%s", shown)
		}
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
	})
	t.Run("an explanation", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, standsOn(0)).open(windowOptions{columns: 120, rows: 40})
		toLesson(w, "tasks")
		toExplanation(w)
		w.waitFor("A goroutine has no handle. You arrange the result and the waiting yourself.")
		w.resize(50, 24)
		w.waitForMatch(`(?m)A goroutine has no handle. You arrange the[^…]*\n *result and the waiting yourself\.$`, "> next question")
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
	})
}

// Questions fit into any window.
func TestTerminalQuestionsFit(t *testing.T) {
	for _, c := range []struct {
		name          string
		columns, rows int
		environ       []string
	}{
		{"80×24", 80, 24, nil},
		{"120×40", 120, 40, nil},
		{"40×12", 40, 12, nil},
		{"NO_COLOR", 80, 24, []string{"NO_COLOR=1"}},
	} {
		// reach goes to where a question is next, in that window. What the
		// program writes there is shown on a screen that is larger, on which
		// is seen what would not fit.
		reach := func(t *testing.T, page int, at string) *window {
			w := newLearner(t, standsOn(page)).open(windowOptions{columns: c.columns, rows: c.rows, environ: c.environ})
			toLesson(w, "tasks")
			onward(w, at)
			w.mu.Lock()
			w.screen.Resize(c.columns+100, c.rows+30)
			w.mu.Unlock()
			return w
		}
		fits := func(t *testing.T, shown string) {
			t.Helper()
			rows := strings.Split(shown, "\n")
			if len(rows) > c.rows {
				t.Errorf("%d rows:\n%s", len(rows), shown)
			}
			for _, row := range rows {
				if ansi.StringWidth(row) > c.columns {
					t.Errorf("%d columns: %s", ansi.StringWidth(row), row)
				}
			}
		}
		leave := func(t *testing.T, w *window) {
			t.Helper()
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
			if found := styled.FindAllString(w.written(), 5); found != nil && c.environ != nil {
				t.Errorf("there are looks: %q", found)
			}
		}
		t.Run("a prediction at "+c.name, func(t *testing.T) {
			t.Parallel()
			w := reach(t, 3, "enter run")
			w.press(keyEnter)
			fits(t, w.waitFor("How long does concurrent take?", "b=1s)", "> 1 s", "  2 s", "  3 s", "  (just run it)"))
			leave(t, w)
		})
		t.Run("the quiz at "+c.name, func(t *testing.T) {
			t.Parallel()
			w := reach(t, 0, "enter quiz")
			w.press(keyEnter)
			fits(t, w.waitFor("What does wg.Go give you back?", "> A Task to await", "  A channel with the result", "  Nothing", "  (pass)"))
			w.press(keyDown)
			w.waitFor("> A channel with the result")
			w.press(keyEnter)
			explained := ""
			for {
				shown := w.waitForMatch("Not quite", `(?m)^> (more|next question)$`)
				fits(t, shown)
				explained += shown
				if !strings.Contains(shown, "> more") {
					break
				}
				w.press(keyEnter)
				w.waitUntil("more", func(screen string) bool { return screen != shown })
			}
			explained = strings.Join(strings.Fields(explained), " ")
			for _, want := range []string{"- A Task to await", "create_task gives you", "- A channel with the result", "(your answer)", "+ Nothing", "the result and the waiting yourself."} {
				if !strings.Contains(explained, want) {
					t.Errorf("no %q in %s", want, explained)
				}
			}
			leave(t, w)
		})
	}
}

func TestTerminalReviewAsksWhatIsDue(t *testing.T) {
	t.Parallel()
	yesterday := time.Now().Add(-24 * time.Hour)
	answered := func(s *progress.State, key, given string, right bool) {
		s.Answer(progress.Answer{Question: progress.Question{Lesson: "tasks", Key: key}, Given: []string{given}, Right: right, At: yesterday})
		yesterday = yesterday.Add(time.Minute)
	}
	var done progress.State
	answered(&done, "longest", "6 seconds", false)
	answered(&done, "handle", "Nothing", true)
	answered(&done, "compute", "About 1 second", false)
	answered(&done, "gone", "from a later version", false)
	l := newLearner(t, func(s *progress.State) { s.Merge(&done) })

	// What is left in the middle is kept as far as it came.
	w := l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	w.waitFor("Question 1 of 2, from Tasks", "Worker A takes 5 seconds", "(pass)")
	choose(w, "3 seconds")
	w.waitFor("Question 1 of 2, from Tasks: Not quite.", "Nobody becomes faster.", "> next question")
	w.press(keyEnter)
	w.waitFor("Question 2 of 2, from Tasks", "there is one CPU", "(pass)")
	w.press(keyCtrlC)
	w.ends(exitInterrupted)
	if got := l.state().Answers; len(got) != 5 || got[4].Key != "longest" || got[4].Right || !slices.Equal(got[4].Given, []string{"3 seconds, the average"}) {
		t.Errorf("answers: %+v", got)
	}

	// Or the rest is left.
	w = l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	w.waitFor("Question 1 of 2, from Tasks", "there is one CPU", "(pass)")
	choose(w, "(pass)")
	w.waitFor("Passed over.", "> next question", "  leave the rest for later")
	choose(w, "leave the rest")
	if shown := w.ends(exitDone); strings.TrimSpace(shown) != "0 of 1 right" {
		t.Errorf("on the screen:\n%s", shown)
	}

	// What has been waiting longer comes first now.
	w = l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	w.waitFor("Question 1 of 2, from Tasks", "there is one CPU", "(pass)")
	choose(w, "About 2 seconds")
	w.waitFor("Question 1 of 2, from Tasks: Right.", "Whoever computes needs a CPU", "> next question")
	w.press(keyEnter)
	w.waitFor("Question 2 of 2, from Tasks", "Worker A takes 5 seconds", "(pass)")
	choose(w, "5 seconds")
	w.waitFor("Question 2 of 2, from Tasks: Right.", "Their waits overlap", "> done")
	w.press(keyEnter)
	if shown := w.ends(exitDone); strings.TrimSpace(shown) != "2 of 2 right" {
		t.Errorf("on the screen:\n%s", shown)
	}
	if got := l.state().Answers; len(got) != 7 || !got[5].Right || !got[6].Right {
		t.Errorf("answers: %+v", got)
	}

	w = l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	if shown := w.ends(exitDone); !strings.HasPrefix(shown, "nothing is due") {
		t.Errorf("on the screen:\n%s", shown)
	}
}

func TestTerminalPresent(t *testing.T) {
	t.Parallel()
	// What the presenter has said elsewhere is not for the room.
	l := newLearner(t, func(s *progress.State) {
		s.Predict(progress.Prediction{
			Question: progress.Question{Lesson: "tasks", Key: "both"}, Settings: map[string]string{"a": "2s", "b": "1s"},
			Given: "3 s", Correct: "2 s", At: time.Now(),
		})
		s.ReadPage("tasks", 2, time.Now())
	})
	before, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	w := l.open(windowOptions{columns: 120, rows: 40, args: []string{"present", "tasks"}})
	shown := w.waitFor("tasks · page 1 of", "digits go to a page")
	rows := strings.Split(shown, "\n")
	for i := page.HeadRows; i < len(rows)-1; i++ {
		if rows[i] != "" && rows[i-1] != "" {
			t.Errorf("lines %d and %d stand close:\n%s", i, i+1, shown)
			break
		}
	}

	// To a page by its number, and to the question on its slide.
	w.press("1", "7")
	w.waitFor("enter goes to page 17")
	w.press(keyErase, keyErase, "3")
	w.waitFor("enter goes to page 3")
	w.press(keyEnter)
	w.waitFor("tasks · page 3 of", "enter run")
	w.press(keyEnter)
	shown = w.waitFor("How long does concurrent take? (a=2s b=1s)", "> 1 s", "  2 s", "  3 s", "digits count hands")
	for _, unwanted := range []string{"just run it", "overlap", "you said"} {
		if strings.Contains(shown, unwanted) {
			t.Errorf("%q stands on the slide:\n%s", unwanted, shown)
		}
	}

	// Hands are counted, and the answer is shown and hidden.
	w.press("4")
	w.waitForMatch(`> 1 s   4 █+`)
	w.press(keyDown, "1", "2")
	w.waitForMatch(`  1 s   4 █+`, `> 2 s   12 █+`)
	w.press(keyErase)
	w.waitForMatch(`> 2 s   1 █+`)
	w.press("a")
	w.waitForMatch(`- 1 s   4 █+`, `\+ 2 s   1 █+`, "The waits overlap", "- 3 s", "That would be one after the other.")
	w.press("a")
	w.waitUntil("end of the answer", func(screen string) bool {
		return strings.Contains(screen, "> 2 s") && !strings.Contains(screen, "overlap")
	})

	// On the stage too.
	w.press(keyEnter)
	shown = w.waitFor("sequential · Go", "concurrent · Go", "the room said 1 s: 4, 2 s: 1", "a shows the answer")
	if strings.Contains(shown, "you said") {
		t.Errorf("the presenter's own answer:\n%s", shown)
	}
	w.press("m") // there is no menu
	w.press("a")
	w.waitFor("the room said 1 s: 4, 2 s: 1", "2 s: The waits overlap")
	w.press("a")
	w.waitFor("a shows the answer", "enter next")
	w.press(keyEnter)
	w.waitFor("tasks · page 4 of")

	// The quiz.
	w.press("9", "9", "9", "9", keyEnter)
	w.waitFor(fmt.Sprintf("tasks · page %d of", pagesOfTasks()))
	onward(w, "enter quiz")
	w.press(keyEnter)
	w.waitFor("Question 1 of 5", "What does wg.Go give you back?", "> A Task to await")
	w.press("a")
	w.waitFor("+ Nothing", "A goroutine has no handle.", "- A Task to await")
	for question := 2; question <= 5; question++ {
		w.press(keyEnter)
		w.waitFor(fmt.Sprintf("Question %d of 5", question), "> ", "digits count hands")
	}
	w.press(keyEnter)
	shown = w.waitFor("What you saw", "To remember: "+lineToRemember(t))
	if strings.Contains(shown, "You said") || strings.Contains(shown, "The quiz:") {
		t.Errorf("the presenter's own:\n%s", shown)
	}
	w.press("b")
	w.waitFor(fmt.Sprintf("tasks · page %d of", pagesOfTasks()))
	w.press("q")
	w.ends(exitDone)

	after, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Errorf("noted as the presenter's: before\n%s\nafter\n%s", before, after)
	}
}

// In a small window a slide does without its empty lines.
func TestTerminalPresentInASmallWindow(t *testing.T) {
	t.Parallel()
	w := newLearner(t, nil).open(windowOptions{columns: 40, rows: 12, args: []string{"present", "tasks"}})
	w.waitFor("page 1 of", "enter")
	w.press("3", keyEnter)
	w.waitFor("page 3 of")
	onward(w, "enter run")
	w.press(keyEnter)
	w.waitFor("How long does concurrent take?", "> 1 s", "  2 s", "  3 s", "enter next")
	w.press("a") // all the answers, and why the right one is
	if shown := w.waitFor("- 1 s", "+ 2 s", "The waits overlap", "- 3 s", "enter next"); strings.Contains(shown, "one after the other") {
		t.Errorf("all of it fits, and so this shows nothing:\n%s", shown)
	}
	w.press("q")
	w.ends(exitDone)
}
