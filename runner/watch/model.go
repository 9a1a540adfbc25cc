package watch

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/export"
	"gosyncio/runner/findings"
	"gosyncio/runner/follow"
	"gosyncio/runner/player"
	"gosyncio/runner/screen"
	"gosyncio/runner/show"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// A Run is a program that is shown. A *follow.Run is one.
type Run interface {
	Name() string
	Language() player.Language
	Status() player.Status
	Window(from, to time.Duration) (lanes []timeline.Lane, since time.Duration)
	Findings() []findings.Finding
}

// Programs are those that are shown together. A *follow.Session can be made
// into them.
type Programs struct {
	Runs    []Run
	Changed <-chan struct{}
	Done    <-chan struct{} // closed when all have ended
	Stop    func()          // asks them to end; nil if they ended long ago
	// Save writes down what is recorded, and says where; nil if it has been.
	Save func() (file string, err error)
	// Document makes what is written down of programs that have ended, in
	// whichever form.
	Document func() *export.Document
	// HasOutput says that what they print is shown beside; else it goes
	// elsewhere.
	HasOutput bool
}

// Of are the programs of a session.
func Of(s *follow.Session) Programs {
	p := Programs{Changed: s.Changed(), Done: s.Done(), Stop: s.Stop, HasOutput: true}
	for _, r := range s.Runs {
		p.Runs = append(p.Runs, r)
	}
	return p
}

// Show shows programs until the learner quits; then they are asked to end. The
// error is that of screen.Screen.Run.
func Show(ctx context.Context, s *screen.Screen, p Programs) error {
	m := newModel(p, s.Colours())
	defer m.exporter.Wait()
	return s.Run(ctx, m, true)
}

// A pane stands below the lanes.
type pane uint8

const (
	outputPane pane = iota
	lanePane        // what there is to say of one lane
	foundPane       // what looks wrong, and why
	helpPane
)

// Model shows programs; a Bubble Tea model.
type Model struct {
	programs Programs
	palette  stage.Palette
	folds    []*folding // of each run
	window   window
	pane     pane
	tall     bool // the output has the larger part
	run      int  // in which the selected row is
	selected int  // its index among the rows of the run
	scroll   []int
	back     int // lines that the output is scrolled back
	top      int // lines of what is found, or of the keys, that are above what is shown
	typing   bool
	typed    string
	said     string
	asks     string // in place of the keys
	exporter show.Exporter

	width, height int
	shown         []panel // that were drawn last
	still         *still
	drawing       time.Duration
	quitting      bool
	ended         bool
	now           func() time.Time
}

var _ screen.Speaker = (*Model)(nil)

func newModel(p Programs, colours bool) *Model {
	m := &Model{programs: p, palette: stage.NewPalette(colours), window: newWindow(), scroll: make([]int, len(p.Runs)), now: time.Now, width: 80, height: 24}
	for range p.Runs {
		m.folds = append(m.folds, newFolding())
	}
	return m
}

// frameMsg asks for a frame.
type frameMsg struct{}

// How far frames are apart: as on the stage, what took long to draw makes the
// pause longer.
const (
	frameLeast = 33 * time.Millisecond
	frameMost  = 100 * time.Millisecond
	pauseMost  = 500 * time.Millisecond
	drawShare  = 8
)

// Init begins the frames.
func (m *Model) Init() tea.Cmd { return m.next() }

// next waits for what is new. While nothing moves there are no frames.
func (m *Model) next() tea.Cmd {
	if m.ended {
		return nil
	}
	pause, p := min(max(frameLeast, m.drawing*drawShare), pauseMost), m.programs
	return func() tea.Msg {
		time.Sleep(pause)
		select {
		case <-p.Changed:
		case <-p.Done:
		case <-time.After(frameMost):
		}
		return frameMsg{}
	}
}

// Update answers a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); !ok || !m.typing && m.pane != helpPane {
		if cmd, handled := m.exporter.Update(msg, m, m.document()); handled {
			return m, cmd
		}
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case frameMsg:
		select {
		case <-m.programs.Done:
			m.ended = true // this frame is the last
		default:
		}
		return m, m.next()
	case tea.ResumeMsg:
		return m, m.next()
	case tea.KeyPressMsg:
		return m, m.key(msg)
	}
	return m, nil
}

// document makes what is written down of the programs; nil while they run.
func (m *Model) document() func() *export.Document {
	if !m.ended {
		return nil
	}
	return m.programs.Document
}

// Ask puts a line in the place of that of the keys; "" puts those back.
func (m *Model) Ask(keys string) { m.asks = keys }

// Say says something in the place of the keys, until the next key.
func (m *Model) Say(text string) { m.said = text }

// key answers a key.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	if m.typing {
		m.typeFilter(msg)
		return nil
	}
	if m.pane == helpPane {
		switch msg.String() {
		case "[", "up":
			m.scrollBelow(1)
		case "]", "down":
			m.scrollBelow(-1)
		default:
			m.pane = outputPane
		}
		return nil
	}
	now, since, length := m.times()
	switch key := msg.String(); key {
	case "q":
		m.quitting = true
		return tea.Quit
	case "x":
		if !m.ended {
			m.programs.Stop()
			m.said = "asked to end, as by Ctrl-C"
		}
	case "?":
		m.pane, m.top = helpPane, 0
	case "space", " ":
		m.window.hold(now)
	case "+", "=":
		m.window.zoom(true, length)
	case "-", "_":
		m.window.zoom(false, length)
	case "left", "h":
		m.window.move(-0.1, length, since, now)
	case "right", "l":
		m.window.move(0.1, length, since, now)
	case "pgup", "shift+left":
		m.window.move(-0.9, length, since, now)
	case "pgdown", "shift+right":
		m.window.move(0.9, length, since, now)
	case "home":
		m.window.first(length, since, now)
	case "end":
		m.window.held = -1
	case "up", "k":
		m.move(-1)
	case "down", "j":
		m.move(1)
	case "tab":
		m.run, m.selected = (m.run+1)%len(m.programs.Runs), 0
	case "enter":
		m.enter()
	case "/":
		m.typing, m.typed = true, m.folds[0].filter
	case "f":
		if m.pane == foundPane {
			m.pane = outputPane
		} else {
			m.pane, m.top = foundPane, 0
		}
	case "o":
		m.tall, m.pane = !m.tall, outputPane
	case "[":
		m.scrollBelow(1)
	case "]":
		m.scrollBelow(-1)
	case "w":
		m.save()
	case "esc":
		m.escape()
	}
	return nil
}

// scrollBelow scrolls what stands under the lanes a step back, or for -1 forth.
func (m *Model) scrollBelow(back int) {
	step := back * max(m.height/3, 1)
	if m.pane == foundPane || m.pane == helpPane {
		m.top = max(m.top-step, 0)
		return
	}
	m.back = max(m.back+step, 0)
}

// escape takes back one thing: a lane that is looked at, the filter, that the
// window stands still.
func (m *Model) escape() {
	switch {
	case m.pane != outputPane:
		m.pane = outputPane
	case m.folds[0].filter != "":
		m.filter("")
	default:
		m.window.held, m.back = -1, 0
	}
}

func (m *Model) save() {
	if m.programs.Save == nil {
		return
	}
	file, err := m.programs.Save()
	if err != nil {
		m.said = "not written: " + err.Error()
		return
	}
	m.said = "written to " + file + ", for: gosyncio export " + file + " --to trace"
}

// typeFilter takes a key for the filter that is typed. It holds at once.
func (m *Model) typeFilter(msg tea.KeyPressMsg) {
	switch key := msg.String(); {
	case key == "enter":
		m.typing = false
	case key == "esc":
		m.typing, m.typed = false, ""
	case key == "backspace":
		if runes := []rune(m.typed); len(runes) > 0 {
			m.typed = string(runes[:len(runes)-1])
		}
	case key == "ctrl+u":
		m.typed = ""
	case msg.Text != "":
		m.typed += terminal.Printable(msg.Text)
	}
	m.filter(m.typed)
}

func (m *Model) filter(text string) {
	for _, f := range m.folds {
		f.filter = text
	}
	m.selected = 0
}

// move moves the selection, from one run to the next.
func (m *Model) move(by int) {
	if m.run >= len(m.shown) {
		return
	}
	m.selected += by
	switch rows := len(m.shown[m.run].rows); {
	case m.selected < 0 && m.run > 0:
		m.run--
		m.selected = max(len(m.shown[m.run].rows)-1, 0)
	case m.selected < 0:
		m.selected = 0
	case m.selected >= rows && m.run+1 < len(m.shown):
		m.run, m.selected = m.run+1, 0
	case m.selected >= rows:
		m.selected = max(rows-1, 0)
	}
}

// enter opens the group that is selected, or folds it; of a lane it tells more.
func (m *Model) enter() {
	selected, ok := m.selection()
	switch {
	case !ok:
	case selected.fold:
		m.folds[m.run].opened[selected.key] = !selected.open
	case m.pane == lanePane:
		m.pane = outputPane
	default:
		m.pane = lanePane
	}
}

// selection is the row that is selected.
func (m *Model) selection() (row, bool) {
	if m.run >= len(m.shown) || m.selected >= len(m.shown[m.run].rows) {
		return row{}, false
	}
	return m.shown[m.run].rows[m.selected], true
}

// times are how far the runs have come, since when something is known of them,
// and how long the window is.
func (m *Model) times() (now, since, length time.Duration) {
	since = -1
	for _, r := range m.programs.Runs {
		now = max(now, r.Status().At(m.now()))
		_, known := r.Window(0, 0)
		if since < 0 || known < since {
			since = known
		}
	}
	since = max(since, 0)
	_, length = m.window.bounds(now, since, m.ended)
	return now, since, length
}

// Text is what is said, where there is no screen.
func (m *Model) Text() screen.Text {
	return screen.Text{Lines: m.outputLines(0), Busy: !m.ended, Now: "q", Keys: "q quit"}
}

// helpLines say what the keys do.
func (m *Model) helpLines() []string {
	keys := [][2]string{
		{"up, down", "choose a lane"},
		{"tab", "the next program"},
		{"enter", "what the lane waits for, where, since when; opens what is folded"},
		{"space", "hold the picture; the recording goes on"},
		{"left, right", "look back and forth; pgup, pgdn further, home, end"},
		{"+, -", "more or fewer seconds"},
		{"/", "only lanes with a text in their name, place or reason"},
		{"f", "what looks wrong, and why"},
		{"o", "more room for the output"},
		{"[, ]", "scroll the output, what looks wrong, and these keys"},
	}
	if m.programs.Save != nil {
		keys = append(keys, [2]string{"w", "write what is recorded into a file"})
	}
	switch {
	case m.document() != nil:
		keys = append(keys, [2]string{"e", "write it into a file, as a page, a picture or a trace"}, [2]string{"q", "quit"})
	case m.ended:
		keys = append(keys, [2]string{"q", "quit"})
	default:
		keys = append(keys, [2]string{"x", "ask the program to end, as by Ctrl-C"}, [2]string{"q", "quit; the program ends"})
	}
	return terminal.Keys(slices.Concat(keys, terminal.KeysEverywhere()), m.width-2)
}

// state says how far the runs have come, and what the window does.
func (m *Model) state(now time.Duration) string {
	var parts []string
	if m.ended {
		parts = append(parts, "ended")
	} else {
		parts = append(parts, fmt.Sprintf("runs for %s", stage.Seconds(now)))
	}
	if m.window.holds() {
		parts = append(parts, "held at "+stage.Seconds(m.window.held))
	}
	if f := m.folds[0].filter; f != "" && !m.typing {
		parts = append(parts, "only "+f)
	}
	return strings.Join(parts, ", ")
}
