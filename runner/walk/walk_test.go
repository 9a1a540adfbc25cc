package walk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"gosyncio/content"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/termtest"
)

// pagesOf is how many pages a lesson has.
func pagesOf(t *testing.T, lesson string) int {
	t.Helper()
	text, err := content.Load(lesson)
	if err != nil {
		t.Fatal(err)
	}
	return len(text.Pages)
}

// atPage is a headless screen with a page of tasks on it, in Go alone; page 0 is the
// last.
func atPage(t *testing.T, page int, o headlessOptions) *headless {
	t.Helper()
	if page == 0 {
		page = pagesOf(t, "tasks")
	}
	before := o.done
	o.done = func(s *progress.State) {
		standsOn("tasks", page)(s)
		if before != nil {
			before(s)
		}
	}
	d := start(t, o, menu)
	d.waitFor("Which lesson?")
	d.choose("tasks")
	d.waitFor(fmt.Sprintf("page %d of", page))
	return d
}

// questionsOf is how many questions a lesson's quiz has.
func questionsOf(t *testing.T, lesson string) int {
	t.Helper()
	text, err := content.Load(lesson)
	if err != nil {
		t.Fatal(err)
	}
	quiz, _ := text.Quiz()
	return len(quiz.Questions)
}

func predictionsOf(t *testing.T, lesson string) (predictions int) {
	t.Helper()
	text, err := content.Load(lesson)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range text.Pages {
		if _, ok := p.Predict(); ok {
			predictions++
		}
	}
	return predictions
}

// toEnd presses Enter until the text stands in the line of keys.
func (d *headless) toEnd(text string) {
	d.t.Helper()
	for strings.Contains(d.waitFor("enter "), "enter more") {
		d.press("enter")
	}
	d.waitFor(text)
}

func TestEnterAloneLeadsThroughALesson(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{}, menu)
	d.waitFor("Which lesson?", "Quit")
	d.choose("tasks")
	position := regexp.MustCompile(`page (\d+) of`)
	var pages, runs []string
	questions, made := 0, 0
	for {
		shown := d.wait("page, stage or question", func() bool {
			return d.question != nil || strings.Contains(d.frame, "q quit")
		})
		if strings.Contains(shown, "What you saw") {
			break
		}
		d.mu.Lock()
		asked := d.question
		d.mu.Unlock()
		switch {
		case asked != nil:
			questions++
			d.answer(0)
			continue
		case strings.Contains(shown, "concurrent · Go"):
			runs = append(runs, d.waitFor("enter next", "r again"))
		case strings.Contains(shown, "exercise 1 of"):
			made++
			d.press("m")
			d.waitFor("page ", "enter next", "p make")
			continue
		default:
			if page := position.FindStringSubmatch(shown)[1]; len(pages) == 0 || pages[len(pages)-1] != page {
				pages = append(pages, page)
			}
		}
		d.press("enter")
	}
	if want := predictionsOf(t, "tasks") + 2*questionsOf(t, "tasks"); questions != want { // each question of the quiz, and its answer
		t.Errorf("%d questions were asked, want %d", questions, want)
	}
	if made != 1 {
		t.Errorf("exercises were offered %d times", made)
	}
	var all []string
	for i := range pagesOf(t, "tasks") {
		all = append(all, strconv.Itoa(i+1))
	}
	if !slices.Equal(pages, all) {
		t.Errorf("pages %v, want %v", pages, all)
	}
	if len(runs) != 2 {
		t.Fatalf("%d runs:\n%s", len(runs), strings.Join(runs, "\n\n"))
	}
	for _, want := range []string{`(?s)sequential · Go.* \d+\.\d\d s.*concurrent · Go.* \d+\.\d\d s.*(faster|slower)`, `A ▏░+`, `B ▏ +░+`, `A finished after 2s`} {
		if !regexp.MustCompile(want).MatchString(runs[0]) {
			t.Errorf("no %s in\n%s", want, runs[0])
		}
	}
	d.toEnd("enter done")
	d.press("enter")
	d.waitForMatch(`Which lesson\?`, "> 4", `3  Tasks +done `) // the next lesson is the one to choose now
	d.choose("Quit")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

func TestKeysOfAPage(t *testing.T) {
	t.Parallel()
	d := atPage(t, 2, headlessOptions{})
	for _, step := range []struct{ key, page string }{
		{"b", "page 1 of"}, {"b", "page 1 of"}, {"n", "page 2 of"}, {"n", "page 3 of"}, {"x", "page 3 of"}, {"left", "page 2 of"},
	} {
		d.press(step.key)
		if shown := d.text(); !strings.Contains(shown, step.page) {
			t.Errorf("after %s:\n%s", step.key, shown)
		}
	}
	d.press("m")
	d.waitFor("Which lesson?", "> 3")
	d.choose("tasks")
	d.waitFor("page 2 of") // where it was left
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

func TestAWalkIsLeftFromAnywhere(t *testing.T) {
	t.Parallel()
	places := map[string]func(*testing.T) *headless{
		"a page": func(t *testing.T) *headless { return atPage(t, 1, headlessOptions{}) },
		"a run": func(t *testing.T) *headless {
			d := atPage(t, 5, headlessOptions{})
			d.toEnd("enter run")
			d.press("enter")
			d.waitFor("concurrent · Go")
			return d
		},
		"the end of a run": func(t *testing.T) *headless {
			d := atPage(t, 5, headlessOptions{})
			d.toEnd("enter run")
			d.press("enter")
			d.waitFor("concurrent · Go", "enter next", "r again")
			return d
		},
	}
	for name, reach := range places {
		for key, want := range map[string]error{"q": nil, "ctrl+c": prompt.ErrInterrupted} {
			t.Run(key+" on "+name, func(t *testing.T) {
				t.Parallel()
				d := reach(t)
				d.press(key)
				if err := d.ends(); !errors.Is(err, want) {
					t.Errorf("error %v, want %v", err, want)
				}
			})
		}
		t.Run("m on "+name, func(t *testing.T) {
			t.Parallel()
			d := reach(t)
			d.press("m")
			d.waitFor("Which lesson?", "> 3")
			d.interrupt()
			if err := d.ends(); !errors.Is(err, prompt.ErrInterrupted) {
				t.Errorf("error %v, want interrupted", err)
			}
		})
	}
}

// Whoever is quick to go on has seen the run all the same.
func TestRunsAreNotedHoweverSoonTheyAreLeft(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"enter", "n", "b", "m", "q", "r", "p"} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			d := atPage(t, 5, headlessOptions{})
			d.toEnd("enter run")
			d.press("enter")
			d.waitFor("concurrent · Go")
			w := d.walking()
			select {
			case <-w.watch.Current().Done(): // and the next frame may be long in coming
			case <-time.After(patience):
				t.Fatal("the run does not end")
			}
			d.press(key)
			d.leave()
			d.ends()
			runs := d.state().Runs
			if len(runs) != 1 || runs[0].Variant != "concurrent" || runs[0].Language != "go" || runs[0].Elapsed <= 0 {
				t.Errorf("noted are %+v, want one run of concurrent in Go", runs)
			}
		})
	}
}

// An interpreter that takes its time keeps nobody from leaving, and nothing
// from being drawn.
func TestKeysAreAnsweredWhilePythonIsLookedFor(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	folder := t.TempDir()
	slow, asked := filepath.Join(folder, "python3"), filepath.Join(folder, "asked")
	termtest.Executable(t, slow, "#!/bin/sh\ntouch '"+asked+"'\nexec sleep 3600\n")
	d := start(t, headlessOptions{environ: []string{player.PythonVariable + "=" + slow}, done: standsOn("database", pythonsPage(t))}, menu)
	d.waitFor("Which lesson?")
	d.choose("database")
	d.waitFor("page ")
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("looking for Python")
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(asked); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it is not looked for")
		}
	}
	d.resize(100, 30)
	d.press("n")
	if shown := d.text(); strings.Contains(shown, "looking for Python") || !strings.Contains(shown, fmt.Sprintf("page %d of", pythonsPage(t)+1)) {
		t.Errorf("after n:\n%s", shown)
	}
	d.press("b")
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("looking for Python")
	d.press("ctrl+c") // which ends the search
	if err := d.ends(); !errors.Is(err, prompt.ErrInterrupted) {
		t.Errorf("error %v, want interrupted", err)
	}
}

// pythonsPage is the page of database whose prediction is about Python.
func pythonsPage(t *testing.T) int {
	t.Helper()
	text, err := content.Load("database")
	if err != nil {
		t.Fatal(err)
	}
	for i, page := range text.Pages {
		if predict, ok := page.Predict(); ok && predict.Language == content.Python {
			return i + 1
		}
	}
	t.Fatal("database asks nothing about Python")
	return 0
}

// Another instance may hold the file for a while: pages are turned all the
// same.
func TestPagesAreTurnedWhileTheProgressIsLocked(t *testing.T) {
	t.Parallel()
	d := atPage(t, 1, headlessOptions{})
	lock := flock.New(d.journal + ".lock")
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	began := time.Now()
	for page := 2; page <= pagesOf(t, "tasks"); page++ {
		d.press("n")
		if shown := d.text(); !strings.Contains(shown, fmt.Sprintf("page %d of", page)) {
			t.Fatalf("not page %d:\n%s", page, shown)
		}
	}
	t.Log(time.Since(began)) // a second for each page that waits
	d.press("n")
	d.waitFor("What you saw")
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	d.press("q")
	d.ends()
	if got := d.state().Lessons["tasks"]; got.Finished.IsZero() || len(got.Read) != pagesOf(t, "tasks") {
		t.Errorf("kept is %+v", got)
	}
}
