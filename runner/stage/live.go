package stage

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/player"
)

// A Comparison is a set of runs to show. A *player.Comparison is one.
type Comparison interface {
	Snapshot() player.Snapshot
	Glance(most int) player.Snapshot // with at most so many lanes of each run
	Changed() <-chan struct{}        // has a value when there is something new
	Ended() bool                     // reports whether all runs have ended
	Done() <-chan struct{}           // is closed when nothing more is to come
}

// Options say how a Live stage looks.
type Options struct {
	Title, Position, Caption string
	Palette                  Palette
	// KeysGoing and KeysEnded are the keys that the owner answers while runs
	// go on and once they have ended. MoreGoing and MoreEnded are others,
	// which are not shown while the learner looks at a moment.
	KeysGoing, KeysEnded string
	MoreGoing, MoreEnded string
	// Fill makes the frame as high as the window.
	Fill bool
	// FirstTells says that, where not all output has room, that of the first
	// runs is shown, and not that of the last.
	FirstTells bool
}

// A Prediction is what somebody expects of runs.
type Prediction interface {
	// Mark is a time to mark on the axis of one of the runs; 0 is none.
	Mark() (time.Duration, player.Kind)
	// Notes say what is expected and, once the runs have ended, what
	// came of it.
	Notes(s player.Snapshot, ended bool) []string
}

// Live shows runs on a live screen: part of a Bubble Tea model, which hands
// it messages and shows its lines. It starts no run and stops none.
type Live struct {
	options    Options
	expected   Prediction                    // nil is nothing
	comparison Comparison                    // nil before the first
	err        error                         // the runs could not be started
	awaiting   bool                          // other runs are about to be shown
	cursor     time.Duration                 // negative is none
	scroll     int                           // how many lines of output back
	turn       int                           // how many turns to other output
	drawing    time.Duration                 // how long the last frame took to draw
	generation int                           // of the frames; those of earlier ones are dropped
	replay     time.Time                     // when the recordings began to be played together; zero if they have not
	slowness   int                           // of that, times; 0 is 1
	before     map[player.Kind]time.Duration // what the runs before took
	said, asks string                        // see Say and Ask
}

// NewLive is a stage on which nothing plays yet.
func NewLive(o Options) *Live {
	return &Live{options: o, cursor: -1, before: map[player.Kind]time.Duration{}}
}

// Await says that other runs have been asked for. Those before are not shown
// any more: what they were asked for is no longer what the caption says.
func (l *Live) Await() {
	l.set(nil, nil)
	l.awaiting = true
}

// Show shows c from now on. What the runs before took stays as a faint line.
func (l *Live) Show(c Comparison) tea.Cmd {
	l.set(c, nil)
	return l.nextFrame()
}

// Fail shows why the runs could not be started.
func (l *Live) Fail(err error) {
	l.set(nil, err)
}

func (l *Live) set(c Comparison, err error) {
	if l.comparison != nil {
		for kind, elapsed := range l.comparison.Snapshot().Elapsed() {
			l.before[kind] = elapsed
		}
	}
	l.comparison, l.err, l.awaiting = c, err, false
	l.cursor, l.replay = -1, time.Time{}
	l.scroll, l.turn = 0, 0
	l.said, l.asks = "", ""
}

// Resume goes on where the program was that showed it, which has been left
// in between. What that was waiting for is lost.
func (l *Live) Resume() tea.Cmd {
	switch {
	case l.comparison == nil:
		return nil
	case l.Ended():
		return l.nextReplay()
	}
	return l.nextFrame()
}

// Caption sets what is said beside the title, such as the settings.
func (l *Live) Caption(caption string) { l.options.Caption = caption }

// Say says something below the timelines until it is called again; "" is
// nothing.
func (l *Live) Say(text string) { l.said = text }

// Ask puts a line in the place of that of the keys; "" puts those back.
func (l *Live) Ask(keys string) { l.asks = keys }

// Predict sets what is expected of the runs from now on; nil is nothing.
func (l *Live) Predict(p Prediction) { l.expected = p }

// Expected is what is expected of the runs; nil is nothing.
func (l *Live) Expected() Prediction { return l.expected }

// Ended reports whether all runs have ended, or could not be started, and no
// others have been asked for. What they cost may still be measured.
func (l *Live) Ended() bool {
	switch {
	case l.awaiting:
		return false
	case l.comparison == nil:
		return l.err != nil
	}
	return l.comparison.Ended()
}

// Done reports whether it has ended and nothing more is to come.
func (l *Live) Done() bool {
	if !l.Ended() || l.comparison == nil {
		return l.Ended()
	}
	select {
	case <-l.comparison.Done():
		return true
	default:
		return false
	}
}

// Comparison is what is shown; nil if nothing is.
func (l *Live) Comparison() Comparison { return l.comparison }

// Snapshot is what is shown, as it is now; empty if there are no runs.
func (l *Live) Snapshot() player.Snapshot {
	if l.comparison == nil {
		return player.Snapshot{}
	}
	return l.comparison.Snapshot()
}

// Failed is why the runs could not be started, or the first that went
// wrong; "" if none did.
func (l *Live) Failed() string {
	if l.err != nil {
		return l.err.Error()
	}
	return l.Snapshot().Failed()
}

// Update answers a message. It reports whether the message was for it.
func (l *Live) Update(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case frameMsg:
		return l.frame(int(msg)), true
	case tea.KeyPressMsg:
		if l.output(msg.String()) {
			return nil, true
		}
		return l.key(msg.String())
	}
	return nil, false
}

// Lines are the frame for a window of that size.
func (l *Live) Lines(width, height int) []string {
	began := time.Now()
	lines, hidden := draw(l.scene(width, height))
	l.scroll = min(l.scroll, max(hidden, 0))
	l.drawing = time.Since(began)
	return lines
}

// Final are the lines that stay when a stage in the scrollback is left.
func (l *Live) Final(width, height int) []string {
	l.cursor, l.replay = -1, time.Time{}
	s := l.scene(width, height)
	for i := range s.Panels {
		s.Panels[i].Status.Measuring = false // it is not waited for
	}
	s.Keys = ""
	return Draw(s)
}
