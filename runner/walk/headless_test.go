package walk

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"

	"gosyncio/runner/environ"
	"gosyncio/runner/exercise"
	"gosyncio/runner/player"
	"gosyncio/runner/practice"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	// Most of what these tests do is wait for runs.
	if n := 4 * runtime.NumCPU(); n > runtime.GOMAXPROCS(0) {
		flag.Set("test.parallel", strconv.Itoa(n))
	}
	goleak.VerifyTestMain(m)
}

// withoutPython, in the environment, makes runs that are in Go alone.
const withoutPython = player.PythonVariable + "=nosuchpython"

// patience is how long to wait for what must come. It only passes whole
// when a test fails.
const patience = time.Minute

// A headless is a screen without a terminal: what would stand on it are lines,
// keys are messages, and a question waits until the test answers it. The
// lessons on it really run.
type headless struct {
	t       *testing.T
	tour    *Tour
	journal string // the path of what is kept
	ctx     context.Context
	leave   context.CancelFunc

	commands sync.WaitGroup // of the programs that have run

	columns, rows int
	colours       bool
	input         chan input

	mu       sync.Mutex
	changed  *sync.Cond
	frame    string           // what stands on the screen, without colours
	question *screen.Question // that is being asked; nil if none is
	model    tea.Model        // the program that runs, or did last
	pending  int              // how many commands of the program have not been answered
	answers  chan answer
	over     bool
	err      error // how it ended, once it is over
	late     bool
	seen     map[rune]bool // characters that have stood on the screen
}

// input is a message, and where to say that it has been answered.
type input struct {
	msg  tea.Msg
	done chan struct{}
}

// answer is what was chosen, and where to say that it has been taken.
type answer struct {
	chosen []int
	err    error
	done   chan struct{}
}

// headlessOptions say how large a headless screen is and what the learner has done before.
type headlessOptions struct {
	columns, rows int // 0 is 80 and 24
	colours       bool
	environ       []string
	done          func(*progress.State)
	journal       string // the path of what another one has kept; "" is a learner who has seen the first screen
	first         bool   // who has not
}

// start starts what begin does on a headless screen.
func start(t *testing.T, o headlessOptions, begin func(context.Context, *Tour) error) *headless {
	t.Helper()
	d := &headless{
		t: t, columns: o.columns, rows: o.rows, colours: o.colours, journal: o.journal,
		input: make(chan input), answers: make(chan answer), seen: map[rune]bool{},
	}
	if d.columns == 0 {
		d.columns, d.rows = 80, 24
	}
	if d.journal == "" {
		d.journal = filepath.Join(t.TempDir(), "progress.json")
		if before := o.done; !o.first {
			o.done = func(s *progress.State) {
				s.Welcome(time.Now())
				if before != nil {
					before(s)
				}
			}
		}
	}
	if o.done != nil {
		if _, err := progress.Open(d.journal).Update(o.done); err != nil {
			t.Fatal(err)
		}
	}
	if o.environ == nil {
		o.environ = []string{withoutPython}
	}
	d.changed = sync.NewCond(&d.mu)
	d.ctx, d.leave = context.WithCancel(context.Background())
	p := player.New(append(os.Environ(), append(o.environ, "GORACE=atexit_sleep_ms=0")...))
	d.tour = NewTour(d, p, progress.NewJournal(progress.Open(d.journal), nil))
	d.tour.Room = practice.Room{ // without a go command: nothing is built
		Checker: exercise.NewChecker(environ.Environ{"PATH="}), Folder: filepath.Join(filepath.Dir(d.journal), "workspace"),
	}
	var sitting sync.WaitGroup
	sitting.Go(func() {
		err := begin(d.ctx, d.tour)
		d.tour.journal.Close()
		d.set(func() { d.over, d.err, d.frame = true, err, "" })
	})
	t.Cleanup(func() {
		d.leave()
		sitting.Wait()
		d.commands.Wait() // as of Bubble Tea, nobody waits for one before
	})
	return d
}

// menu is for start: it opens the menu.
func menu(ctx context.Context, t *Tour) error { return t.Menu(ctx) }

// present is for start: it takes a room through tasks.
func present(ctx context.Context, t *Tour) error { return t.Present(ctx, "tasks") }

// standsOn is a learner who has come to a page of a lesson.
func standsOn(lesson string, page int) func(*progress.State) {
	return func(s *progress.State) { s.ReadPage(lesson, page, time.Now()) }
}

// set changes the screen and tells whoever waits.
func (d *headless) set(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
	d.changed.Broadcast()
}

func (d *headless) Size() (columns, rows int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.columns, d.rows
}

func (d *headless) Colours() bool { return d.colours }

// Run does what Bubble Tea does, without a terminal.
func (d *headless) Run(ctx context.Context, speaker screen.Speaker, _ bool) error {
	m := tea.Model(speaker)
	ctx, cancel := context.WithCancel(ctx)
	heard := make(chan tea.Msg)
	defer cancel()
	done := func() { d.set(func() { d.pending-- }) }
	var start func(tea.Cmd)
	start = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		d.set(func() { d.pending++ })
		d.commands.Go(func() {
			msg := cmd()
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, cmd := range batch {
					start(cmd)
				}
				done()
				return
			}
			select {
			case heard <- msg:
			case <-ctx.Done():
				done()
			}
		})
	}
	d.set(func() { d.model = m })
	start(m.Init())
	columns, rows := d.Size()
	answered := func() {}
	for msg := tea.Msg(tea.WindowSizeMsg{Width: columns, Height: rows}); ; {
		if key, ok := msg.(tea.KeyPressMsg); ok {
			if meant, ok := screen.Everywhere(key); ok {
				msg = meant
			}
		}
		switch msg.(type) {
		case tea.QuitMsg, tea.InterruptMsg:
			d.set(func() { d.frame = "" })
			answered()
			if _, ok := msg.(tea.InterruptMsg); ok {
				return prompt.ErrInterrupted
			}
			return nil
		}
		var cmd tea.Cmd
		m, cmd = m.Update(msg)
		d.set(func() { d.frame = ansi.Strip(m.View().Content) })
		d.certain()
		if quits(cmd) {
			d.set(func() { d.frame = "" })
			answered()
			if _, ok := cmd().(tea.InterruptMsg); ok {
				return prompt.ErrInterrupted
			}
			return nil
		}
		start(cmd)
		answered()
		select {
		case msg = <-heard:
			answered = done
		case in := <-d.input:
			msg, answered = in.msg, func() { close(in.done) }
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// quits reports whether a command is one of those that end a program. They
// can be called, for they do not wait.
func quits(cmd tea.Cmd) bool {
	name := func(f tea.Cmd) string { return fmt.Sprintf("%p", f) }
	return cmd != nil && (name(cmd) == name(tea.Quit) || name(cmd) == name(tea.Interrupt))
}

func (d *headless) Choose(ctx context.Context, q screen.Question) (int, error) {
	chosen, err := d.ask(ctx, q)
	if err != nil {
		return 0, err
	}
	return chosen[0], nil
}

func (d *headless) ChooseSeveral(ctx context.Context, q screen.Question) ([]int, error) {
	return d.ask(ctx, q)
}

func (d *headless) ask(ctx context.Context, q screen.Question) ([]int, error) {
	lines := append(slices.Clone(q.Above), q.Text)
	for i, choice := range q.Choices {
		sign := "  "
		if i == q.Current {
			sign = "> "
		}
		lines = append(lines, sign+choice.Label)
	}
	d.set(func() { d.question, d.frame = &q, ansi.Strip(strings.Join(lines, "\n")) })
	gone := func() { d.set(func() { d.question, d.frame = nil, "" }) }
	select {
	case a := <-d.answers:
		gone()
		close(a.done)
		return a.chosen, a.err
	case <-ctx.Done():
		gone()
		return nil, ctx.Err()
	}
}

// answer answers the question that is being asked with these choices.
func (d *headless) answer(chosen ...int) {
	d.t.Helper()
	d.reply(answer{chosen: chosen})
}
