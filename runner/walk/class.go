package walk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// Class takes a class through a lesson or, if id is "", through those that the
// presenter chooses. Nothing is asked of the presenter, and nothing is noted.
func (t *Tour) Class(ctx context.Context, id string, c *class.Server) error {
	if id != "" {
		_, err := t.present(ctx, id, &teaching{Server: c, card: true})
		return err
	}
	all, err := course.Entries()
	if err != nil {
		return err
	}
	broke, _, _ := class.ParseQuestionID(c.Poll().Question.ID)
	current := max(slices.IndexFunc(all, func(e course.Entry) bool { return e.ID == broke.Lesson }), 0)
	card := true
	for {
		q := screen.Question{Text: "Which lesson?", Current: current}
		for _, entry := range all {
			q.Choices = append(q.Choices, prompt.Choice{Label: entry.Header.Title, Match: entry.ID})
		}
		columns, rows := t.screen.Size()
		q.Above = append((&joinCard{c}).content(terminal.NewStyle(t.screen.Colours()), columns-1, q.Room(columns, rows)-1), "")
		if !q.Fits(columns, rows) {
			q.Above, q.Text = nil, fmt.Sprintf("%s   code %s   %s", c.URL(), c.Code(), q.Text)
		} else {
			card = false // it has been said how to join
		}
		current, err = t.screen.Choose(ctx, q)
		switch {
		case errors.Is(err, prompt.ErrQuit), errors.Is(err, prompt.ErrBack):
			return nil
		case err != nil:
			return err
		}
		left, err := t.present(ctx, all[current].ID, &teaching{Server: c, card: card, others: true})
		if err != nil || left == leftProgram {
			return err
		}
		card = false
	}
}

// A teaching is what a walk is that a class is taken through.
type teaching struct {
	*class.Server      // whose people vote in their browsers
	card          bool // it begins with how to join
	others        bool // there is a way to other lessons
	told          any  // the slide or the runs that the class sees; nil is nothing
}

// classMsg says that somebody has come, or voted, or got on.
type classMsg struct{}

// awaitClass waits until there is something new of the class.
func (w *Walk) awaitClass() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-w.teaching.Changed():
			return classMsg{}
		case <-w.watch.ctx.Done():
			return nil
		}
	}
}

// tellClass shows the class what the room sees: the question of a slide, or
// runs.
func (w *Walk) tellClass() {
	switch {
	case w.slide != nil:
		if w.teaching.told != w.slide {
			w.teaching.told = w.slide
			w.teaching.Ask(w.slide.asked(w.lesson.ID))
		}
		w.slide.votes = &votes{w.teaching.Poll()}
		if w.slide.shown && !w.slide.votes.Revealed {
			w.teaching.Reveal()
		}
	case w.watch.Live != nil:
		if c := w.watch.Live.Comparison(); c != nil && w.teaching.told != c {
			w.teaching.told = c
			w.teaching.Show(c, w.lesson.Text.Title, w.watch.request.StageCaption())
		}
		if s, ok := w.watch.Live.Expected().(*slide); ok && s.shown && !w.teaching.Poll().Revealed {
			w.teaching.Reveal()
		}
	case w.teaching.told != nil:
		w.teaching.told = nil
		w.teaching.Clear()
	}
}

// asked is the slide's question as it is put to the class.
func (s *slide) asked(lesson string) class.Question {
	q := class.Question{ID: s.id, Lesson: lesson, Heading: s.heading, Text: s.question}
	for _, o := range s.options {
		q.Answers = append(q.Answers, class.Answer{Text: o.text, Why: o.why, Right: o.right})
	}
	return q
}

// classKey answers the keys that a class adds, and reports whether it was one.
func (w *Walk) classKey(key string) bool {
	switch {
	case key == "v" && w.slide != nil:
		if w.teaching.Poll().Open {
			w.teaching.CloseVote()
		} else {
			w.teaching.VoteAgain()
		}
	case key == "j":
		w.over = &joinCard{w.teaching.Server}
	case key == "l" && w.watch.Live == nil: // there it looks to the right
		w.over = &boardCard{w.teaching.Server}
	default:
		return false
	}
	return true
}

// votes are what people have voted on a slide.
type votes struct{ class.Poll }

// of is how many have voted for answer i, in each of the rounds; "" if that is
// not to be seen: people should not vote for what most have voted for.
func (v *votes) of(i int) string {
	if v == nil || v.Open {
		return ""
	}
	var rounds []string
	for _, counts := range class.Voted(v.Rounds) {
		all := 0
		for _, n := range counts {
			all += n
		}
		rounds = append(rounds, tally(counts[i], all))
	}
	return strings.Join(rounds, "   then ")
}

// going is how far the vote is; "" if there is none.
func (v *votes) going() string {
	switch {
	case v == nil:
		return ""
	case v.Open && v.Round > 1:
		return fmt.Sprintf("Vote %d: %d of %d have voted.", v.Round, v.Voted, v.Here)
	case v.Open:
		return fmt.Sprintf("%d of %d have voted.", v.Voted, v.Here)
	case v.Revealed:
		return "The vote is closed."
	case len(class.Voted(v.Rounds)) == 0:
		return "The vote is closed, and nobody has voted."
	}
	return "The vote is closed. Discuss it, and vote again if you want to."
}

// key is what v does.
func (v *votes) key() string {
	switch {
	case v.Open:
		return "v close the vote"
	case v.Revealed:
		return ""
	}
	return "v vote again"
}

// notes are the votes in a line each.
func (v *votes) notes(options []slideOption) (notes []string) {
	if v == nil {
		return nil
	}
	for round, counts := range class.Voted(v.Rounds) {
		var parts []string
		for i, n := range counts {
			if n > 0 {
				parts = append(parts, fmt.Sprintf("%s (%d)", options[i].text, n))
			}
		}
		said := "the class said "
		if round > 0 {
			said = "and then "
		}
		notes = append(notes, said+strings.Join(parts, ", "))
	}
	return notes
}

// joinLine says how to join, beside what is on the screen; "" without a class.
func (w *Walk) joinLine() string {
	if w.teaching == nil {
		return ""
	}
	line := fmt.Sprintf("%s   code %s   %d here", w.teaching.URL(), w.teaching.Code(), w.teaching.Poll().Here)
	if err := w.teaching.Unsaved(); err != nil {
		line += "   A crash would lose the votes: " + terminal.Printable(err.Error())
	}
	return line
}

// A joinCard says how to join the class.
type joinCard struct{ class *class.Server }

func (c *joinCard) lines(style terminal.Style, width, height int) []string {
	const headRows, footRows = 2, 1
	return cardLines(style, "Join the class", c.content(style, width-2*page.SideMargin, height-headRows-footRows), width, height)
}

// content are the card's lines for so much room.
func (c *joinCard) content(style terminal.Style, width, height int) []string {
	code := codeLines(c.class, style)
	how := c.how(style, width-widest(code)-gap)
	if len(code) > height || len(how) > height || widest(how)+gap+widest(code) > width {
		return c.how(style, width)
	}
	return withCode(how, code, width, height)
}

// how says how to join, in lines of at most width columns.
func (c *joinCard) how(style terminal.Style, width int) []string {
	how := []string{
		"Open " + style.Title(c.class.URL()),
		"Code " + style.Title(c.class.Code()),
		"",
		fmt.Sprintf("%d here", c.class.Poll().Here),
		"",
	}
	more := []string{"Everybody in this network can reach it, and whoever has the code can join. What goes to and fro is not encrypted."}
	if c.class.Loopback() {
		more = []string{"Only this machine can reach it.", "Add --lan to let others in."} // too short to be broken at a hyphen
	}
	if c.class.Resumed() {
		more = append(more, "", "This class goes on where it broke off, with its code and its votes. To begin a new one, end it with q.")
	}
	for _, text := range more {
		how = append(how, terminal.Wrap(text, 0, width)...)
	}
	return how
}

// codeLines are the code to be photographed: light on dark whatever the
// terminal's colours are.
func codeLines(c *class.Server, style terminal.Style) []string {
	lines := c.QR()
	for i, line := range lines {
		lines[i] = style.OnDark(line)
	}
	return lines
}

// withCode are lines, and right of them a code to be photographed, if there is
// room for both.
func withCode(lines, code []string, width, height int) []string {
	wide, codeWide := widest(lines), widest(code)
	if wide+gap+codeWide > width || len(code) > height {
		return lines
	}
	var both []string
	for i := range max(len(lines), len(code)) {
		left, right := "", ""
		if i < len(lines) {
			left = lines[i]
		}
		if i < len(code) {
			right = code[i]
		}
		both = append(both, left+strings.Repeat(" ", width-codeWide-ansi.StringWidth(left))+right)
	}
	return both
}

// gap is how far a code stands from what is beside it.
const gap = 4

// widest is how wide the widest of the lines is.
func widest(lines []string) (wide int) {
	for _, line := range lines {
		wide = max(wide, ansi.StringWidth(line))
	}
	return wide
}
