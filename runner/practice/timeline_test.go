package practice

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons"
	"gosyncio/runner/environ"
	"gosyncio/runner/exercise"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/show"
)

// The learner's code runs beside the reference, and the learner comes back.
func TestTheTimelineOfAnExercise(t *testing.T) {
	t.Parallel()
	d := sit(t, "order")
	d.waitFor("t timeline", "✗ too slow")
	d.press("t")
	shown := d.waitFor("yours · Go", "reference · Go", "all started together", "All returns [A B C]", "r again   esc back")
	if strings.Contains(shown, "asks one person") {
		t.Errorf("the task is shown, too:\n%s", shown)
	}
	d.press("?")
	d.waitFor("builds and runs all again")
	d.press("esc")
	d.waitFor("yours · Go")
	d.press("right")
	d.waitFor("stop looking")
	d.press("esc")
	d.waitFor("←→ look")
	d.press("esc")
	d.waitFor("asks one person", "✗ too slow")
	d.press("q")
	if err := <-d.ended; err != nil {
		t.Error(err)
	}
	d.ended <- nil
}

// A bench is a model that no screen runs: a test hands it the messages.
type bench struct {
	*Model
	t      *testing.T
	folder string // where programs are built
}

func newBench(t *testing.T, text string) *bench {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command")
	}
	folder := t.TempDir()
	env := environ.Environ(append(os.Environ(), "GOTMPDIR="+folder))
	room := Room{Screen: new(desk), Checker: exercise.NewChecker(env), Player: player.New(env), Journal: new(progress.Journal), Environ: env}
	e, err := exercise.Find("order")
	if err != nil {
		t.Fatal(err)
	}
	m, err := room.newModel(t.Context(), exercise.Workspace{Folder: t.TempDir()}, e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	m.text = []byte(text)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	return &bench{m, t, folder}
}

func (b *bench) press(key string) tea.Cmd {
	_, cmd := b.Update(tea.KeyPressMsg{Code: rune(key[0]), Text: key})
	return cmd
}

// shows checks that the texts are on the screen.
func (b *bench) shows(texts ...string) {
	b.t.Helper()
	shown := ansi.Strip(b.View().Content)
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			b.t.Errorf("%q is not shown:\n%s", text, shown)
		}
	}
}

// closed closes the model, and checks that nothing is left.
func (b *bench) closed() {
	b.t.Helper()
	b.Close()
	if left, err := filepath.Glob(filepath.Join(b.folder, "*")); err != nil || len(left) > 0 {
		b.t.Errorf("%q are left, %v", left, err)
	}
}

// What does not compile is told as a check tells it.
func TestATimelineOfWhatDoesNotCompile(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		wrong("nosuch"):                  "undefined: nosuch.",
		"package order\n\nfunc All() {}": "All must have the parameters and the results that it was given with.",
	} {
		b := newBench(t, text)
		b.shows("asks one person")
		built := b.press("t")
		b.shows("building your program and the reference", "esc back")
		b.Update(built())
		b.shows("✗ does not compile, line", says, "asks one person", "t timeline")
		b.closed()
	}
}

// Who goes back, or leaves, ends what runs, and what is built.
func TestWhatIsOnTheTimelineIsEnded(t *testing.T) {
	t.Parallel()
	waits := strings.Replace(wrong("x"), "x()", "println(\"it waits\"); select {}", 1)
	for _, key := range []string{"b", "esc", "q", "m"} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, waits)
			started := b.press("t")().(show.StartedMsg)
			if started.Err != nil {
				t.Fatal(started.Err)
			}
			b.Update(started)
			for !strings.Contains(strings.Join(b.Text().Lines, "\n"), "it waits") {
				<-started.Comparison.Changed()
			}
			b.shows("yours · Go", "all started together")
			b.press(key)
			if key == "q" || key == "m" {
				b.closed()
			}
			started.Comparison.Wait()
			if s := started.Comparison.Runs[0].Status(); s.Err != "stopped" {
				t.Errorf("%+v", s)
			}
			b.closed()
		})
	}
	t.Run("while it is built", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, waits)
		built := b.press("t")
		b.press("b")
		b.shows("asks one person")
		b.Update(built())
		b.shows("asks one person")
		b.closed()
	})
}

// A message of a start that is over changes nothing.
func TestAnEarlierStartIsForgotten(t *testing.T) {
	t.Parallel()
	b := newBench(t, wrong("nosuch"))
	first := b.press("t")
	b.press("b")
	b.text = []byte(solution(t, "order"))
	b.press("t")
	b.Update(first())
	b.shows("building your program and the reference")
	b.closed()
}

// Where there are only lines, what runs is told in lines.
func TestTheTimelineInLines(t *testing.T) {
	t.Parallel()
	b := newBench(t, solution(t, "order"))
	started := b.press("t")().(show.StartedMsg)
	if started.Err != nil {
		t.Fatal(started.Err)
	}
	if text := b.Text(); !text.Busy || !strings.Contains(text.Now, "b") {
		t.Errorf("%+v", text)
	}
	b.Update(started)
	started.Comparison.Wait()
	text := b.Text()
	lines := strings.Join(text.Lines, "\n")
	for _, want := range []string{"Keep the order, gather, exercise 1 of", "your code and what it is compared with", "yours Go         A started", "reference Go     C finished", "All returns [A B C]"} {
		if !strings.Contains(lines, want) {
			t.Errorf("%q is missing in\n%s", want, lines)
		}
	}
	if text.Busy || !strings.HasPrefix(text.Keys, "r again, b back") {
		t.Errorf("%+v", text)
	}
	b.press("b")
	if text := b.Text(); !strings.Contains(strings.Join(text.Lines, "\n"), "asks one person") {
		t.Errorf("%+v", text)
	}
	b.closed()
}

// Two programs that wait for the same take the same, whatever else happens.
func TestHowBothCompare(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	for _, tt := range []struct {
		yours, reference time.Duration
		err              string
		busy             bool
		want             []string
	}{
		{1800 * ms, 900 * ms, "", true, nil},
		{1800 * ms, 900 * ms, "", false, []string{"yours takes 2.0 times as long as the reference"}},
		{1000 * ms, 900 * ms, "", false, []string{"yours takes as long as the reference"}},
		{900 * ms, 1000 * ms, "", false, []string{"yours takes as long as the reference"}},
		{300 * ms, 900 * ms, "", false, []string{"yours is over sooner than the reference"}},
		{300 * ms, 900 * ms, "exit status 2", false, nil},
	} {
		run := func(name string, elapsed time.Duration, err string) player.Recording {
			part := player.Part{}
			part.Variant.Name = name
			return player.Recording{Job: player.Job{Part: part}, Status: player.Status{Phase: player.Ended, Elapsed: elapsed, Err: err, Busy: tt.busy}}
		}
		s := player.Snapshot{Runs: []player.Recording{run(yours, tt.yours, tt.err), run(reference, tt.reference, "")}}
		if got := (beside{right: true}).Notes(s, true); !slices.Equal(got, tt.want) {
			t.Errorf("%v beside %v: %q, want %q", tt.yours, tt.reference, got, tt.want)
		}
		if got := (beside{}).Notes(s, true); tt.yours == 300*ms && tt.err == "" && !slices.Equal(got, []string{"yours is not solved yet: that it is as fast as the reference, or faster, says little"}) {
			t.Errorf("%v, not solved, beside %v: %q", tt.yours, tt.reference, got)
		}
	}
}

// What cannot be built at all is said on the stage.
func TestATimelineWithoutGo(t *testing.T) {
	t.Parallel()
	b := newBench(t, solution(t, "order"))
	b.room.Checker = exercise.NewChecker(environ.Environ{"PATH=" + t.TempDir(), "GOTMPDIR=" + b.folder})
	started := b.press("t")().(show.StartedMsg)
	if started.Err == nil || errors.Is(started.Err, context.Canceled) {
		t.Fatal(started.Err)
	}
	b.Update(started)
	b.shows("there is no go command on the PATH", "install Go")
	b.closed()
}

// Programs that compute are not run side by side.
func TestWhatComputesIsRunAlone(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{"cpubound": true, "gather": false, "sockets": false} {
		lesson, err := lessons.Find(id)
		if err != nil || computes(lesson) != want {
			t.Errorf("%s computes: %v, %v", id, computes(lesson), err)
		}
	}
}
