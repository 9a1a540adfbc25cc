package walk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/course"
	"gosyncio/runner/golden"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
)

// measured replaces what a run measured, so that a screen is the same each
// time, and what a lesson says of itself behind its title and its place.
func measured(screen string) string {
	for _, r := range []struct{ find, with string }{
		{`\d+\.\d\d s\b`, "N.NN s"}, {`\d+\.\d\d× \w+`, "N.NN× faster"},
		{` [ \d]\d min  .*`, " NN min  ..."}, {`You said 1 s\. `, "You said 1 s: not quite. "}, {`predictions: none yet`, "predictions: 0 of 1 right"}, // on a busy machine
		{`about \d+ minutes`, "about NNN minutes"},
	} {
		screen = regexp.MustCompile(r.find).ReplaceAllString(screen, r.with)
	}
	return screen
}

// The first minute, as it stands on the screen: a question, two workers
// racing, and a menu that says what came of it.
func TestTheFirstMinute(t *testing.T) {
	t.Parallel()
	for _, size := range []struct {
		name          string
		columns, rows int
	}{{"80x24", 80, 24}, {"120x40", 120, 40}} {
		t.Run(size.name, func(t *testing.T) {
			t.Parallel()
			d := start(t, headlessOptions{first: true, columns: size.columns, rows: size.rows}, menu)
			screens := []string{d.waitFor("How long does concurrent take?", "(straight to the menu)")}
			d.fits()
			d.choose("1 s")
			stage := d.waitFor("sequential · Go", "concurrent · Go", "◆ you said 1 s", "enter goes to the menu")
			d.fits()
			for _, want := range []string{`A ▏░+`, `B ▏ +░+`, `\d\.\d\d s`} {
				if !regexp.MustCompile(want).MatchString(stage) {
					t.Errorf("no %s in\n%s", want, stage)
				}
			}
			d.press("right", "esc", "enter")
			screens = append(screens, d.waitFor("You said 1 s", "concurrent took", "Which lesson?", "Quit"))
			d.fits()
			golden.Check(t, "first-minute-"+size.name, measured(strings.Join(screens, "\n"+strings.Repeat("=", 20)+"\n")))

			// What was said and run is tasks's own.
			d.choose("tasks")
			for page := 1; page < 3; page++ {
				d.press("n")
			}
			d.toEnd("enter run")
			d.press("enter")
			d.waitFor("concurrent · Go", "◆ you said 1 s")
			d.press("q")
			if err := d.ends(); err != nil {
				t.Error(err)
			}
			state := d.state()
			lesson, err := course.Load("tasks")
			if err != nil {
				t.Fatal(err)
			}
			if p := state.Place(lesson.ToDo()); p.RunsMade != 1 || p.Answered != 1 || p.Done {
				t.Errorf("%+v", p)
			}

			// It never comes back, and the menu stands on what was begun.
			d = start(t, headlessOptions{journal: d.journal}, menu)
			if shown := d.waitFor("Which lesson?", "> 3"); strings.Contains(shown, "You said") {
				t.Error(shown)
			}
		})
	}
}

// It can be left at every step, and is not shown again.
func TestTheFirstRunIsLeftAnywhere(t *testing.T) {
	t.Parallel()
	toRun := func(d *headless) {
		d.choose("(just run it)")
		d.waitFor("sequential · Go", "goes to the menu")
	}
	toEnd := func(d *headless) { toRun(d); d.waitFor("enter goes to the menu") }
	for _, test := range []struct {
		name  string
		leave func(*headless)
		ends  error // nil is the menu
	}{
		{"the question", func(d *headless) { d.choose("straight to the menu") }, nil},
		{"the question, by Ctrl-C", func(d *headless) { d.interrupt() }, prompt.ErrInterrupted},
		{"the run, by q", func(d *headless) { toRun(d); d.press("q") }, nil},
		{"the run, by Esc", func(d *headless) { toRun(d); d.press("esc") }, nil},
		{"the run, by Ctrl-C", func(d *headless) { toRun(d); d.press("ctrl+c") }, prompt.ErrInterrupted},
		{"its end, by Esc", func(d *headless) { toEnd(d); d.press("esc") }, nil},
		{"its end, by any key", func(d *headless) { toEnd(d); d.press("x") }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := start(t, headlessOptions{first: true}, menu)
			d.waitFor("straight to the menu")
			test.leave(d)
			if test.ends == nil {
				shown := d.waitFor("Which lesson?", "> 1")
				if strings.HasPrefix(test.name, "its end") != strings.Contains(shown, "concurrent took") {
					t.Errorf("what came of it:\n%s", shown)
				}
				d.choose("Quit")
			}
			if err := d.ends(); !errors.Is(err, test.ends) {
				t.Errorf("error %v, want %v", err, test.ends)
			}
			d = start(t, headlessOptions{journal: d.journal}, menu)
			d.waitFor("Which lesson?", "> 1")
		})
	}
}

// ? lists the keys, as everywhere: while workers race, and when they have
// arrived. What closes the list does nothing else.
func TestTheFirstRunListsItsKeys(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{first: true}, menu)
	d.waitFor("straight to the menu")
	d.choose("(just run it)")
	d.waitFor("sequential · Go", "? lists the keys")
	const list = "The keys of the first run"
	d.press("?")
	d.waitFor(list, "enter, esc, q", "ctrl+z", "any key closes this")
	d.press("ctrl+l")
	d.waitFor(list)
	d.press("q")
	d.send(tea.ResumeMsg{}) // as if it had been stopped: the runs are made again
	d.waitFor("sequential · Go", "enter goes to the menu   ? keys")
	d.press("right", "?")
	d.waitFor(list)
	d.press("?")
	d.waitFor(" at 1.")
	d.press("esc", "ctrl+l", "?")
	d.waitFor(list)
	d.press("enter")
	d.waitFor("enter goes to the menu")
	d.press("enter")
	d.waitFor("Which lesson?", "concurrent took")
}

// What the line of keys offers is answered: e asks for a form, and a key that is
// none goes back to the run.
func TestTheFirstRunCanBeExported(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{first: true, columns: 120, rows: 40}, menu)
	d.waitFor("straight to the menu")
	d.choose("(just run it)")
	d.waitFor("enter goes to the menu", "e export")
	d.press("e")
	d.waitFor("write it as", "h html")
	d.press("q")
	d.waitFor("enter goes to the menu", "e export")
	d.press("enter")
	d.waitFor("Which lesson?", "concurrent took")
	d.choose("Quit")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// However small the window is, what is asked can be answered.
func TestTheFirstQuestionInASmallWindow(t *testing.T) {
	t.Parallel()
	const question = "How long does concurrent take?"
	d := start(t, headlessOptions{first: true, columns: 40, rows: 10}, menu)
	if shown := d.waitFor(question); !strings.HasPrefix(shown, "A sleeps 2s, B sleeps 1s. concurrent runs both at once. "+question) {
		t.Error(shown)
	}
	d = start(t, headlessOptions{first: true, columns: 60, rows: 15}, menu)
	if shown := d.waitFor(question); !strings.Contains(shown, promise) || !strings.Contains(shown, "both at once.\n"+question) {
		t.Error(shown)
	}
}

// A row of the menu tells what a window has room for, in whole words.
func TestTheMenuInNarrowWindows(t *testing.T) {
	t.Parallel()
	entries, err := course.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for columns := 20; columns <= 130; columns++ {
		m := menuView{entries: entries}
		for i, e := range m.entries {
			m.report.Lessons = append(m.report.Lessons, progress.Place{Lesson: e.ID, Pages: 8, Page: i + 1, Begun: true})
		}
		for i, e := range entries {
			row := m.row(i, columns)
			words := map[string]bool{}
			for _, word := range strings.Fields(fmt.Sprint(i+1, " ", e.Header.Title, " page ", i+1, " of 8 ", e.Header.Minutes, " min … ", e.Header.Asyncio, " ", e.Header.Summary)) {
				words[word] = true
			}
			for _, word := range strings.Fields(row) {
				if !words[word] {
					t.Errorf("%d columns: %q in %q", columns, word, row)
				}
			}
			if width := ansi.StringWidth(row) + len("> "); width >= columns && columns > 30 {
				t.Errorf("%d columns: %d are taken by %q", columns, width, row)
			}
		}
	}
}

// What can't be noted as seen would come again each time: it is left out,
// and the menu says why nothing is kept. So it is for whom something has
// been kept before there was a first run.
func TestTheFirstRunIsForNewLearners(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file, corrupt := filepath.Join(folder, "file"), filepath.Join(folder, "corrupt.json")
	old := filepath.Join(folder, "old.json")
	for path, text := range map[string]string{
		file: "", corrupt: "{", old: `{"version":1,"lessons":{"tasks":{"pages_read":[1],"page":1,"at":"2026-03-02T09:00:00Z"}}}`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for journal, says := range map[string]string{
		filepath.Join(file, "progress.json"): "progress is not kept", corrupt: "is corrupt", old: "> 3",
	} {
		d := start(t, headlessOptions{journal: journal}, menu)
		d.waitFor(says, "Which lesson?")
	}
}

// A window that has no room above many lessons says what came of the run in
// the question.
func TestTheMenuFitsManyLessons(t *testing.T) {
	t.Parallel()
	entries, err := course.Entries()
	if err != nil {
		t.Fatal(err)
	}
	m := menuView{said: "It took 2.00 s."}
	for len(m.entries) < 24 {
		m.entries = append(m.entries, entries...)
	}
	m.entries = m.entries[:24]
	article := 0
	for _, e := range m.entries {
		m.report.Lessons = append(m.report.Lessons, progress.Place{Lesson: e.ID, Pages: 8})
		if course.Group(e.ID) == course.GroupArticle {
			article++
		}
	}
	q := m.question(&Tour{screen: &headless{columns: 80, rows: 24}})
	if len(q.Above) > q.Room(80, 24) || !strings.HasPrefix(q.Text, "It took 2.00 s. Which lesson?") {
		t.Errorf("%q above %q", q.Above, q.Text)
	}
	q = m.question(&Tour{screen: &headless{columns: 120, rows: 50}})
	if len(q.Above) > q.Room(120, 50) || !strings.Contains(strings.Join(q.Above, "\n"), fmt.Sprintf("0 of %d lessons done\n", article)) {
		t.Errorf("%q above %q", q.Above, q.Text)
	}
}
