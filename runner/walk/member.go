package walk

import (
	"context"
	"fmt"
	"slices"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
)

// Join makes the tour that of somebody in a class: the presenter sees where
// they are, and they can vote and ask for help. The caller closes the client.
func (t *Tour) Join(c *class.Client) error {
	courses, err := course.Courses()
	if err != nil {
		return err
	}
	t.member = c
	t.journal.Told = func(s *progress.State) { c.Report(report(s, courses)) }
	return nil
}

// report is where somebody is, who has done that.
func report(s *progress.State, courses []progress.Course) class.Report {
	var r class.Report
	var at progress.Lesson
	for _, c := range courses {
		if l := s.Lessons[c.Lesson]; l.At.After(at.At) {
			at = l
			r.Lesson, r.Page, r.Pages = c.Lesson, min(l.Page, c.Pages), c.Pages
		}
	}
	latest := at.At
	for name, e := range s.Exercises {
		if !e.Solved.IsZero() {
			r.Solved = append(r.Solved, name)
		} else if e.At.After(latest) {
			latest = e.At
			r.Exercise, r.Tries = name, e.Tries
		}
	}
	slices.Sort(r.Solved)
	return r
}

// wantHelp tells the one who teaches that help is wanted, or is not any more,
// and says so.
func (t *Tour) wantHelp() string {
	t.wantsHelp = !t.wantsHelp
	t.member.Help(t.wantsHelp)
	if t.wantsHelp {
		return "the one who teaches sees that you want help; w again if you do not any more"
	}
	return "nobody is told any more that you want help"
}

// helper is wantHelp for who practises; nil if there is no class.
func (t *Tour) helper() func() string {
	if t.member == nil {
		return nil
	}
	return t.wantHelp
}

// memberKey answers the keys of somebody in a class.
func (w *Walk) memberKey(key string) bool {
	switch {
	case key == "w":
		w.said = w.tour.wantHelp()
	case key == "v" && w.tour.member.State().Open:
		w.then = w.interrupt(w.vote)
	default:
		return false
	}
	return true
}

// vote asks what the class is asked.
func (w *Walk) vote(ctx context.Context) error {
	asked := w.tour.member.State()
	if !asked.Open {
		return nil // it has been closed meanwhile
	}
	chosen, err := w.tour.screen.Choose(ctx, screen.Question{
		Above:   []string{w.style().Title(asked.Question.Heading), ""},
		Text:    asked.Question.Text,
		Choices: screen.Labels(asked.Question.answers()...),
	})
	if err != nil {
		return err
	}
	if err := w.tour.member.Vote(chosen); err != nil {
		w.said = fmt.Sprintf("your vote does not count: %v", err)
		return nil
	}
	w.said = "you have voted; v again changes it"
	return nil
}
