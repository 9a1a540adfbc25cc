package screen

import (
	"context"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/prompt"
)

// A Question is asked on a screen of its own, below some lines.
type Question struct {
	Above   []string // what stands above it, set for the window
	Text    string
	Choices []prompt.Choice
	Current int // the choice that the cursor starts on
}

// Labels are choices that are only shown.
func Labels(texts ...string) []prompt.Choice {
	choices := make([]prompt.Choice, len(texts))
	for i, text := range texts {
		choices[i].Label = text
	}
	return choices
}

// Choose asks and returns the index of the choice. The errors are those of
// prompt.Select.
func (s *Screen) Choose(ctx context.Context, q Question) (int, error) {
	var answer int
	err := s.onAlternateScreen(q, func(o prompt.Options) (err error) {
		answer, err = prompt.Select(ctx, o, q.Text, q.Choices, q.Current)
		return err
	})
	return answer, err
}

// ChooseSeveral asks and returns the indexes of the choices, perhaps none.
// The errors are those of prompt.MultiSelect.
func (s *Screen) ChooseSeveral(ctx context.Context, q Question) ([]int, error) {
	var answers []int
	err := s.onAlternateScreen(q, func(o prompt.Options) (err error) {
		answers, err = prompt.MultiSelect(ctx, o, q.Text, q.Choices)
		return err
	})
	return answers, err
}

// drawAbove draws what stands above q on an empty screen, and returns how
// much of that is left.
func (s *Screen) drawAbove(q Question) (rows, columns int) {
	columns, rows = s.Size()
	above := q.above(columns, rows)
	var b strings.Builder
	b.WriteString(ansi.EraseEntireScreen + ansi.CursorHomePosition)
	for _, line := range above {
		b.WriteString(line + "\r\n")
	}
	io.WriteString(s.streams.Out, s.streams.Shown(b.String()))
	return rows - len(above), columns
}

// above is what stands above q in a window of that size, as far as there is
// room for it.
func (q Question) above(columns, rows int) []string {
	room, above := q.Room(columns, rows), q.wrapped(columns)
	above = above[:min(len(above), room)]
	if n := len(above); n > 0 && n < room && above[n-1] != "" {
		above = append(above, "")
	}
	return above
}

// wrapped is what stands above q, which may have been set for a wider window.
func (q Question) wrapped(columns int) (above []string) {
	for _, line := range q.Above {
		above = append(above, strings.Split(ansi.Wrap(line, columns, ""), "\n")...)
	}
	return above
}

// Fits reports whether a window of that size has room for all of q.
func (q Question) Fits(columns, rows int) bool {
	return len(q.wrapped(columns)) <= q.Room(columns, rows)
}

// Room is how many lines may stand above q in a window of that size.
func (q Question) Room(columns, rows int) int {
	return max(rows-prompt.Rows(q.Text, q.Choices, columns), 0)
}
