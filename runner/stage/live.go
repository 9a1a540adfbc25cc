package stage

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// A frame is drawn as soon as there is something new, but not sooner than
// frameLeast after the one before, and at the latest after frameMost, for
// time goes on too. A frame that took long to draw makes the pause longer,
// so that drawing takes at most one part in drawShare of a CPU.
const (
	frameLeast = 16 * time.Millisecond
	frameMost  = 66 * time.Millisecond
	drawShare  = 8
)

// Options say what a Live stage plays and how.
type Options struct {
	Title, Position, Caption string
	// Play starts the runs. Live waits for them.
	Play func() (*player.Comparison, error)
	// Switch switches Python on or off for the next Play; nil if it is all
	// that there is.
	Switch  func()
	Palette Palette
	// KeysGoing and KeysEnded are the caller's part of the line of keys.
	KeysGoing, KeysEnded string
	// Fill makes the frame as high as the window.
	Fill bool
}

// A Prediction is what somebody expects of runs.
type Prediction interface {
	// Mark is a time to mark on the axis of one of the runs; 0 is none.
	Mark() (time.Duration, player.Kind)
	// Notes say what is expected and, once the runs have ended, what
	// came of it.
	Notes(c *player.Comparison, ended bool) []string
}

// Live plays runs on a live screen: part of a Bubble Tea model, which hands
// it messages and shows its lines.
type Live struct {
	options    Options
	expected   Prediction // nil is nothing
	comparison *player.Comparison
	err        error                         // the runs could not be started
	cursor     time.Duration                 // negative is none
	drawing    time.Duration                 // how long the last frame took to draw
	generation int                           // of the runs; frames of earlier ones are dropped
	replay     time.Time                     // when the recordings began to be played together; zero if they have not
	before     map[player.Kind]time.Duration // what the runs before took
}

// frameMsg asks for a frame of the runs of that generation.
type frameMsg int

// NewLive is a stage on which nothing plays yet.
func NewLive(o Options) *Live {
	return &Live{options: o, cursor: -1, before: map[player.Kind]time.Duration{}}
}

// Comparison is what is being played, or has been; nil before the start.
func (l *Live) Comparison() *player.Comparison { return l.comparison }

// Expected is what is expected of the runs; nil is nothing.
func (l *Live) Expected() Prediction { return l.expected }

// Predict sets what is expected of the runs from now on; nil is nothing.
func (l *Live) Predict(p Prediction) { l.expected = p }

// Caption sets what is said beside the title, such as the settings.
func (l *Live) Caption(caption string) { l.options.Caption = caption }

// Start starts the runs.
func (l *Live) Start() tea.Cmd {
	if l.comparison != nil {
		for kind, elapsed := range l.comparison.Elapsed() {
			l.before[kind] = elapsed
		}
	}
	l.comparison, l.err = l.options.Play()
	l.cursor, l.replay = -1, time.Time{}
	l.generation++
	if l.err != nil {
		return nil
	}
	return l.nextFrame()
}

func (l *Live) nextFrame() tea.Cmd {
	generation := frameMsg(l.generation)
	pause, comparison := max(frameLeast, l.drawing*drawShare), l.comparison
	return func() tea.Msg {
		time.Sleep(pause)
		select {
		case <-comparison.Changed():
		case <-comparison.Done():
		case <-time.After(frameMost):
		}
		return generation
	}
}

// Close stops the runs and waits until no child is left.
func (l *Live) Close() {
	if l.comparison != nil {
		l.comparison.Cancel()
		l.comparison.Wait()
	}
}

// Ended is whether all runs have ended.
func (l *Live) Ended() bool {
	if l.comparison == nil {
		return true
	}
	select {
	case <-l.comparison.Done():
		return true
	default:
		return false
	}
}

// Failed is why the runs could not be started, or the first that went
// wrong; "" if none did.
func (l *Live) Failed() string {
	if l.err != nil {
		return l.err.Error()
	}
	return failed(l.comparison)
}

// Update answers a message. It reports whether the message was for it.
func (l *Live) Update(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case frameMsg:
		return l.frame(int(msg)), true
	case tea.KeyPressMsg:
		return l.key(msg.String())
	}
	return nil, false
}

// frame is what follows a frame: the next, as long as something moves.
func (l *Live) frame(generation int) tea.Cmd {
	switch {
	case generation != l.generation:
		return nil
	case !l.Ended():
		return l.nextFrame()
	case l.oneAtATime() && l.replay.IsZero():
		l.replay = time.Now()
	}
	if !l.replaying(time.Now()) {
		return nil
	}
	return tea.Tick(frameMost/2, func(time.Time) tea.Msg { return frameMsg(generation) })
}

// oneAtATime is whether the runs were made one after the other. Their
// recordings are then played together.
func (l *Live) oneAtATime() bool {
	return l.comparison.Lesson.OneAtATime && len(l.comparison.Present()) > 1
}

// replaying is whether the recordings are being played.
func (l *Live) replaying(now time.Time) bool {
	if l.replay.IsZero() || l.cursor >= 0 {
		return false
	}
	var longest time.Duration
	for _, run := range l.comparison.Present() {
		longest = max(longest, run.Status().Elapsed)
	}
	return now.Sub(l.replay) < longest
}

func (l *Live) key(key string) (cmd tea.Cmd, handled bool) {
	if key == "p" && l.options.Switch != nil {
		l.Close()
		l.options.Switch()
		return l.Start(), true
	}
	if !l.Ended() {
		return nil, false
	}
	scale := l.scene(MinWidth, MinHeight).scale()
	step := scale / 100
	switch key {
	case "r":
		return l.Start(), true
	}
	if !l.traced() {
		return nil, false
	}
	switch key {
	case "right", "l":
		l.look(l.cursor+step, scale)
	case "left", "h":
		l.look(l.cursor-step, scale)
	case "shift+right", "pgdown":
		l.look(l.cursor+10*step, scale)
	case "shift+left", "pgup":
		l.look(l.cursor-10*step, scale)
	case "home":
		l.look(0, scale)
	case "end":
		l.look(scale-step, scale)
	case "esc":
		l.cursor = -1
	default:
		return nil, false
	}
	return nil, true
}

// look moves the cursor. The first move puts it into the middle.
func (l *Live) look(t, scale time.Duration) {
	if l.cursor < 0 {
		t = scale / 2
	}
	l.cursor = min(max(t, 0), scale-1)
}

// Lines are the frame for a window of that size.
func (l *Live) Lines(width, height int) []string {
	began := time.Now()
	lines := Draw(l.scene(width, height))
	l.drawing = time.Since(began)
	return lines
}

func (l *Live) scene(width, height int) Scene {
	s := Scene{
		Title: l.options.Title, Position: l.options.Position, Caption: l.options.Caption,
		Cursor: l.cursor, Width: width, Height: height,
		Fill: l.options.Fill, Palette: l.options.Palette,
		Keys: l.options.KeysGoing,
	}
	if l.err != nil {
		s.Notes = append(s.Notes, s.Palette.bad.Sprint(l.err.Error()))
	}
	if l.comparison == nil {
		s.Keys = l.options.KeysEnded
		return s
	}
	ended := l.Ended() // asked once and first: what a frame says of the end is true of all of it
	if ended {
		s.Keys = l.options.KeysEnded
	}
	s.Keys += l.keys(ended)
	now := time.Now()
	s.Panels = panels(l.comparison, now)
	for i, p := range s.Panels {
		s.Panels[i].Before = l.before[p.Job.Kind()]
	}
	if p := l.expected; p != nil {
		mark, kind := p.Mark()
		for i, panel := range s.Panels {
			if panel.Job.Kind() == kind {
				s.Panels[i].Mark = mark
			}
		}
		s.Notes = append(s.Notes, p.Notes(l.comparison, ended && !l.replaying(now))...)
	}
	if missing := l.comparison.Missing(); missing != nil {
		s.Notes = append(s.Notes, "nothing in Python: "+missing.What, missing.Next)
	}
	if l.oneAtATime() {
		note := "run one after the other, for they would take the CPUs from each other"
		if ended {
			note += "; played together"
		}
		s.Notes = append(s.Notes, note)
	}
	var notes []string
	for _, note := range s.Notes {
		notes = append(notes, strings.Split(ansi.Wordwrap(note, max(width-2, 1), ""), "\n")...)
	}
	s.Notes = notes
	if l.replaying(now) {
		for i := range s.Panels {
			s.Panels[i].rewind(now.Sub(l.replay))
		}
	}
	return s
}

// keys are those that Live itself answers, for the line of keys.
func (l *Live) keys(ended bool) string {
	const python, again, look, looking = "   p Python", "   r again", "   ←→ look", "   ←→ move   esc stop looking"
	if l.cursor >= 0 {
		return looking
	}
	keys := ""
	if ended {
		keys += again
	}
	if l.options.Switch != nil {
		keys += python
	}
	if ended && l.traced() {
		keys += look
	}
	return keys
}

// traced is whether there is a timeline to look at.
func (l *Live) traced() bool {
	return l.comparison != nil && slices.ContainsFunc(l.comparison.Present(), func(r *player.Run) bool { return r.Status().Traced })
}

// Final are the lines that stay when a stage in the scrollback is left.
func (l *Live) Final(width, height int) []string {
	s := l.scene(width, height)
	s.Keys, s.Cursor = "", -1
	return Draw(s)
}

// failed is the first thing that went wrong in the runs, or "".
func failed(c *player.Comparison) string {
	for _, run := range c.Present() {
		if err := run.Status().Err; err != "" {
			return run.Job.Variant.Name + ": " + err
		}
	}
	if missing := c.Missing(); missing != nil && len(c.Present()) == 0 {
		return missing.What
	}
	return ""
}
