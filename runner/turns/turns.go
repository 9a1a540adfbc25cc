// Package turns is the game in which the learner is the scheduler: of a small
// program's goroutines the learner says which goes on, one step at a time,
// until the goal is reached. What happens is package schedule's business.
package turns

import (
	"context"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"gosyncio/lessons/schedules"
	"gosyncio/runner/schedule"
	"gosyncio/runner/terminal"
)

// A Model is a program on the screen. It must be closed.
type Model struct {
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup // children
	player  schedule.Player
	colours bool

	program schedules.Program // one of schedules.All
	mended  bool              // the version that holds is played
	choices []int             // so far
	report  *schedule.Report  // where they lead, or did before the last; nil until that is known
	looking bool              // for where they lead
	ask     int               // which answer is waited for
	tries   int               // which answer of all orders
	chosen  int               // of those who are at a point
	orders  *schedule.Report  // of all orders; nil if they were not tried
	trying  bool              // all orders
	python  bool              // the twin is shown
	err     error

	help          bool
	scroll        int
	width, height int
	quitting      bool
}

// New is a model of a program.
func New(ctx context.Context, player schedule.Player, p schedules.Program, colours bool) *Model {
	ctx, cancel := context.WithCancel(ctx)
	return &Model{ctx: ctx, cancel: cancel, player: player, program: p, colours: colours}
}

// Close ends what goes on, and waits until nothing does.
func (m *Model) Close() {
	m.cancel()
	m.running.Wait()
}

// answer runs something in the background, for the command that it returns.
func (m *Model) answer(run func() reportMsg) tea.Cmd {
	found := make(chan reportMsg, 1)
	m.running.Go(func() { found <- run() })
	return func() tea.Msg { return <-found }
}

// A reportMsg is where the choices lead, or all orders.
type reportMsg struct {
	ask    int
	all    bool
	report schedule.Report
	err    error
}

// Init finds where the program begins.
func (m *Model) Init() tea.Cmd { return m.look() }

// look finds where the choices lead.
func (m *Model) look() tea.Cmd {
	m.ask++
	m.looking, m.err, m.scroll = true, nil, 0
	ask, ctx, player, name, mended, choices := m.ask, m.ctx, m.player, m.program.Name, m.mended, slices.Clone(m.choices)
	return m.answer(func() reportMsg {
		r, err := player.After(ctx, name, mended, choices)
		return reportMsg{ask, false, r, err}
	})
}

// tryAll tries all orders.
func (m *Model) tryAll() tea.Cmd {
	if m.trying {
		return nil
	}
	m.trying = true
	m.tries++
	try, ctx, player, name, mended := m.tries, m.ctx, m.player, m.program.Name, m.mended
	return m.answer(func() reportMsg {
		r, err := player.All(ctx, name, mended)
		return reportMsg{try, true, r, err}
	})
}

// begin begins a program, or one anew.
func (m *Model) begin(p schedules.Program, mended bool) tea.Cmd {
	m.program, m.mended = p, mended
	m.choices, m.report, m.orders, m.trying, m.err, m.chosen, m.scroll = nil, nil, nil, false, nil, 0, 0
	return m.look()
}

// Update answers messages.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if m.quitting {
		return m, nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = terminal.SizeOr(msg.Width, msg.Height)
	case reportMsg:
		m.found(msg)
	case tea.KeyPressMsg:
		return m, m.key(msg.String())
	}
	return m, nil
}

func (m *Model) found(msg reportMsg) {
	switch {
	case msg.all && m.trying && msg.ask == m.tries:
		m.trying = false
		if m.err = msg.err; m.err == nil {
			m.orders = &msg.report
		}
	case msg.all || msg.ask != m.ask: // of another program, or of before
	case msg.err != nil:
		m.looking, m.report, m.err = false, nil, msg.err
	default:
		m.looking, m.report = false, &msg.report
		m.chosen = min(m.chosen, max(len(m.report.At)-1, 0))
	}
}

// over reports whether the program has ended.
func (m *Model) over() bool { return m.report != nil && m.report.Outcome != nil }

func (m *Model) key(key string) tea.Cmd {
	if m.help {
		m.help = false
		return nil
	}
	switch key {
	case "up", "k":
		m.chosen = max(m.chosen-1, 0)
	case "down", "j":
		if m.report != nil {
			m.chosen = min(m.chosen+1, max(len(m.report.At)-1, 0))
		}
	case "enter", "space", "right":
		return m.choose(m.chosen)
	case "1", "2", "3", "4":
		return m.choose(int(key[0] - '1'))
	case "u", "left", "backspace":
		if len(m.choices) > 0 {
			m.choices = m.choices[:len(m.choices)-1]
			return m.look()
		}
	case "r":
		return m.begin(m.program, m.mended)
	case "v":
		return m.begin(m.program, !m.mended)
	case "a":
		return m.tryAll()
	case "p":
		m.python, m.scroll = !m.python, 0
	case "n", "b":
		return m.other(key == "n")
	case "pgdown":
		m.scroll += m.space()
	case "pgup":
		m.scroll -= m.space()
	case "?":
		m.help = true
	case "q", "esc", "m":
		m.quitting = true
		return tea.Quit
	}
	return nil
}

// choose lets who stands there go on, if somebody does.
func (m *Model) choose(i int) tea.Cmd {
	if m.looking || m.report == nil || i >= len(m.report.At) {
		return nil
	}
	m.choices = append(m.choices, i)
	return m.look()
}

// other goes to the next program, or to the one before.
func (m *Model) other(next bool) tea.Cmd {
	all := schedules.All()
	i := slices.IndexFunc(all, func(p schedules.Program) bool { return p.Name == m.program.Name })
	if next {
		i++
	} else {
		i--
	}
	if i < 0 || i == len(all) {
		return nil
	}
	m.python = false
	return m.begin(all[i], false)
}

// space is how many lines the window shows between its head and its foot.
func (m *Model) space() int { return max(m.height-5, 1) }
