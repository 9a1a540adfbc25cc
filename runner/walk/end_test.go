package walk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/progress"
)

// throughTheEnd turns the pages of the end of the course, and returns what
// they said in a line.
func (d *headless) throughTheEnd() string {
	d.t.Helper()
	var said strings.Builder
	for more := true; more; {
		shown := d.waitForMatch("The end of the course", `(?m)^> (more|to the menu)$`)
		d.fits()
		more = strings.Contains(shown, "> more")
		said.WriteString(shown + "\n")
		d.answer(0)
	}
	d.waitFor("Which lesson?")
	return strings.Join(strings.Fields(said.String()), " ")
}

// lastRunOf is the last page of a lesson that runs something, counted from 1.
func lastRunOf(t *testing.T, lesson string) int {
	t.Helper()
	text, err := content.Load(lesson)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for i, page := range text.Pages {
		if _, ok := page.Run(); ok {
			last = i + 1
		}
	}
	return last
}

// Who does the last lesson that was left, whichever it is, comes to the end:
// what can be done now, what is due, what comes next. It can be had again.
func TestTheEndOfTheCourse(t *testing.T) {
	t.Parallel()
	others, tasks := doesAll(t, "tasks"), does(t, "tasks")
	var wants []string
	for _, id := range course.IDs() {
		text, err := content.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		remember := strings.Fields(text.Remember)
		wants = append(wants, text.Title+": "+strings.Join(remember[:3], " "))
	}
	wants = append(wants, "What is due for review", "comes back on", "Every lesson is done", "gosyncio run tasks --set", "gosyncio review")

	d := start(t, headlessOptions{done: func(s *progress.State) {
		tasks(s)
		others(s)
		missed := progress.Answer{Question: progress.Question{Lesson: "tasks", Key: "order"}, At: time.Now().Add(time.Second)}
		s.Answer(missed)
	}}, menu)
	d.waitFor("Which lesson? "+lessonsDone(len(course.IDs())), "> Go on: what you can do now", "Review (1 due)")
	d.choose("Go on")
	if said := d.throughTheEnd(); !strings.Contains(said, "1 question is due now.") {
		t.Error(said)
	}
	d.choose("Review")
	d.waitFor("Question 1 of 1, from Tasks")
	d.choose("Go does not promise")
	d.waitFor("Right.", "> done")
	d.answer(0)
	d.waitFor("Which lesson?", "Review (nothing is due)")
	d.choose("Quit")
	d.ends()

	page := lastRunOf(t, "tasks") // which is all that is left to do
	d = start(t, headlessOptions{done: func(s *progress.State) {
		others(s)
		tasks(s)
		s.Lessons["tasks"] = progress.Lesson{Ran: allRunsButTheLast(t, "tasks")}
		s.ReadPage("tasks", page, time.Now())
	}}, menu)
	d.waitFor("Which lesson? "+lessonsDone(len(course.IDs())-1), "> 3", fmt.Sprintf("Go on: lesson 3, page %d of", page))
	d.choose("Go on")
	d.waitFor(fmt.Sprintf("page %d of", page))
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("enter next", "r again")
	for !strings.Contains(d.text(), "What you saw") {
		d.press("n")
	}
	d.toEnd("enter done")
	d.press("enter")
	said := d.throughTheEnd()
	for _, want := range wants {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	d.choose("Quit")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// Who comes to the end of the last lesson sees what is not done yet.
func TestTheEndSaysWhatIsLeft(t *testing.T) {
	t.Parallel()
	var s progress.State
	does(t, "tasks")(&s)
	readsAll(t, "gather")(&s)
	courses, err := course.Courses()
	if err != nil {
		t.Fatal(err)
	}
	tour := &Tour{screen: &headless{columns: 80, rows: 24}}
	lines, err := tour.endLines(&s, courses, 76, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(strings.Join(lines, "\n")), " ")
	for _, want := range []string{"Tasks: " + lineToRemember(t), "These lessons are not done yet:", "The event loop: not begun", "Gather: read, "} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	for _, unwanted := range []string{"Tasks: done", "Every lesson is done"} {
		if strings.Contains(said, unwanted) {
			t.Errorf("%q in %s", unwanted, said)
		}
	}
}

func TestDueLine(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	courses := []progress.Course{{Lesson: "tasks", Quiz: []string{"order", "handle"}}}
	answer := func(s *progress.State, key string, right bool) {
		s.Answer(progress.Answer{Question: progress.Question{Lesson: "tasks", Key: key}, Right: right, At: now})
	}
	var s progress.State
	for _, step := range []struct {
		key   string
		right bool
		want  string
	}{
		{"gone", false, "Nothing is due: you have not answered a quiz yet."},
		{"order", true, "Nothing is due now. The first of 1 question comes back on "},
		{"handle", true, "Nothing is due now. The first of 2 questions comes back on "},
		{"order", false, "1 question is due now."},
		{"handle", false, "2 questions are due now."},
	} {
		answer(&s, step.key, step.right)
		if got := dueLine(&s, courses, now); !strings.HasPrefix(got, step.want) {
			t.Errorf("%s: %q, want %q", step.key, got, step.want)
		}
	}
}
