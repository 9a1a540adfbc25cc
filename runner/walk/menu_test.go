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
	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
)

// does is a learner who has done all that there is to do in a lesson.
func does(t *testing.T, lesson string) func(*progress.State) {
	t.Helper()
	l, err := course.Load(lesson)
	if err != nil {
		t.Fatal(err)
	}
	c := l.ToDo()
	return func(s *progress.State) {
		now := time.Now().Add(-time.Hour) // before where the learner stands
		for page := range c.Pages {
			s.ReadPage(lesson, page+1, now)
		}
		for _, place := range c.Runs {
			s.RanAt(lesson, place)
		}
		for _, key := range c.Predictions {
			s.Predict(progress.Prediction{Question: progress.Question{Lesson: lesson, Key: key}, Given: "2 s", Right: true, At: now})
		}
		for _, key := range c.Quiz {
			s.Answer(progress.Answer{Question: progress.Question{Lesson: lesson, Key: key}, Right: true, At: now})
		}
		s.Finish(lesson, now)
	}
}

// doesAll is who has done all lessons but that of one id.
func doesAll(t *testing.T, but string) func(*progress.State) {
	t.Helper()
	var all []func(*progress.State)
	for _, id := range course.IDs() {
		if id != but {
			all = append(all, does(t, id))
		}
	}
	return func(s *progress.State) {
		for _, does := range all {
			does(s)
		}
	}
}

// readsAll is who turns all pages of a lesson and does nothing else.
func readsAll(t *testing.T, lesson string) func(*progress.State) {
	t.Helper()
	pages := pagesOf(t, lesson)
	return func(s *progress.State) {
		earlier := time.Now().Add(-time.Hour) // than where the learner stands
		for page := range pages {
			s.ReadPage(lesson, page+1, earlier)
		}
		s.Finish(lesson, earlier)
	}
}

// The menu says which lessons are done, which have been read, and how far
// others have come; it stands on the one to do next.
func TestTheMenuMarksLessons(t *testing.T) {
	t.Parallel()
	tasks, eventloop := does(t, "tasks"), readsAll(t, "eventloop")
	d := start(t, headlessOptions{done: func(s *progress.State) {
		tasks(s)
		eventloop(s)
		standsOn("fetch", pagesOf(t, "fetch"))(s)
		standsOn("gather", 3)(s)
		s.ReadPage("gone", 2, time.Now()) // of another version
	}}, menu)
	shown := d.waitFor("Which lesson? "+lessonsDone(1), "Quit")
	for _, row := range []string{
		`  1  The event loop +read +12 min  event loop`, `  2  Coroutines +not begun +\d+ min  async def`, `  3  Tasks +done +10 min  asyncio.create_task`,
		`> 4  Gather +page 3 of \d+ +\d+ min `, `  5  Fetching pages +page (\d+) of \d+ `,
		`  Go on: lesson 4, page 3 of \d+$`, `  Review \(nothing is due\)$`, `  Practice: write Go, \d+ of \d+ exercises solved$`, `  Progress$`, `  Quit$`,
	} {
		if !regexp.MustCompile(`(?m)^` + row).MatchString(shown) {
			t.Errorf("no %s in\n%s", row, shown)
		}
	}
	if len(d.asked().Choices) != len(lessons.All())+6 {
		t.Errorf("not each lesson is there once:\n%s", shown)
	}
	d.choose("Progress")                         // says the same
	shown = d.waitFor("Your progress", "> more") // so many lessons take two screens
	for _, row := range []string{`eventloop +█+  read, \d runs? and \d answers to go`, `coroutines +·+  not begun`, `tasks +█+  done`, `gather +█+·+  page 3 of \d+`} {
		if !regexp.MustCompile(`(?m)^` + row).MatchString(shown) {
			t.Errorf("no %s in\n%s", row, shown)
		}
	}
	d.answer(0)
	d.waitFor("Your progress", "to the menu")
	d.answer(0)
	d.waitFor("Which lesson?")
	d.choose("Review")
	d.waitFor("Nothing is due now. The first of", "comes back on")
	d.answer(0)
	d.waitFor("Which lesson?")
	d.choose("Go on")
	d.waitFor("page 3 of", "q quit")
	d.press("m")
	d.waitFor("Which lesson?")
	d.interrupt()
	if err := d.ends(); !errors.Is(err, prompt.ErrInterrupted) {
		t.Errorf("error %v, want interrupted", err)
	}
}

// The lesson to do next is that which was left, or the one after; at the
// end what was left out; and then none.
func TestNextLesson(t *testing.T) {
	t.Parallel()
	courses := []progress.Course{
		{Lesson: "a", Pages: 3, Runs: []string{"x"}}, {Lesson: "b", Pages: 3, Runs: []string{"x"}}, {Lesson: "c", Pages: 3, Runs: []string{"x"}},
	}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	reads := func(s *progress.State, lesson string, page int) {
		now = now.Add(time.Minute)
		s.ReadPage(lesson, page, now)
	}
	for _, test := range []struct {
		name string
		did  func(*progress.State)
		at   int
		want int
	}{
		{"nothing", func(*progress.State) {}, -1, 0},
		{"the second was begun", func(s *progress.State) { reads(s, "b", 1) }, -1, 1},
		{"and then the first", func(s *progress.State) { reads(s, "b", 1); reads(s, "a", 1) }, -1, 0},
		{"and the second again at the same page", func(s *progress.State) { reads(s, "b", 1); reads(s, "a", 1); reads(s, "b", 1) }, -1, 1},
		{"the first was read", func(s *progress.State) { reads(s, "a", 3); s.Finish("a", now) }, -1, 1},
		{"the last was read", func(s *progress.State) { reads(s, "c", 3); s.Finish("c", now) }, -1, 0},
		{"all were read, two are done", func(s *progress.State) {
			for _, id := range []string{"a", "b", "c"} {
				reads(s, id, 3)
				s.Finish(id, now)
			}
			s.RanAt("a", "x")
			s.RanAt("c", "x")
		}, -1, 1},
		{"all are done", func(s *progress.State) { s.RanAt("a", "x"); s.RanAt("b", "x"); s.RanAt("c", "x") }, -1, 3},
		{"here and now", func(s *progress.State) { reads(s, "a", 1) }, 1, 1},
	} {
		var s progress.State
		test.did(&s)
		if got := nextLesson(&s, courses, test.at); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

// Typing a lesson's id finds it, which need not stand in its row.
func TestTheMenuKnowsIDs(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{}, menu)
	q := d.asked()
	for i, l := range lessons.All() {
		if !strings.HasPrefix(q.Choices[i].Match, l.ID+" ") {
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
	shown := d.waitFor("is corrupt", "starting over. Which lesson?")
	if kept := regexp.MustCompile(`kept as (\S+);`).FindStringSubmatch(shown); kept == nil {
		t.Errorf("it does not say where it is kept:\n%s", shown)
	} else if _, err := os.Stat(filepath.Join(filepath.Dir(path), kept[1])); err != nil {
		t.Error(err)
	}
	d.choose("Quit")
	d.ends()
	if notice := d.tour.journal.Notice(); !strings.Contains(notice, "is corrupt") {
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

// After a lesson the next is offered first, and after the last what was left
// out, behind the end of the course.
func TestTheMenuOffersTheNextLesson(t *testing.T) {
	t.Parallel()
	all := lessons.All()
	for _, i := range []int{2, len(all) - 1} {
		t.Run(all[i].ID, func(t *testing.T) {
			t.Parallel()
			last := pagesOf(t, all[i].ID)
			d := start(t, headlessOptions{done: standsOn(all[i].ID, last)}, menu)
			if q := d.asked(); q.Current != i {
				t.Errorf("choice %d is offered:\n%s", q.Current, d.text())
			}
			d.choose(all[i].ID)
			d.waitFor(fmt.Sprintf("lesson %d of %d · page %d of", i+1, len(all), last))
			d.press("n")
			d.waitFor("What you saw")
			d.toEnd("enter done")
			d.press("enter")
			if i+1 == len(all) {
				d.throughTheEnd()
				if q := d.asked(); q.Current != 0 || !strings.Contains(q.Choices[i].Label, " read ") {
					t.Errorf("choice %d is offered:\n%s", q.Current, d.text())
				}
				d.choose("Quit")
			} else { // and it is left in the middle
				if q := d.asked(); q.Current != i+1 || !strings.Contains(q.Choices[i].Label, " read ") {
					t.Errorf("choice %d is offered:\n%s", q.Current, d.text())
				}
				d.answer(i + 1)
				d.waitFor(fmt.Sprintf("lesson %d of %d · page 1 of", i+2, len(all)))
				d.press("n", "n", "m")
				if q := d.asked(); q.Current != i+1 {
					t.Errorf("choice %d is offered:\n%s", q.Current, d.text())
				}
				d.answer(i + 1) // and found again there
				d.waitFor(fmt.Sprintf("lesson %d of %d · page 3 of", i+2, len(all)))
				d.press("q")
			}
			if err := d.ends(); err != nil {
				t.Error(err)
			}
			if i+1 < len(all) { // also by another start of the program
				d = start(t, headlessOptions{journal: d.journal}, menu)
				if q := d.asked(); q.Current != i+1 {
					t.Errorf("choice %d is offered:\n%s", q.Current, d.text())
				}
			}
		})
	}
}
