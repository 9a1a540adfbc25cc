package walk

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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

	"gosyncio/runner/player"
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

// A desk is a Screen without a terminal: what would stand on it are lines,
// keys are messages, and a question waits until the test answers it. The
// lessons on it really run.
type desk struct {
	t       *testing.T
	tour    *Tour
	journal string // the path of what is kept
	ctx     context.Context
	leave   context.CancelFunc

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

// deskOptions say where a desk stands and what the learner has done before.
type deskOptions struct {
	columns, rows int // 0 is 80 and 24
	colours       bool
	environ       []string
	done          func(*progress.State)
	journal       string // the path of what another desk has kept; "" is a new learner
}

// sit starts what begin does on a desk.
func sit(t *testing.T, o deskOptions, begin func(context.Context, *Tour) error) *desk {
	t.Helper()
	d := &desk{
		t: t, columns: o.columns, rows: o.rows, colours: o.colours, journal: o.journal,
		input: make(chan input), answers: make(chan answer),
	}
	if d.columns == 0 {
		d.columns, d.rows = 80, 24
	}
	if d.journal == "" {
		d.journal = filepath.Join(t.TempDir(), "progress.json")
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
	var sitting sync.WaitGroup
	sitting.Go(func() {
		err := begin(d.ctx, d.tour)
		d.tour.journal.Close()
		d.set(func() { d.over, d.err, d.frame = true, err, "" })
	})
	t.Cleanup(func() {
		d.leave()
		sitting.Wait()
	})
	return d
}

// menu is for sit: it opens the menu.
func menu(ctx context.Context, t *Tour) error { return t.Menu(ctx) }

// present is for sit: it takes a room through tasks.
func present(ctx context.Context, t *Tour) error { return t.Present(ctx, "tasks") }

// standsOn is a learner who has come to a page of a lesson.
func standsOn(lesson string, page int) func(*progress.State) {
	return func(s *progress.State) { s.ReadPage(lesson, page, time.Now()) }
}

// set changes the desk and tells whoever waits.
func (d *desk) set(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
	d.changed.Broadcast()
}

func (d *desk) Size() (columns, rows int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.columns, d.rows
}

func (d *desk) Colours() bool { return d.colours }

// Run does what Bubble Tea does, without a terminal.
func (d *desk) Run(ctx context.Context, m tea.Model, _ bool) error {
	ctx, cancel := context.WithCancel(ctx)
	heard := make(chan tea.Msg)
	var commands sync.WaitGroup
	defer commands.Wait()
	defer cancel()
	done := func() { d.set(func() { d.pending-- }) }
	var start func(tea.Cmd)
	start = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		d.set(func() { d.pending++ })
		commands.Go(func() {
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

func (d *desk) Choose(ctx context.Context, q screen.Question) (int, error) {
	chosen, err := d.ask(ctx, q)
	if err != nil {
		return 0, err
	}
	return chosen[0], nil
}

func (d *desk) ChooseSeveral(ctx context.Context, q screen.Question) ([]int, error) {
	return d.ask(ctx, q)
}

func (d *desk) ask(ctx context.Context, q screen.Question) ([]int, error) {
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

// press presses keys, as Bubble Tea names them, one after the other; each
// has been answered when the next is pressed.
func (d *desk) press(keys ...string) {
	d.t.Helper()
	for _, name := range keys {
		d.send(key(name))
	}
}

// send hands the program a message and waits until it has been answered.
func (d *desk) send(msg tea.Msg) {
	d.t.Helper()
	in := input{msg, make(chan struct{})}
	select {
	case d.input <- in:
		<-in.done
	case <-time.After(patience):
		d.t.Fatalf("nobody takes %v:\n%s", msg, d.text())
	}
}

// resize changes the size of the window. What a question looks like then is
// for package screen to know.
func (d *desk) resize(columns, rows int) {
	d.t.Helper()
	asked := false
	d.set(func() { d.columns, d.rows, asked = columns, rows, d.question != nil })
	if !asked {
		d.send(tea.WindowSizeMsg{Width: columns, Height: rows})
	}
}

// key is the message of a key.
func key(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "space": tea.KeySpace, "backspace": tea.KeyBackspace,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// choose answers the question that is being asked with the one choice that
// contains the text.
func (d *desk) choose(text string) {
	d.t.Helper()
	d.answer(d.index(text))
}

// answer answers the question that is being asked with these choices.
func (d *desk) answer(chosen ...int) {
	d.t.Helper()
	d.reply(answer{chosen: chosen})
}

// interrupt presses Ctrl-C in the question that is being asked.
func (d *desk) interrupt() {
	d.t.Helper()
	d.reply(answer{err: prompt.ErrInterrupted})
}

func (d *desk) reply(a answer) {
	d.t.Helper()
	a.done = make(chan struct{})
	select {
	case d.answers <- a:
		<-a.done
	case <-time.After(patience):
		d.t.Fatalf("nothing is asked:\n%s", d.text())
	}
}

// asked waits for a question, and returns it.
func (d *desk) asked() screen.Question {
	d.t.Helper()
	d.wait("question", func() bool { return d.question != nil })
	d.mu.Lock()
	defer d.mu.Unlock()
	return *d.question
}

// index is that of the one choice that contains the text.
func (d *desk) index(text string) int {
	d.t.Helper()
	found := -1
	for i, choice := range d.asked().Choices {
		switch {
		case !strings.Contains(choice.Label, text) && choice.Match != text:
		case found >= 0:
			d.t.Fatalf("two choices contain %q:\n%s", text, d.text())
		default:
			found = i
		}
	}
	if found < 0 {
		d.t.Fatalf("no choice contains %q:\n%s", text, d.text())
	}
	return found
}

// fits checks that what stands on the screen fits there. Of a question it
// checks what the walk sets for the window: package screen cuts the rest.
func (d *desk) fits() {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	rows := strings.Split(d.frame, "\n")
	if d.question != nil {
		rows = d.question.Above
	} else if len(rows) > d.rows {
		d.t.Errorf("%d rows:\n%s", len(rows), d.frame)
	}
	for _, row := range rows {
		if ansi.StringWidth(row) > d.columns {
			d.t.Errorf("%d columns: %s", ansi.StringWidth(row), row)
		}
	}
}

// waitFor waits until all of the texts stand on the screen at a time, and
// returns what stands there then.
func (d *desk) waitFor(texts ...string) string {
	d.t.Helper()
	return d.wait(fmt.Sprintf("%q", texts), func() bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(d.frame, text) })
	})
}

// waitForMatch waits until each of the regular expressions matches.
func (d *desk) waitForMatch(expressions ...string) string {
	d.t.Helper()
	var compiled []*regexp.Regexp
	for _, expression := range expressions {
		compiled = append(compiled, regexp.MustCompile(expression))
	}
	return d.wait(fmt.Sprintf("match of %q", expressions), func() bool {
		return !slices.ContainsFunc(compiled, func(e *regexp.Regexp) bool { return !e.MatchString(d.frame) })
	})
}

// settled waits until the texts stand on the screen and the program waits
// for nothing but keys.
func (d *desk) settled(texts ...string) string {
	d.t.Helper()
	return d.wait(fmt.Sprintf("rest with %q", texts), func() bool {
		return d.pending == 0 && !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(d.frame, text) })
	})
}

// wait waits until ok holds, which is called with d.mu held.
func (d *desk) wait(what string, ok func() bool) string {
	d.t.Helper()
	defer time.AfterFunc(patience, func() { d.set(func() { d.late = true }) }).Stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	for !ok() {
		if d.late || d.over {
			d.t.Fatalf("no %s; over: %v, %v\n%s", what, d.over, d.err, d.frame)
		}
		d.changed.Wait()
	}
	return d.frame
}

// walking is the walk that runs, or did last.
func (d *desk) walking() *Walk {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.model.(*Walk)
}

// text is what stands on the screen.
func (d *desk) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.frame
}

// ends waits for the end and returns how it was.
func (d *desk) ends() error {
	d.t.Helper()
	defer time.AfterFunc(patience, func() { d.set(func() { d.late = true }) }).Stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.over {
		if d.late {
			d.t.Fatalf("it does not end:\n%s", d.frame)
		}
		d.changed.Wait()
	}
	return d.err
}

// state is what has been kept of the learner, once the desk has been left.
func (d *desk) state() *progress.State {
	d.t.Helper()
	state, notice, err := progress.Open(d.journal).Load()
	if err != nil || notice != "" {
		d.t.Fatal(notice, err)
	}
	return state
}
