package walk

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
)

// A watch plays a request on a stage, again and again, and owns what it
// plays: one comparison at a time. It is part of a Bubble Tea model. Nothing
// in it waits during an Update; what takes longer is a command.
type watch struct {
	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	player  *player.Player
	slot    player.Slot
	search  sync.WaitGroup // for Python
	palette stage.Palette

	request plan.Request
	live    *stage.Live        // nil while the stage is not on the screen
	told    *stage.Transcript  // of what is on the stage, for who does not see it; nil if nothing is
	attempt int                // counts the starts; what an earlier one says is dropped
	made    []player.Recording // with these settings, whether they are shown or not
	stop    func()             // stops the runs of the attempt, even those that are not there yet
}

// startedMsg says that the runs of an attempt have been started, or could
// not be.
type startedMsg struct {
	attempt    int
	comparison *player.Comparison
	err        error
}

func newWatch(ctx context.Context, p *player.Player, colours bool) *watch {
	ctx, cancel := context.WithCancel(ctx)
	return &watch{ctx: ctx, cancel: cancel, player: p, palette: stage.NewPalette(colours), stop: func() {}}
}

// open puts a stage on the screen on which nothing plays yet.
func (w *watch) open(o stage.Options) {
	o.Palette = w.palette
	o.MoreGoing, o.MoreEnded = "", "   r again"
	if w.canToggle() {
		o.MoreGoing, o.MoreEnded = "   p Python", "   r again   p Python"
	}
	w.live = stage.NewLive(o)
}

// canToggle reports whether Python can be switched on and off. A page that
// is about Python alone always has it.
func (w *watch) canToggle() bool { return w.request.Languages != plan.Python }

// start makes the runs of the request, once those before have been stopped.
func (w *watch) start() tea.Cmd {
	w.made = nil
	return w.startOthers()
}

// startOthers is start without the runs that have been made already.
func (w *watch) startOthers() tea.Cmd {
	w.stop()
	w.attempt++
	w.told = nil
	w.live.Await()
	attempt, setup := w.attempt, w.request.Setup()
	setup.Kept = w.made
	ctx, stop := context.WithCancel(w.ctx)
	w.stop = stop
	return func() tea.Msg {
		c, err := w.slot.Play(ctx, w.player, setup)
		return startedMsg{attempt, c, err}
	}
}

// update answers a message while the stage is on the screen, and reports
// whether it was for the watch.
func (w *watch) update(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case startedMsg:
		return w.started(msg), true
	case tea.KeyPressMsg:
		switch key := msg.String(); {
		case key == "p" && w.canToggle():
			return w.toggle(), true
		case key == "r" && w.ended():
			return w.start(), true
		}
	}
	return w.live.Update(msg)
}

// toggle switches Python on or off. What has ended is not run again: it stays
// as it is, and comes back if it is asked for again.
func (w *watch) toggle() tea.Cmd {
	w.request = w.request.Toggled()
	if w.ended() {
		for _, run := range w.live.Snapshot().Succeeded() {
			if !run.Kept {
				w.made = append(w.made, run)
			}
		}
	}
	return w.startOthers()
}

func (w *watch) started(msg startedMsg) tea.Cmd {
	if msg.attempt != w.attempt {
		return nil // it has been stopped
	}
	if msg.err != nil {
		w.live.Fail(msg.err)
		return nil
	}
	w.told = stage.NewTranscript(msg.comparison)
	return w.live.Show(msg.comparison)
}

// ended reports whether all runs have ended, or could not be started, and no
// others have been asked for.
func (w *watch) ended() bool { return w.live != nil && w.live.Ended() }

// done reports whether they have ended and nothing more is to come.
func (w *watch) done() bool { return w.live != nil && w.live.Done() }

// leave stops what is running and takes the stage off the screen. It does
// not wait.
func (w *watch) leave() {
	w.stop()
	w.attempt++
	w.live = nil
}

// pythonMsg says that it is known whether there is a Python.
type pythonMsg struct{}

// findPython looks for Python, which may take a while.
func (w *watch) findPython() tea.Cmd {
	known := make(chan struct{})
	w.search.Go(func() {
		defer close(known)
		w.player.Python(w.ctx)
	})
	return func() tea.Msg {
		<-known
		return pythonMsg{}
	}
}

// hasPython reports whether there is a Python. It does not wait where
// findPython has been there before.
func (w *watch) hasPython() bool {
	_, err := w.player.Python(w.ctx)
	return err == nil
}

// Close stops what is running and waits until no child is left.
func (w *watch) Close() {
	w.cancel()
	w.slot.Close()
	w.search.Wait()
}
