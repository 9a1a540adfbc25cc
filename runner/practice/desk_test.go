package practice

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/natefinch/atomic"

	"gosyncio/runner/environ"
	"gosyncio/runner/exercise"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
)

// A desk is a screen without a terminal, in front of which a test sits.
type desk struct {
	screen.Any // that asks for several things, which nobody does here
	t          *testing.T
	folder     string // of the workspace
	journal    *progress.Journal
	msgs       chan tea.Msg
	ended      chan error

	mu    sync.Mutex
	frame string
	asked *screen.Question
	reply chan int
	ran   []string // by the editor
	told  []string // in lines of text, so far
}

// sit begins to practise an exercise at a desk of 80 columns and 24 rows.
func sit(t *testing.T, name string) *desk {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command")
	}
	d := &desk{t: t, folder: filepath.Join(t.TempDir(), "a b"), journal: new(progress.Journal), msgs: make(chan tea.Msg, 100), ended: make(chan error, 1), reply: make(chan int)}
	env := environ.Environ(append(os.Environ(), exercise.Variable+"="))
	room := Room{
		Screen: d, Checker: exercise.NewChecker(env), Player: player.New(env), Journal: d.journal, Environ: env, Folder: d.folder,
		Memory: filepath.Join(t.TempDir(), "memory"), Editor: []string{"edit", "-x"}, Exec: d.exec, Back: true,
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err := room.Practise(ctx, name)
		d.ended <- err
	}()
	t.Cleanup(func() { cancel(); <-done })
	return d
}

func (d *desk) Size() (columns, rows int) { return 80, 24 }
func (d *desk) Colours() bool             { return false }

func (d *desk) exec(cmd *exec.Cmd, ended func(error) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.ran = cmd.Args
		return ended(errors.New("no terminal"))
	}
}

func (d *desk) Choose(ctx context.Context, q screen.Question) (int, error) {
	d.mu.Lock()
	d.asked = &q
	d.mu.Unlock()
	select {
	case chosen := <-d.reply:
		return chosen, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (d *desk) Run(ctx context.Context, m screen.Speaker, keys bool) error {
	var running sync.WaitGroup
	defer running.Wait()
	msgs := make(chan tea.Msg)
	over := make(chan struct{})
	defer close(over)
	var do func(cmd tea.Cmd)
	do = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		running.Go(func() {
			msg := cmd()
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, cmd := range batch {
					do(cmd)
				}
				return
			}
			select {
			case msgs <- msg:
			case <-over:
			}
		})
	}
	update := func(msg tea.Msg) {
		_, cmd := m.Update(msg)
		do(cmd)
		d.mu.Lock()
		defer d.mu.Unlock()
		d.frame = ansi.Strip(m.View().Content)
		d.hear(m)
	}
	do(m.Init())
	update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for {
		var msg tea.Msg
		select {
		case <-ctx.Done():
			return ctx.Err()
		case msg = <-d.msgs:
		case msg = <-msgs:
		}
		if key, ok := msg.(tea.KeyPressMsg); ok {
			if meant, ok := screen.Everywhere(key); ok {
				msg = meant
			}
		}
		switch msg.(type) {
		case tea.QuitMsg:
			return nil
		case tea.InterruptMsg:
			return errors.New("interrupted")
		}
		update(msg)
	}
}

// hear checks what is told where there is no screen: what has been told of an
// exercise stays, and more comes below.
func (d *desk) hear(m screen.Speaker) {
	model, ok := m.(*Model)
	if !ok || model.help || model.show.Live != nil || model.quitting {
		return
	}
	lines := m.Text().Lines
	if len(d.told) > 0 && d.told[0] == lines[0] && (len(lines) < len(d.told) || !slices.Equal(lines[:len(d.told)], d.told)) {
		d.t.Errorf("told was\n%s\nand now it is\n%s", strings.Join(d.told, "\n"), strings.Join(lines, "\n"))
	}
	d.told = lines
}

func (d *desk) press(keys ...string) {
	for _, key := range keys {
		msg := tea.KeyPressMsg{Code: rune(key[0]), Text: key}
		if key == "ctrl+c" {
			msg = tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
		}
		d.msgs <- msg
	}
}

func (d *desk) shown() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.frame
}

// waitFor waits until all of the texts are shown at once.
func (d *desk) waitFor(texts ...string) string {
	d.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		shown, missing := d.shown(), ""
		for _, text := range texts {
			if !strings.Contains(shown, text) {
				missing = text
			}
		}
		if missing == "" {
			return shown
		}
		if time.Now().After(end) {
			d.t.Fatalf("%q is not shown:\n%s", missing, shown)
		}
	}
}

// save writes the file of an exercise of gather.
func (d *desk) save(name, text string) {
	d.t.Helper()
	if err := atomic.WriteFile(d.path(name), strings.NewReader(text)); err != nil { // or there would be a moment in which it is empty
		d.t.Fatal(err)
	}
}

func (d *desk) path(name string) string {
	return filepath.Join(d.folder, "gather", name, name+".go")
}

// wrong is a file of the exercise order that does not compile, for a name of
// its own.
func wrong(name string) string {
	return "package order\n\nimport \"context\"\n\nfunc All(ctx context.Context, names []string, ask func(context.Context, string) string) []string {\n\t" + name + "()\n\treturn nil\n}\n"
}

func solution(t *testing.T, name string) string {
	t.Helper()
	e, err := exercise.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(e.Solution())
}
