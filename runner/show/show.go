// Package show plays runs on a stage, again and again, and owns what it
// plays. It is part of a Bubble Tea model, which says what is to be played,
// and shows its lines.
package show

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/export"
	"gosyncio/runner/player"
	"gosyncio/runner/screen"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// A Show has a stage and room for one comparison at a time. Nothing in it
// waits during an Update. It must be closed.
type Show struct {
	// Live is the stage; nil while it is not on the screen.
	Live     *stage.Live
	Palette  stage.Palette
	Exporter Exporter

	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	slot    player.Slot
	running sync.WaitGroup    // those who play
	told    *stage.Transcript // of what is on the stage, for who does not see it; nil if nothing is
	attempt int               // counts the starts; what an earlier one says is dropped
	stop    func()            // stops the runs of the attempt, even those that are not there yet
}

// A Play starts runs in the slot, and hands them to started. It may take its
// time before and afterwards, as long as it returns soon after ctx has ended:
// nobody wants the runs any more.
type Play func(ctx context.Context, slot *player.Slot, started func(*player.Comparison)) error

// A StartedMsg says that the runs of an attempt have been started, or could
// not be.
type StartedMsg struct {
	Comparison *player.Comparison
	Err        error

	attempt int
}

// New is a show without a stage.
func New(ctx context.Context, colours bool) *Show {
	ctx, cancel := context.WithCancel(ctx)
	return &Show{ctx: ctx, cancel: cancel, Palette: stage.NewPalette(colours), stop: func() {}}
}

// Open puts a stage on the screen, with the show's palette, on which nothing
// plays yet.
func (s *Show) Open(o stage.Options) {
	o.Palette = s.Palette
	s.Live = stage.NewLive(o)
}

// Start plays something on the stage. What was played before is stopped.
func (s *Show) Start(play Play) tea.Cmd {
	s.stop()
	s.attempt++
	s.told = nil
	s.Live.Await()
	s.Exporter.Forget()
	attempt := s.attempt
	ctx, stop := context.WithCancel(s.ctx)
	s.stop = stop
	said := make(chan StartedMsg, 1)
	s.running.Go(func() {
		begun := false
		err := play(ctx, &s.slot, func(c *player.Comparison) {
			begun = true
			said <- StartedMsg{Comparison: c, attempt: attempt}
		})
		if !begun {
			said <- StartedMsg{Err: err, attempt: attempt}
		}
	})
	return func() tea.Msg { return <-said }
}

// Attempts is how many starts there were, and ends of what was started.
func (s *Show) Attempts() int { return s.attempt }

// Awaits reports whether a message is about what is to be on the stage now.
func (s *Show) Awaits(msg StartedMsg) bool { return s.Live != nil && msg.attempt == s.attempt }

// Update answers a message while the stage is on the screen, and reports
// whether it was for the show. A StartedMsg always is.
func (s *Show) Update(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	if msg, ok := msg.(StartedMsg); ok {
		return s.started(msg), true
	}
	if s.Live == nil {
		return nil, false
	}
	if cmd, handled := s.Exporter.Update(msg, s.Live, s.document()); handled {
		return cmd, true
	}
	return s.Live.Update(msg)
}

// document makes a document of the runs on the stage; it is nil while there are
// none, or more is to come.
func (s *Show) document() func() *export.Document {
	c := s.Live.Comparison()
	if c == nil || !s.Done() {
		return nil
	}
	return func() *export.Document { return export.Of(c.Snapshot()) }
}

func (s *Show) started(msg StartedMsg) tea.Cmd {
	if !s.Awaits(msg) {
		return nil // it has been stopped
	}
	if msg.Comparison == nil {
		s.Live.Fail(msg.Err)
		return nil
	}
	s.told = stage.NewTranscript(msg.Comparison)
	return s.Live.Show(msg.Comparison)
}

// Ended reports whether all runs have ended, or could not be started, and no
// others have been asked for.
func (s *Show) Ended() bool { return s.Live != nil && s.Live.Ended() }

// Done reports whether they have ended and nothing more is to come.
func (s *Show) Done() bool { return s.Live != nil && s.Live.Done() }

// Current is what is played, or was played last; nil if nothing was.
func (s *Show) Current() *player.Comparison { return s.slot.Current() }

// Leave stops what is running and takes the stage off the screen. It does
// not wait.
func (s *Show) Leave() {
	s.stop()
	s.attempt++
	s.Live = nil
	s.Exporter.Forget()
}

// Text is what is said of the runs on the stage.
func (s *Show) Text() screen.Text {
	text := screen.Text{Busy: !s.Done()} // before it is looked at what there is
	if s.told != nil {
		text.Lines = append(text.Lines, s.told.Lines()...)
	}
	if !text.Busy {
		for _, note := range s.Live.Notes() {
			text.Lines = append(text.Lines, terminal.Wrap(note, 0, 79)...)
		}
	}
	return text
}

// TextKeys are the keys in lines of text, see Exporter.TextKeys.
func (s *Show) TextKeys(keys string) string {
	if s.document() == nil {
		return keys
	}
	return s.Exporter.TextKeys(keys)
}

// Keys are those that a stage answers.
func Keys() [][2]string {
	return [][2]string{
		{"up, down", "scroll the output"},
		{"tab", "show the output of the next run"},
		{"left, right", "look at a moment, when the runs have ended"},
		{"pgup, pgdn", "ten times as far"},
		{"home, end", "to the start, to the end"},
		{"esc", "stop looking; to the end of what is played again"},
		{"e", "writes the runs to a file, when they have ended"},
	}
}

// Close stops what is running and waits until no child is left.
func (s *Show) Close() {
	s.cancel()
	s.slot.Close()
	s.running.Wait()
	s.Exporter.Wait()
}
