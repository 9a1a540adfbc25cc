package walk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
)

// The menu says which lessons are done and how far others have come.
func TestTheMenuMarksLessons(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{done: func(s *progress.State) {
		for page := 1; page <= pagesOf(t, "tasks"); page++ {
			s.ReadPage("tasks", page, time.Now())
		}
		s.Finish("tasks", time.Now())
		standsOn("gather", 3)(s)
		standsOn("fetch", pagesOf(t, "fetch"))(s)
		s.ReadPage("gone", 2, time.Now()) // of another version
	}}, menu)
	shown := d.waitFor("Which lesson? "+lessonsDone(1), "Quit")
	for _, row := range []string{`> 1 {7}The event loop`, `  2 {7}Coroutines`, `  3  done Tasks `, `  4  █+░+ Gather`, `  5  ████ Fetching pages`, `  Quit`} {
		if !regexp.MustCompile(`(?m)^` + row).MatchString(shown) {
			t.Errorf("no %s in\n%s", row, shown)
		}
	}
	if len(d.asked().Choices) != len(lessons.All())+1 {
		t.Errorf("not each lesson is there once:\n%s", shown)
	}
	d.interrupt()
	if err := d.ends(); !errors.Is(err, prompt.ErrInterrupted) {
		t.Errorf("error %v, want interrupted", err)
	}
}

func TestMark(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		place progress.Place
		want  string
	}{
		{progress.Place{Pages: 8}, "    "},
		{progress.Place{Pages: 8, Begun: true, Page: 1}, "░░░░"},
		{progress.Place{Pages: 8, Begun: true, Page: 2}, "█░░░"},
		{progress.Place{Pages: 8, Begun: true, Page: 8}, "████"},
		{progress.Place{Begun: true}, "░░░░"},
		{progress.Place{Pages: 8, Begun: true, Page: 8, Done: true}, "done"},
	} {
		if got := mark(test.place); got != test.want {
			t.Errorf("%+v is marked %q, want %q", test.place, got, test.want)
		}
	}
}

// Typing a lesson's id finds it, which need not stand in its row.
func TestTheMenuKnowsIDs(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{}, menu)
	q := d.asked()
	for i, l := range lessons.All() {
		if q.Choices[i].Match != l.ID {
			t.Errorf("lesson %s is found by %q", l.ID, q.Choices[i].Match)
		}
	}
	d.choose("Quit")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// The menu tells what has become of a progress file that is corrupt.
func TestTheMenuSaysThatTheProgressIsCorrupt(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "progress.json")
	if err := os.WriteFile(path, []byte(`{"version": 1, "lessons":`), 0o600); err != nil {
		t.Fatal(err)
	}
	d := start(t, headlessOptions{journal: path}, menu)
	shown := d.waitFor("is corrupt", "starting over. Which lesson? (asyncio's word, then Go's)")
	if kept := regexp.MustCompile(`kept as (\S+);`).FindStringSubmatch(shown); kept == nil {
		t.Errorf("it does not say where it is kept:\n%s", shown)
	} else if _, err := os.Stat(filepath.Join(filepath.Dir(path), kept[1])); err != nil {
		t.Error(err)
	}
	d.choose("Quit")
	d.ends()
	if notice := d.tour.Notice(); !strings.Contains(notice, "is corrupt") {
		t.Errorf("the tour's notice is %q", notice)
	}
}

// Where progress cannot be kept, the menu and the pages say so.
func TestPagesSayThatProgressIsNotKept(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d := start(t, headlessOptions{journal: filepath.Join(file, "progress.json")}, menu)
	d.waitFor("progress is not kept", "Which lesson?")
	d.choose("tasks")
	d.waitFor("page 1 of", "progress is not kept", "q quit")
	d.fits()
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// After a lesson the next is offered first, and after the last to quit.
func TestTheMenuOffersTheNextLesson(t *testing.T) {
	t.Parallel()
	all := lessons.All()
	for _, i := range []int{2, len(all) - 1} {
		t.Run(all[i].ID, func(t *testing.T) {
			t.Parallel()
			last := pagesOf(t, all[i].ID)
			d := start(t, headlessOptions{done: standsOn(all[i].ID, last)}, menu)
			d.choose(all[i].ID)
			d.waitFor(fmt.Sprintf("lesson %d of %d · page %d of", i+1, len(all), last))
			d.press("n")
			d.waitFor("What you saw")
			d.toEnd("enter done")
			d.press("enter")
			if q := d.asked(); q.Current != i+1 || !strings.Contains(q.Text, lessonsDone(1)) {
				t.Errorf("choice %d is offered:\n%s", q.Current, d.text())
			}
			if i+1 < len(all) { // and it is left in the middle
				d.answer(i + 1)
				d.waitFor(fmt.Sprintf("lesson %d of %d · page 1 of", i+2, len(all)))
				d.press("n", "n", "m")
				if q := d.asked(); q.Current != i+1 {
					t.Errorf("choice %d is offered:\n%s", q.Current, d.text())
				}
				d.answer(i + 1) // and found again there
				d.waitFor(fmt.Sprintf("lesson %d of %d · page 3 of", i+2, len(all)))
				d.press("q")
			} else {
				d.waitFor("> Quit")
				d.choose("Quit")
			}
			if err := d.ends(); err != nil {
				t.Error(err)
			}
		})
	}
}
