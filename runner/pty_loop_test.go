//go:build unix

package runner

import (
	"fmt"
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

// missed is a learner who has missed questions of tasks, which review asks.
func missed(keys ...string) func(*progress.State) {
	return func(s *progress.State) {
		for i, key := range keys {
			at := time.Now().Add(time.Duration(i-len(keys)) * time.Hour)
			s.Answer(progress.Answer{Question: progress.Question{Lesson: "tasks", Key: key}, Given: []string{"something else"}, At: at})
		}
	}
}

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
	w.waitForMatch(`◆ you said 3 s\. That would be one after the other\. Here both wait at the same time\. (It was|But this time) `, `(?m)^ +0s .*◆`, "enter next")

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
	w.waitFor("What you saw", "How long does concurrent take? (a=300ms b=100ms)", "+ You said 300 ms: right",
		"The quiz: 2 of 5 right.", "gosyncio review", "To remember: "+lineToRemember(t), "enter done")
	w.press(keyEnter)
	w.waitForMatch("Which lesson. "+lessonsDone(1), `(?m)^  3 +done Tasks `, `(?m)^> 4 +Gather`)

	// Another lesson is left in the middle, and found again there.
	w.press(keyEnter)
	w.waitFor(lessonOf(4)+" · page 1 of", "q quit")
	w.press("n")
	w.waitFor("page 2 of", "q quit")
	w.press("q")
	w.ends(exitDone)

	w = l.open(windowOptions{columns: 120, rows: 40})
	w.waitForMatch("Which lesson. "+lessonsDone(1), `(?m)^  2 {4,}Coroutines`, `(?m)^  3 +done Tasks `, `(?m)^  4 +[█░]+ Gather`)
	toLesson(w, "gather")
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

// questions are the places in which the learner is asked something.
var questions = []struct {
	name  string
	args  []string
	done  func(*progress.State)
	reach func(*window)
	leave []string // in which of the ways is it left?
}{
	{"a prediction", nil, standsOn(3), func(w *window) {
		toLesson(w, "tasks")
		toPrediction(w)
	}, []string{"ctrl-c", "the window is closed"}},
	{"a question", []string{"review"}, missed("handle"), func(w *window) {
		w.waitFor("Question 1 of 1, from Tasks", "> A Task to await", "(pass)")
	}, []string{"ctrl-c"}},
	{"a question with several answers", []string{"review"}, missed("learn"), func(w *window) {
		w.waitFor("Question 1 of 1, from Tasks", "> [ ] A WaitGroup counts it", "[ ] You await what")
	}, []string{"ctrl-c", "a signal"}},
	{"an explanation", nil, standsOn(0), func(w *window) {
		toLesson(w, "tasks")
		toQuiz(w)
		w.press(keyEnter)
		w.waitFor("Not quite.", "> next question", "leave the rest")
	}, []string{"ctrl-c"}},
	{"what to change", nil, standsOn(5), func(w *window) {
		toLesson(w, "tasks")
		toChange(w)
	}, []string{"ctrl-c"}},
	{"a value to choose", nil, standsOn(5), func(w *window) {
		toLesson(w, "tasks")
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
	}, []string{"ctrl-c"}},
	{"a value to type", nil, standsOn(5), func(w *window) {
		toLesson(w, "tasks")
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
		choose(w, "another value")
		w.waitFor("> 1s_", "enter takes it")
	}, []string{"ctrl-c", "a signal", "the window is closed"}},
}

// Each question is left by Ctrl-C; by a signal and with the window, one of
// each kind: what survey asks and what the program asks itself.
func TestTerminalQuestionsAreLeft(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*window){
		"ctrl-c": func(w *window) {
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		},
		"a signal": func(w *window) {
			w.signal(syscall.SIGTERM)
			w.ends(exitInterrupted)
		},
		"the window is closed": func(w *window) {
			if state := w.hangUp(); !slices.Contains([]string{"exit status 130", "exit status 1", "signal: hangup"}, state) {
				w.t.Errorf("%q", state)
			}
			w.waitForRuns(0)
		},
	}
	for _, question := range questions {
		for _, how := range question.leave {
			t.Run(how+" in "+question.name, func(t *testing.T) {
				t.Parallel()
				o := windowOptions{columns: 120, rows: 40, args: question.args, mute: how == "a signal"}
				w := newLearner(t, question.done).open(o)
				question.reach(w)
				ways[how](w)
			})
		}
	}
}

// A question is set anew for another size of the window, and is where it was.
func TestTerminalQuestionsFollowTheWindow(t *testing.T) {
	t.Parallel()
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
	t.Run("a question with several answers, and its explanation", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, missed("learn")).open(windowOptions{columns: 120, rows: 40, args: []string{"review"}})
		w.waitFor("Question 1 of 1", "> [ ] A WaitGroup counts it", "[ ] You await what")
		w.press(" ", keyDown)
		narrow(w, "[x] A WaitGroup counts it", "> [ ] It says so on a channel")
		w.resize(120, 40)
		w.waitFor("Question 1 of 1, from Tasks", "  [x] A WaitGroup counts it", "> [ ] It says so on a channel")
		w.press(" ", keyEnter)
		shown := w.waitFor("Question 1 of 1, from Tasks: Right.", "You make the channel before you start it, and receive from it.", "> done")
		if strings.Contains(shown, "[x]") {
			t.Errorf("something of the question is left:\n%s", shown)
		}
		w.resize(50, 24)
		w.waitForMatch(`(?m)You make the channel before you[^…]*\n *[^…]*receive from it\.$`, "> done")
		w.press(keyEnter)
		if shown := w.ends(exitDone); strings.TrimSpace(shown) != "1 of 1 right" {
			t.Errorf("on the screen:\n%s", shown)
		}
	})
	t.Run("a value to type", func(t *testing.T) {
		t.Parallel()
		w := newLearner(t, standsOn(5)).open(windowOptions{columns: 160, rows: 50})
		toLesson(w, "tasks")
		toChange(w)
		choose(w, "worker A")
		w.waitFor("a, how long worker A takes", "another value")
		choose(w, "another value")
		w.waitFor("> 1s_", "enter takes it")
		narrow(w, "a, how long worker A takes", "> 1s_", "enter takes it")
		w.press(keyEnter)
		if shown := w.waitFor("what do you want to change?", "> run with these settings"); len(strings.Split(shown, "\n")) > 12 {
			t.Errorf("it does not fit:\n%s", shown)
		}
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
	})
}

// Questions fit into a small window, and look plain where they should.
func TestTerminalQuestionsFit(t *testing.T) {
	t.Parallel()
	// What the program writes for a window of that size is shown on a screen
	// that is larger, on which is seen what would not fit.
	enlarge := func(w *window, columns, rows int) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.screen.Resize(columns+100, rows+30)
	}
	fits := func(t *testing.T, shown string, columns, rows int) {
		t.Helper()
		lines := strings.Split(shown, "\n")
		if len(lines) > rows {
			t.Errorf("%d rows:\n%s", len(lines), shown)
		}
		for _, line := range lines {
			if ansi.StringWidth(line) > columns {
				t.Errorf("%d columns: %s", ansi.StringWidth(line), line)
			}
		}
	}
	t.Run("the quiz in a small window", func(t *testing.T) {
		t.Parallel()
		const columns, rows = 40, 12
		w := newLearner(t, standsOn(0)).open(windowOptions{columns: columns, rows: rows})
		toLesson(w, "tasks")
		onward(w, "enter quiz")
		enlarge(w, columns, rows)
		w.press(keyEnter)
		fits(t, w.waitFor("What does wg.Go give you back?", "> A Task to await", "  A channel with the result", "  Nothing", "  (pass)"), columns, rows)
		w.press(keyDown)
		w.waitFor("> A channel with the result")
		w.press(keyEnter)
		for {
			shown := w.waitForMatch("Not quite", `(?m)^> (more|next question)$`)
			fits(t, shown, columns, rows)
			if !strings.Contains(shown, "> more") {
				break
			}
			w.press(keyEnter)
			w.waitUntil("more", func(screen string) bool { return screen != shown })
		}
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
	})
	t.Run("a prediction without colours", func(t *testing.T) {
		t.Parallel()
		const columns, rows = 80, 24
		w := newLearner(t, standsOn(3)).open(windowOptions{columns: columns, rows: rows, environ: []string{"NO_COLOR=1"}})
		toLesson(w, "tasks")
		onward(w, "enter run")
		enlarge(w, columns, rows)
		w.press(keyEnter)
		fits(t, w.waitFor("How long does concurrent take?", "b=1s)", "> 1 s", "  2 s", "  3 s", "  (just run it)"), columns, rows)
		w.press(keyCtrlC)
		w.ends(exitInterrupted)
		if found := styled.FindAllString(w.written(), 5); found != nil {
			t.Errorf("there are looks: %q", found)
		}
	})
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
	w.waitFor("sequential · Go", "concurrent · Go", "the room said 2 s: 1", "2 s: The waits overlap")
	w.press("q")
	w.ends(exitDone)
}
