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
		_, err := t.present(ctx, id, c, false)
		return err
	}
	all, err := course.Entries()
	if err != nil {
		return err
	}
	for current := 0; ; {
		q := screen.Question{Text: "Which lesson?", Current: current}
		columns, rows := t.screen.Size()
		q.Above = (&joinCard{c}).content(terminal.NewStyle(t.screen.Colours()), columns, rows-len(all)-2)
		for _, entry := range all {
			q.Choices = append(q.Choices, prompt.Choice{Label: entry.Header.Title, Match: entry.ID})
		}
		current, err = t.screen.Choose(ctx, q)
		switch {
		case errors.Is(err, prompt.ErrQuit), errors.Is(err, prompt.ErrBack):
			return nil
		case err != nil:
			return err
		}
		if left, err := t.present(ctx, all[current].ID, c, true); err != nil || left == leftProgram {
			return err
		}
	}
}

// classMsg says that somebody has come, or voted, or got on.
type classMsg struct{}

// awaitClass waits until there is something new of the class.
func (w *Walk) awaitClass() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-w.class.Changed():
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
		if w.told != w.slide {
			w.told = w.slide
			w.class.Ask(w.slide.asked(w.lesson.ID))
		}
		w.slide.votes = &votes{w.class.Poll()}
		if w.slide.shown && !w.slide.votes.Revealed {
			w.class.Reveal()
		}
	case w.watch.Live != nil:
		if c := w.watch.Live.Comparison(); c != nil && w.told != c {
			w.told = c
			w.class.Show(c, w.lesson.Text.Title, w.watch.request.StageCaption())
		}
		if s, ok := w.watch.Live.Expected().(*slide); ok && s.shown && !w.class.Poll().Revealed {
			w.class.Reveal()
		}
	case w.told != nil:
		w.told = nil
		w.class.Clear()
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
		if w.class.Poll().Open {
			w.class.CloseVote()
		} else {
			w.class.VoteAgain()
		}
	case key == "j":
		w.over = &joinCard{w.class}
	case key == "l" && w.watch.Live == nil: // there it looks to the right
		w.over = &boardCard{w.class}
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
	for _, counts := range v.taken() {
		all := 0
		for _, n := range counts {
			all += n
		}
		rounds = append(rounds, tally(counts[i], all))
	}
	return strings.Join(rounds, "   then ")
}

// taken are the rounds in which somebody voted.
func (v *votes) taken() (rounds [][]int) {
	for _, counts := range v.Rounds {
		if slices.Max(counts) > 0 {
			rounds = append(rounds, counts)
		}
	}
	return rounds
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
	for round, counts := range v.taken() {
		var parts []string
		for i, n := range counts {
			if n > 0 {
				parts = append(parts, fmt.Sprintf("%s: %d", options[i].text, n))
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
	if w.class == nil {
		return ""
	}
	return fmt.Sprintf("%s   code %s   %d here", w.class.URL(), w.class.Code(), w.class.Poll().Here)
}

// A joinCard says how to join the class.
type joinCard struct{ class *class.Server }

func (c *joinCard) lines(style terminal.Style, width, height int) []string {
	const headRows, footRows = 2, 1
	return cardLines(style, "Join the class", c.content(style, width-2*page.SideMargin, height-headRows-footRows), width, height)
}

// content are the card's lines for so much room.
func (c *joinCard) content(style terminal.Style, width, height int) []string {
	how := []string{
		"Open " + style.Title(c.class.URL()),
		"Code " + style.Title(c.class.Code()),
		"",
		fmt.Sprintf("%d here", c.class.Poll().Here),
	}
	if !c.class.Loopback() {
		how = append(how, "", "Everybody in this network can reach it, and whoever has the", "code can join. What goes to and fro is not encrypted.")
	} else {
		how = append(how, "", "Only this machine can reach it: see --lan and --listen.")
	}
	return withCode(how, codeLines(c.class, style), width, height)
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
