// Package screen puts things on the terminal's screen: it runs a Bubble Tea
// program, or asks a question, one after the other, and owns the alternate
// screen on which both stand.
package screen

import (
	"context"
	"fmt"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
)

// A Screen is the terminal with somebody in front of it. Only one thing may
// be on it at a time.
type Screen struct {
	streams terminal.Streams
	colours bool
}

// New is the screen of streams. Without colours nothing is sent but text
// and movements of the cursor.
func New(streams terminal.Streams, colours bool) *Screen {
	return &Screen{streams, colours}
}

// Colours reports whether what is shown has colours.
func (s *Screen) Colours() bool { return s.colours }

// Size is the window's columns and rows.
func (s *Screen) Size() (columns, rows int) { return s.streams.Size() }

// Run runs a Bubble Tea program until it quits, ctx ends or, if keys are
// asked for, the keyboard is gone; the terminal is then as before. The error
// is prompt.ErrInterrupted for an interrupt, or what ended ctx. The program
// always ends by quitting: killed, Bubble Tea would not wait for its reader
// of keys.
func (s *Screen) Run(ctx context.Context, m tea.Model, keys bool) error {
	interrupted := false
	var p *tea.Program
	idler := newIdler()
	defer idler.stop()
	options := []tea.ProgramOption{
		tea.WithoutSignalHandler(), // signals end ctx
		tea.WithOutput(s.streams.Out),
		tea.WithEnvironment(s.streams.Environ),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			idler.awake(p)
			if _, ok := msg.(tea.InterruptMsg); ok {
				interrupted = true
				return tea.QuitMsg{}
			}
			return msg
		}),
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if keys {
		options = append(options, tea.WithInput(keyboard{s.streams.In, cancel}))
	} else {
		options = append(options, tea.WithInput(nil))
	}
	p = tea.NewProgram(m, options...)
	defer context.AfterFunc(ctx, p.Quit)()
	_, err := p.Run()
	switch {
	case err != nil:
		return err
	case interrupted:
		return prompt.ErrInterrupted
	}
	return context.Cause(ctx)
}

// A keyboard is the terminal's input. When it can no longer be read, for
// the window has been closed, it says so: Bubble Tea would wait for ever.
type keyboard struct {
	*os.File
	gone context.CancelCauseFunc
}

func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.File.Read(p)
	if err != nil {
		k.gone(fmt.Errorf("read a key: %w", err))
	}
	return n, err
}

// onAlternateScreen asks on the alternate screen, below what stands above q.
func (s *Screen) onAlternateScreen(q Question, ask func(prompt.Options) error) error {
	io.WriteString(s.streams.Out, ansi.SetModeAltScreenSaveCursor)
	defer io.WriteString(s.streams.Out, ansi.ResetModeAltScreenSaveCursor)
	return ask(prompt.Options{
		In: s.streams.In, Out: s.streams.Out, Colour: s.colours,
		Begin: func() (rows, columns int) { return s.drawAbove(q) },
	})
}
