package walk

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/show"
	"gosyncio/runner/stage"
)

// A watch is a show of a request. It knows what has been run already, and
// whether there is a Python.
type watch struct {
	*show.Show
	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	player *player.Player
	search sync.WaitGroup // for Python

	request plan.Request
	made    []player.Recording // with these settings, whether they are shown or not
}

func newWatch(ctx context.Context, p *player.Player, colours bool) *watch {
	ctx, cancel := context.WithCancel(ctx)
	return &watch{Show: show.New(ctx, colours), ctx: ctx, cancel: cancel, player: p}
}

// open puts a stage on the screen on which nothing plays yet.
func (w *watch) open(o stage.Options) {
	o.MoreGoing, o.MoreEnded = "", "   r again"
	if w.canToggle() {
		o.MoreGoing, o.MoreEnded = "   p Python", "   r again   p Python"
	}
	w.Open(o)
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
	setup := w.request.Setup()
	setup.Kept = w.made
	return w.Start(func(ctx context.Context, slot *player.Slot, started func(*player.Comparison)) error {
		c, err := slot.Play(ctx, w.player, setup)
		if err == nil {
			started(c)
		}
		return err
	})
}

// update answers a message while the stage is on the screen, and reports
// whether it was for the watch.
func (w *watch) update(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key := key.String(); {
		case key == "p" && w.canToggle():
			return w.toggle(), true
		case key == "r" && w.Ended():
			return w.start(), true
		}
	}
	return w.Update(msg)
}

// toggle switches Python on or off. What has ended is not run again: it stays
// as it is, and comes back if it is asked for again.
func (w *watch) toggle() tea.Cmd {
	w.request = w.request.Toggled()
	if w.Ended() {
		for _, run := range w.Live.Snapshot().Succeeded() {
			if !run.Kept {
				w.made = append(w.made, run)
			}
		}
	}
	return w.startOthers()
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
	w.Show.Close()
	w.search.Wait()
}
