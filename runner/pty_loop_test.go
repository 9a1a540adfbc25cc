//go:build unix

package runner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
)

// withoutPython, in the environment, makes runs that are in Go alone.
const withoutPython = player.PythonVariable + "=nosuchpython"

const (
	keyErase    = "\x7f"
	keyEraseAll = "\x15"
)

// A walk from end to end: what a learner does between two lessons, seen in a
// terminal. The tests of package walk look at each of its steps.
func TestTerminalTheWholeLoop(t *testing.T) {
	t.Parallel()
	l := newLearner(t, standsOn(3))
	w := l.open(windowOptions{columns: 120, rows: 40})

	// Predicted wrong: the note says what was said, what it was, and why.
	toLesson(w, "tasks")
	toPrediction(w)
	choose(w, "3 s")
	w.waitForMatch("◆ you said 3 s", printed, nextKey)
	w.waitForMatch(`◆ you said 3 s\. That would be one after the other\. Here both wait at the same time\. (It was|But this time) `, `(?m)^ +╵0\S+ .*◆`, "enter next")

	// One setting is changed to a value that is offered, the other to one that
	// is typed. A bad one is not taken.
	w.press("c")
	w.waitFor("tasks: what do you want to change?", "> run with these settings", "  back to what the page sets")
	choose(w, "worker B")
	w.waitFor("b, how long worker B takes", "> 1s", "another value")
	choose(w, "100ms")
	w.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +2s `, `(?m)^  b +100ms `)
	choose(w, "worker A")
	w.waitFor("a, how long worker A takes", "> 2s", "another value")
	choose(w, "another value")
	w.waitFor("a, how long worker A takes", "> 2s_", "enter takes it")
	w.press("soon")
	w.waitFor("> soon_", "not a duration; write a number and a unit")
	w.press(keyEnter, "er", keyErase)
	w.waitFor("> soone_", "not a duration")
	w.press(keyEraseAll)
	w.waitForMatch(`(?m)^> _$`)
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
	for question := 3; question <= 4; question++ {
		w.press(keyEnter)
		w.waitForMatch(fmt.Sprintf("(?m)Tasks, question %d of 5$", question), `(?m)^  \(pass\)$`)
		choose(w, "(pass)")
		w.waitFor(fmt.Sprintf("Tasks, question %d of 5: Passed over.", question), "> next question")
	}
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
	w.waitFor("What you saw", "How long does concurrent take? (a=300ms b=100ms)", "You said 3 s", "You said 300 ms",
		"The quiz: 2 of 5 right.", "gosyncio review", "To remember: "+lineToRemember(t), "enter done")
	w.press(keyEnter)
	w.waitForMatch("Which lesson.", `(?m)^  3 +Tasks +read `, `(?m)^> 4 +Gather`)

	// Another lesson is left in the middle, and found again there.
	w.press(keyEnter)
	w.waitFor(lessonOf(4)+" · page 1 of", "q quit")
	w.press("n")
	w.waitFor("page 2 of", "q quit")
	w.press("q")
	w.ends(exitDone)

	w = l.open(windowOptions{columns: 120, rows: 40})
	w.waitForMatch("Which lesson.", `(?m)^  2 +Coroutines +not begun`, `(?m)^  3 +Tasks +read `, `(?m)^> 4 +Gather +page `)
	w.press(keyEnter) // it stands on it
	w.waitFor(lessonOf(4) + " · page 2 of")
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
	for _, p := range state.Decided() {
		said = append(said, fmt.Sprint(p.Lesson, p.Key, p.Settings, p.Given, p.Right == (p.Given == p.Correct))) // what was measured depends on the machine
	}
	if diff := cmp.Diff([]string{
		fmt.Sprint("tasks", "both", map[string]string{"a": "2s", "b": "1s"}, "3 s", true),
		fmt.Sprint("tasks", "both", map[string]string{"a": "300ms", "b": "100ms"}, "300 ms", true),
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

	if tasks := state.Lessons["tasks"]; tasks.Finished.IsZero() || len(tasks.Read) != pagesOfTasks()-2 {
		t.Errorf("tasks: %+v", tasks)
	}
	if gather := state.Lessons["gather"]; !gather.Finished.IsZero() || gather.Page != 2 || !slices.Equal(gather.Read, []int{1, 2}) {
		t.Errorf("gather: %+v", gather)
	}
}

func TestTerminalReview(t *testing.T) {
	t.Parallel()
	l := newLearner(t, missed("longest", "compute"))
	w := l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	w.waitFor("Question 1 of 2, from Tasks", "Worker A takes 5 seconds", "(pass)")
	choose(w, "5 seconds")
	w.waitFor("Question 1 of 2, from Tasks: Right.", "Their waits overlap", "> next question")
	w.press(keyEnter)
	w.waitFor("Question 2 of 2, from Tasks", "there is one CPU", "(pass)")
	choose(w, "(pass)")
	w.waitFor("Passed over.", "> done")
	w.press(keyEnter)
	if shown := w.ends(exitDone); strings.TrimSpace(shown) != "1 of 2 right" {
		t.Errorf("on the screen:\n%s", shown)
	}

	w = l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	w.waitFor("Question 1 of 1, from Tasks", "there is one CPU", "(pass)")
	choose(w, "About 2 seconds")
	w.waitFor("Right.", "Whoever computes needs a CPU", "> done")
	w.press(keyEnter)
	w.ends(exitDone)
	w = l.open(windowOptions{columns: 80, rows: 24, args: []string{"review"}})
	if shown := w.ends(exitDone); !strings.HasPrefix(shown, "nothing is due") {
		t.Errorf("on the screen:\n%s", shown)
	}
}

func TestTerminalPresent(t *testing.T) {
	t.Parallel()
	w := newLearner(t, nil).open(windowOptions{columns: 120, rows: 40, args: []string{"present", "tasks"}})
	w.waitFor("tasks · page 1 of", "digits go to a page")
	w.press("3")
	w.waitFor("enter goes to page 3")
	w.press(keyEnter)
	w.waitFor("tasks · page 3 of", "enter run")
	w.press(keyEnter)
	w.waitFor("How long does concurrent take? (a=2s b=1s)", "> 1 s", "  2 s", "  3 s", "digits count hands")
	w.press(keyDown, "1", "2", keyErase, "a")
	w.waitForMatch(`- 1 s`, `\+ 2 s   1 █+`, "The waits overlap")
	w.press(keyEnter)
	w.waitFor("sequential · Go", "concurrent · Go", "the room said 2 s (1)", "2 s: The waits overlap")
	w.press("q")
	w.ends(exitDone)
}
