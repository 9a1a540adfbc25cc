package prompt

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/terminal"
)

// suspend stops the program for a while.
func (o Options) suspend(in input) {
	if o.Suspend == nil {
		in.suspend()
		return
	}
	o.Suspend(in.suspend)
}

// keys are those of a question, with what they do.
func (k kind) keys() [][2]string {
	chooses := [][2]string{{"enter", "chooses"}}
	if k == several {
		chooses = [][2]string{{"space", "marks, or takes the mark away"}, {"enter", "goes on with what is marked"}}
	}
	return slices.Concat([][2]string{{"up, down, tab", "move"}}, chooses, [][2]string{
		{"letters", "show only what contains them"},
		{"esc", "clears them; without any, goes back"},
		{"q", "quits, if nothing has been typed"},
	}, terminal.KeysEverywhere())
}

// help shows the keys of a question until one is pressed. It takes all of
// the screen, which is erased with the question that follows.
func (o Options) help(ctx context.Context, in input, k kind) error {
	for {
		rows, columns := Options{Out: o.Out}.begin()
		lines := terminal.Keys(k.keys(), columns-1)
		lines = append(lines[:min(len(lines), max(rows-2, 0))], "any key closes this")
		io.WriteString(o.Out, ansi.EraseEntireScreen+ansi.CursorHomePosition+strings.Join(lines, "\r\n"))
		var key [8]byte
		switch n, err := in.Read(key[:]); {
		case err == errSuspend:
			if o.suspend(in); ctx.Err() != nil {
				return ctx.Err()
			}
		case err == errAgain:
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return fmt.Errorf("ask: read a key: %w", err)
		case string(key[:n]) == interrupt:
			return ErrInterrupted
		default:
			return nil
		}
	}
}
