package walk

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
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

// classEnded is what is said once the class is over.
const classEnded = "the class has ended"

// inClass reports whether the learner is in a class that goes on.
func (t *Tour) inClass() bool { return t.member != nil && !t.member.State().Ended }

// wantHelp tells the instructor that help is wanted, or is no longer, and says
// so.
func (t *Tour) wantHelp() string {
	if !t.inClass() {
		return classEnded
	}
	t.wantsHelp = !t.wantsHelp
	t.member.Help(t.wantsHelp)
	if t.wantsHelp {
		return "the instructor sees that you want help; w takes it back"
	}
	return "the instructor no longer sees that you want help"
}

// helper is wantHelp for who practises; nil if there is no class.
func (t *Tour) helper() func() string {
	if !t.inClass() {
		return nil
	}
	return t.wantHelp
}

// asked is the question that the class votes on; nil if it does not.
func (t *Tour) asked() *class.OpenQuestion {
	if !t.inClass() {
		return nil
	}
	return votable(t.member.State())
}

// votable is the question that can be voted on; nil if there is none. What calls
// itself a class may ask without any answers.
func votable(s class.State) *class.OpenQuestion {
	if q := s.Question; q != nil && q.Open && len(q.Answers) > 0 {
		return q
	}
	return nil
}

// memberLine says how things stand in the class; "" without one.
func (t *Tour) memberLine() string {
	if t.member == nil {
		return ""
	}
	s := t.member.State()
	q := votable(s)
	switch {
	case s.Ended:
		return classEnded
	case !s.Connected:
		return "the class cannot be reached; trying again"
	case q != nil && q.Vote < 0:
		return fmt.Sprintf("v votes with the class, %d of %d have: %s", q.Voted, s.Here, q.Text)
	case q != nil:
		return fmt.Sprintf("you have voted, v changes it   %d of %d have", q.Voted, s.Here)
	}
	line := fmt.Sprintf("in the class as %s   %d here", s.Nick, s.Here)
	if s.Help {
		return line + "   you want help, w takes it back"
	}
	return line + "   w if you want help"
}

// memberLine is that of the tour and, on a page that offers exercises, how many in
// the class have solved them.
func (w *Walk) memberLine() string {
	line := w.tour.memberLine()
	made, ok := w.makeBlock()
	if line == "" || !ok {
		return line
	}
	solved := w.tour.member.State().Solved
	for _, name := range made.Exercises {
		if n := solved[name]; n > 0 {
			line += fmt.Sprintf("   %s solved by %d", name, n)
		}
	}
	return line
}

// memberNews is what is worth a line where lines stay: not who comes and goes.
func (t *Tour) memberNews() string {
	s := t.member.State()
	switch q := votable(s); {
	case s.Ended:
		return classEnded
	case q != nil && q.Vote < 0:
		if q.Round > 1 {
			return fmt.Sprintf("the class votes again (v), vote %d: %s", q.Round, q.Text)
		}
		return fmt.Sprintf("the class votes (v): %s", q.Text)
	}
	return ""
}

// hear notes what is heard of the class, once. What was said before gives way
// to it, unless that is of a vote that is lost.
func (w *Walk) hear(news string) {
	if news == "" || slices.Contains(w.heard, news) {
		return
	}
	w.heard = append(w.heard, news)
	if !w.lost {
		w.said = ""
	}
}

// memberKey answers the keys of somebody in a class, and reports whether it was
// one.
func (w *Walk) memberKey(key string) (tea.Cmd, bool) {
	switch {
	case w.tour.member == nil:
	case (key == "v" || key == "w") && !w.tour.inClass():
		w.tell(classEnded)
		return nil, true
	case key == "w":
		w.tell(w.tour.wantHelp())
		return nil, true
	case key == "v" && w.tour.asked() != nil:
		return w.interrupt(w.vote), true
	case key == "v":
		w.tell("the class is not voting now")
		return nil, true
	}
	return nil, false
}

// memberKeys are the keys that a class adds for who has joined it.
func (w *Walk) memberKeys() [][2]string {
	if !w.tour.inClass() {
		return nil
	}
	return [][2]string{
		{"v", "votes on what the class is asked"},
		{"w", "tells the instructor that you want help, or takes it back"},
	}
}

// awaitMember waits until there is something new of the class.
func (w *Walk) awaitMember() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-w.tour.member.Changed():
			return memberMsg{}
		case <-w.watch.ctx.Done():
			return nil
		}
	}
}

// memberMsg says that there is something new of the class.
type memberMsg struct{}

// vote asks what the class is asked. What is chosen when the class is asked
// something else by then counts for nothing, and it asks again.
func (w *Walk) vote(ctx context.Context) error {
	var late []string
	for {
		q := w.tour.asked()
		if q == nil {
			w.tell("the vote is closed")
			return nil
		}
		columns, _ := w.tour.screen.Size()
		above := append(slices.Clone(late), w.style().Title(q.Heading), "")
		chosen, err := w.tour.screen.Choose(ctx, screen.Question{
			Above:   append(above, terminal.Wrap(q.Text, 0, columns-1)...),
			Text:    "What do you say?",
			Choices: screen.Labels(q.Answers...),
		})
		if err != nil {
			return err
		}
		now := w.tour.asked()
		if now == nil || sameVote(now, q) {
			w.cast(q, chosen)
			return nil
		}
		changed := "The class is asked something else by now: your answer has not been counted."
		if now.ID == q.ID {
			changed = "The class votes again by now: your answer has not been counted. Choose once more."
		}
		late = append(terminal.Wrap(changed, 0, columns-1), "")
	}
}

// sameVote reports whether an answer to one of them is an answer to the other.
func sameVote(a, b *class.OpenQuestion) bool {
	return a.ID == b.ID && a.Round == b.Round && slices.Equal(a.Answers, b.Answers)
}

// cast votes, and says what came of it.
func (w *Walk) cast(q *class.OpenQuestion, chosen int) {
	err := w.tour.member.Vote(q, chosen)
	w.lost = err != nil
	switch {
	case err == nil:
		w.tell("you have voted")
	case w.tour.inClass():
		w.tell(err.Error() + "; v votes again")
	default:
		w.tell(err.Error())
	}
}

// tell says something of the class, in answer to a key.
func (w *Walk) tell(text string) {
	w.said = text
	w.heard = append(w.heard, text)
}
