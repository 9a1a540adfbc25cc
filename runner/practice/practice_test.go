package practice

import (
	"context"
	"errors"
	"fmt"
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

	"gosyncio/runner/environ"
	"gosyncio/runner/exercise"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
)

// patience is how long a test waits for what must come.
const patience = 2 * time.Minute

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
	if err := os.WriteFile(d.path(name), []byte(text), 0o600); err != nil {
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

// An exercise from its task to the solution.
func TestAnExercise(t *testing.T) {
	t.Parallel()
	d := sit(t, "order")
	d.waitFor("Keep the order", "gather, exercise 1 of ", "✗ too slow, line 12", "B began at 2s, when A had ended.", "You have not changed the file yet.", "asks one person")
	if mod, err := os.ReadFile(filepath.Join(d.folder, "go.mod")); err != nil || !strings.HasPrefix(string(mod), "module practice\n") {
		t.Errorf("%s, %v", mod, err)
	}
	d.save("order", wrong("nosuch"))
	d.waitFor("✗ does not compile, line 6", "nosuch()", "undefined: nosuch.")
	d.press("h")
	d.waitFor("Hint 1 of 3")
	d.press("h", "h", "h")
	d.waitFor("there are no more hints")
	d.press("s")
	d.waitFor("show the solution before you have solved it?")
	d.press("x")
	d.press("e")
	shown := d.waitFor("edit: no terminal")
	if strings.Contains(shown, "The solution\n") {
		t.Errorf("the solution is shown:\n%s", shown)
	}
	d.mu.Lock()
	if want := fmt.Sprint([]string{"edit", "-x", d.path("order")}); fmt.Sprint(d.ran) != want {
		t.Errorf("ran %v, want %v", d.ran, want)
	}
	d.mu.Unlock()
	d.save("order", solution(t, "order"))
	d.waitFor("✓ solved", "t shows it on the timeline", "n next")
	d.press("s")
	d.waitFor("The solution", "Each goroutine has a place of its own")
	d.press("s", "r")
	d.waitFor("begin anew?")
	d.press("y")
	d.waitFor("your file is kept as", "You have not changed the file yet.")
	if kept, err := os.ReadFile(d.path("order") + ".1"); err != nil || string(kept) != solution(t, "order") {
		t.Errorf("kept: %s, %v", kept, err)
	}
	d.press("?")
	d.waitFor("The keys", "begins anew")
	d.press("x", "q")
	if err := <-d.ended; err != nil {
		t.Error(err)
	}
	d.ended <- nil
	for _, text := range []string{"✗ too slow, line 12", "undefined: nosuch.", "Hint 3 of 3", "✓ solved", "your file is kept as"} {
		if !slices.ContainsFunc(d.told, func(line string) bool { return strings.Contains(line, text) }) {
			t.Errorf("%q was not told:\n%s", text, strings.Join(d.told, "\n"))
		}
	}
	made := d.journal.State().Exercises["order"]
	if made.Tries != 2 || made.Hints != 3 || made.Peeked || made.Solved.IsZero() || made.Verdicts["compile"] != 1 {
		t.Errorf("noted: %+v", made)
	}
}

// Editors save by renaming, in two steps, or twice at once: what counts is
// what the file says in the end.
func TestEditorsSave(t *testing.T) {
	t.Parallel()
	d := sit(t, "order")
	d.waitFor("too slow")
	other := d.path("order") + "~"
	if err := os.WriteFile(other, []byte(wrong("renamed")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, d.path("order")); err != nil {
		t.Fatal(err)
	}
	d.waitFor("undefined: renamed.")
	for i := range 20 {
		d.save("order", wrong(fmt.Sprintf("twice%d", i)))
	}
	d.waitFor("undefined: twice19.")
	d.save("order", "")
	d.save("order", wrong("emptied"))
	d.waitFor("undefined: emptied.")
	if err := os.Remove(d.path("order")); err != nil {
		t.Fatal(err)
	}
	d.waitFor("there is no ", "get the exercise first: gosyncio practice order")
	d.save("order", wrong("back"))
	d.waitFor("undefined: back.")
	d.press("ctrl+c")
	if err := <-d.ended; err == nil || err.Error() != "interrupted" {
		t.Error(err)
	}
	d.ended <- nil
}

// A check that goes on holds nobody up.
func TestACheckIsCancelled(t *testing.T) {
	t.Parallel()
	d := sit(t, "order")
	d.waitFor("too slow")
	d.save("order", strings.Replace(wrong("x"), "x()", "for n := 0; ; n++ {\n\t}", 1))
	d.waitFor("checking what you saved")
	d.save("order", wrong("after"))
	d.waitFor("undefined: after.")
	d.save("order", strings.Replace(wrong("x"), "x()", "for n := 1; ; n++ {\n\t}", 1))
	d.waitFor("checking what you saved")
	d.press("m")
	if err := <-d.ended; err != nil {
		t.Error(err)
	}
	d.ended <- nil
}

// Where the files are is asked the first time, and remembered.
func TestWhereTheFilesAre(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	memory := filepath.Join(home, "state", "workspace")
	d := &desk{t: t, reply: make(chan int, 1)}
	room := Room{Screen: d, Journal: new(progress.Journal), Environ: environ.Environ{"HOME=" + home}, Memory: memory}
	d.reply <- 0
	w, err := room.workspace(t.Context())
	if want := filepath.Join(home, "gosyncio"); err != nil || w.Folder != want {
		t.Errorf("%v, %v, want %s", w, err, want)
	}
	if text := strings.Join(d.asked.Above, "\n"); !strings.Contains(text, exercise.Variable) {
		t.Error(text)
	}
	if again, err := room.workspace(t.Context()); err != nil || again != w {
		t.Errorf("%v, %v", again, err)
	}
	room.Folder = filepath.Join(home, "other")
	if named, err := room.workspace(t.Context()); err != nil || named.Folder != room.Folder {
		t.Errorf("%v, %v", named, err)
	}
	room.Folder = ""
	if again, err := room.workspace(t.Context()); err != nil || again.Folder != filepath.Join(home, "other") {
		t.Errorf("%v, %v", again, err)
	}
}
