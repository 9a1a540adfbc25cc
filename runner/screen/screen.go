// Package screen puts things on the terminal's screen: it runs a Bubble Tea
// program, or asks a question, one after the other, and owns the alternate
// screen on which both stand.
package screen

import (
	"context"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
)

// Any is a screen of any kind, a *Screen or *Lines: it shows one thing at a
// time.
type Any interface {
	// Run shows a model until it quits.
	Run(ctx context.Context, m Speaker, keys bool) error
	// Choose and ChooseSeveral ask a question. The errors are those of
	// prompt.Select.
	Choose(ctx context.Context, q Question) (int, error)
	ChooseSeveral(ctx context.Context, q Question) ([]int, error)
	Size() (columns, rows int)
	Colours() bool
}

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
// asked for, the keyboard is gone; the terminal is then as before, and nobody
// reads it. The error is prompt.ErrInterrupted for an interrupt, or what ended
// ctx. The program always ends by quitting: killed, Bubble Tea would not wait
// for its reader of keys.
//
// Ctrl-Z and SIGTSTP stop the program; when it goes on, also after SIGSTOP, all
// is drawn anew, and m gets a tea.ResumeMsg.
func (s *Screen) Run(ctx context.Context, m Speaker, keys bool) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := running{ctx: ctx, display: &display{File: s.streams.Out}, idler: newIdler(), suspends: make(chan os.Signal, 1), resumes: make(chan os.Signal, 1)}
	defer r.idler.stop()
	options := []tea.ProgramOption{
		tea.WithoutSignalHandler(), // signals end ctx
		tea.WithOutput(r.display),
		tea.WithEnvironment(s.streams.Environ),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return r.filter(msg) }),
	}
	if keys {
		keyboard, err := newKeyboard(s.streams.In, cancel)
		if err != nil {
			return err
		}
		defer keyboard.stop()
		r.keyboard = keyboard
		options = append(options, tea.WithInput(keyboard))
	} else {
		options = append(options, tea.WithInput(nil))
	}
	r.program = tea.NewProgram(shown{Model: m, streams: s.streams}, options...)
	defer context.AfterFunc(ctx, r.program.Quit)()
	defer r.watchSignals()()
	_, err := r.program.Run()
	switch {
	case err != nil:
		return err
	case r.interrupted:
		return prompt.ErrInterrupted
	}
	return context.Cause(ctx)
}

// onAlternateScreen asks on the alternate screen, below what stands above q.
func (s *Screen) onAlternateScreen(q Question, ask func(prompt.Options) error) error {
	taken := true
	io.WriteString(s.streams.Out, ansi.SetModeAltScreenSaveCursor)
	defer func() {
		if taken {
			io.WriteString(s.streams.Out, ansi.ResetModeAltScreenSaveCursor)
		}
	}()
	return ask(prompt.Options{
		In: s.streams.In, Out: s.streams.Out, Colour: s.colours,
		Show: s.streams.Shown, Begin: func() (rows, columns int) { return s.drawAbove(q) },
		Suspend: func(stop func() bool) {
			io.WriteString(s.streams.Out, ansi.ResetModeAltScreenSaveCursor)
			if taken = stop(); taken {
				io.WriteString(s.streams.Out, ansi.SetModeAltScreenSaveCursor)
			}
		},
	})
}
