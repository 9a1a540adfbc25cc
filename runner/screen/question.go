package runner

import (
	"context"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/prompt"
)

// A question is asked on a screen of its own, below some lines. Bubble Tea
// must not run meanwhile.
type question struct {
	above   []string // what stands above it, set for the window
	text    string
	choices []prompt.Choice
	current int // the choice that the cursor starts on
}

// labels are choices that are only shown.
func labels(texts ...string) []prompt.Choice {
	choices := make([]prompt.Choice, len(texts))
	for i, text := range texts {
		choices[i].Label = text
	}
	return choices
}

// askOne asks and returns the index of the choice.
func (a *app) askOne(ctx context.Context, q question) (int, error) {
	var answer int
	err := a.onScreen(q, func(o prompt.Options) (err error) {
		answer, err = prompt.Select(ctx, o, q.text, q.choices, q.current)
		return err
	})
	return answer, err
}

// askSeveral asks and returns the indexes of the choices, perhaps none.
func (a *app) askSeveral(ctx context.Context, q question) ([]int, error) {
	var answers []int
	err := a.onScreen(q, func(o prompt.Options) (err error) {
		answers, err = prompt.MultiSelect(ctx, o, q.text, q.choices)
		return err
	})
	return answers, err
}

// onScreen asks on the alternate screen, below what stands above q.
func (a *app) onScreen(q question, ask func(prompt.Options) error) error {
	io.WriteString(a.streams.Out, ansi.SetModeAltScreenSaveCursor)
	defer io.WriteString(a.streams.Out, ansi.ResetModeAltScreenSaveCursor)
	return ask(prompt.Options{
		In: a.streams.In, Out: a.streams.Out, Colour: a.colours(),
		Begin: func() (rows, columns int) { return a.drawAbove(q) },
	})
}

// drawAbove draws what stands above q, as far as there is room for it, on an
// empty screen, and returns how much of that is left.
func (a *app) drawAbove(q question) (rows, columns int) {
	columns, rows = a.streams.Size()
	room := a.roomAbove(q)
	var above []string
	for _, line := range q.above { // set for a window that may have been wider
		above = append(above, strings.Split(ansi.Wrap(line, columns, ""), "\n")...)
	}
	above = above[:min(len(above), room)]
	if n := len(above); n > 0 && n < room && above[n-1] != "" {
		above = append(above, "")
	}
	var b strings.Builder
	b.WriteString(ansi.EraseEntireScreen + ansi.CursorHomePosition)
	for _, line := range above {
		b.WriteString(line + "\r\n")
	}
	io.WriteString(a.streams.Out, b.String())
	return rows - len(above), columns
}

// roomAbove is how many lines may stand above q.
func (a *app) roomAbove(q question) int {
	columns, rows := a.streams.Size()
	text := strings.Count(ansi.Wrap(q.text, max(columns-1, 1), ""), "\n") + 1
	const others = 2 // the line below the text, and one that stays empty
	return max(rows-text-len(q.choices)-others, 0)
}

// wrapped is text in lines of at most width columns, each behind an indent.
func wrapped(text string, indent, width int) []string {
	lines := strings.Split(ansi.Wordwrap(text, max(width-indent, 10), ""), "\n")
	for i := range lines {
		lines[i] = strings.Repeat(" ", indent) + lines[i]
	}
	return lines
}
