package walk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons"
	"gosyncio/runner/export"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A reader looks at a recording.
type reader struct {
	*opened
	t *testing.T
}

// opens is a reader of a recording of tasks: A waits for two seconds and B for
// one, one after the other and at once.
func opens(t *testing.T) *reader {
	t.Helper()
	lesson, err := lessons.Find("tasks")
	if err != nil {
		t.Fatal(err)
	}
	run := func(name string, b time.Duration) player.Recording {
		variant, err := lesson.Variant(name)
		if err != nil {
			t.Fatal(err)
		}
		wait := func(lane string, from, to time.Duration) timeline.Lane {
			return timeline.NewLane(lane, timeline.NewSpan(timeline.Waiting, from, to, "sleep", "tasks.go:21"))
		}
		end := max(2*time.Second, b+time.Second)
		return player.Recording{
			Job: player.Job{Part: player.Part{Variant: variant}, Lesson: lesson, Values: lesson.Defaults()},
			Status: player.Status{Phase: player.Ended, Traced: true, Elapsed: end, Output: []player.Line{
				{At: 0, Text: "A started"}, {At: b, Text: "B started"}, {At: end, Text: "all is done"},
			}},
			Lanes: []timeline.Lane{wait("A", 0, 2*time.Second), wait("B", b, b+time.Second)},
		}
	}
	d := export.Of(player.Snapshot{
		Lesson: lesson, Values: lesson.Defaults(), Ended: true,
		Runs: []player.Recording{run("sequential", 2*time.Second), run("concurrent", 0)},
	})
	r := &reader{newOpened(d, d.Snapshot(), false), t}
	r.exporter.Folder = t.TempDir()
	r.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	return r
}

// press presses a key and returns what follows.
func (r *reader) press(key rune) tea.Cmd {
	text := ""
	if key < tea.KeyExtended && key > ' ' {
		text = string(key)
	}
	_, cmd := r.Update(tea.KeyPressMsg{Code: key, Text: text})
	return cmd
}

// screen is what stands on the screen.
func (r *reader) screen() string { return ansi.Strip(r.View().Content) }

// sees checks what stands there, and what does not.
func (r *reader) sees(wanted []string, unwanted ...string) {
	r.t.Helper()
	screen := r.screen()
	for _, text := range wanted {
		if !strings.Contains(screen, text) {
			r.t.Errorf("no %q in\n%s", text, screen)
		}
	}
	for _, text := range unwanted {
		if strings.Contains(screen, text) {
			r.t.Errorf("%q in\n%s", text, screen)
		}
	}
}

// plays hands on frames until there is none, and returns how long that took.
func (r *reader) plays(cmd tea.Cmd) time.Duration {
	r.t.Helper()
	began := time.Now()
	for cmd != nil {
		if time.Since(began) > time.Hour {
			r.t.Fatal("frames without an end")
		}
		_, cmd = r.Update(cmd())
	}
	return time.Since(began)
}

func TestARecordingStandsOnTheStageAsAfterTheRun(t *testing.T) {
	t.Parallel()
	r := opens(t)
	if r.Init() != nil {
		t.Error("it plays before it is asked to")
	}
	r.sees([]string{"Tasks", "a=2s b=1s", "recorded", "1.50× faster", "all is done", "r play   s slower   ←→ look   e export"})
	r.press(tea.KeyRight)
	r.sees([]string{"at 1.50 s", "sleep at tasks.go:21", "esc stop looking"}, "all is done")
	r.press(tea.KeyEscape)
	r.sees([]string{"all is done"}, "at 1.50 s")
	r.press('?')
	r.sees([]string{"The keys of a recording", "slower", "any key closes this"})
	r.press('q')
	r.sees([]string{"all is done"})
	if text := r.Text(); text.Over || text.Busy || !strings.Contains(strings.Join(text.Lines, "\n"), "all is done") || !strings.Contains(text.Keys, "e export") {
		t.Errorf("in lines of text: %+v", text)
	}
	if cmd := r.press('q'); cmd == nil || cmd() != tea.Quit() || !r.Text().Over {
		t.Error("q does not quit")
	}
}

// It is played as slowly as it is asked for, and says so meanwhile.
func TestARecordingIsPlayedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := opens(t)
		const slower = "times slower"
		for _, tt := range []struct {
			key      rune
			slowness time.Duration
			says     string
		}{
			{'r', 1, ""}, {'s', 2, "2 times slower"}, {'r', 2, "2 times slower"}, {'s', 4, "4 times slower"}, {'s', 10, "10 times slower"}, {'s', 1, ""},
		} {
			cmd := r.press(tt.key)
			if cmd == nil {
				t.Fatalf("%c plays nothing", tt.key)
			}
			r.sees([]string{"0.0 s", tt.says}, "all is done", "faster")
			if tt.says == "" {
				r.sees(nil, slower)
			}
			longest := 3 * time.Second * tt.slowness
			if took := r.plays(cmd); took < longest || took > longest+time.Second {
				t.Errorf("%c took %v, want %v", tt.key, took, longest)
			}
			r.sees([]string{"3.00 s", "1.50× faster", "all is done"}, slower)
		}
	})
}

func TestEscGoesToTheEndOfWhatIsPlayed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := opens(t)
		r.press('s')
		r.press('s')
		r.press(tea.KeyRight) // looks, and then goes on
		cmd := r.press(tea.KeyEscape)
		if cmd == nil {
			t.Error("looking has ended it")
		}
		r.sees([]string{"4 times slower"}, "all is done")
		r.press(tea.KeyEscape)
		r.sees([]string{"all is done", "1.50× faster"}, "times slower")
		if took := r.plays(cmd); took > time.Second {
			t.Errorf("frames for %v more", took)
		}
	})
}

// All that was recorded is written, whatever this version makes of it.
func TestARecordingIsWrittenAsItWas(t *testing.T) {
	t.Parallel()
	r := opens(t)
	r.press('e')
	r.sees([]string{"write it as   h html", "esc back"}, "r play")
	if keys := r.Text().Keys; !strings.HasPrefix(keys, "write it as h html") {
		t.Errorf("in lines of text: %s", keys)
	}
	r.press(tea.KeyEscape)
	r.sees([]string{"r play"}, "write it as")
	r.press('e')
	r.Update(r.press('j')())
	path := filepath.Join(r.exporter.Folder, "tasks.json")
	if said := strings.Join(r.Text().Lines, "\n"); !strings.Contains(strings.ReplaceAll(said, "\n", ""), "written to") {
		t.Errorf("in lines of text: %s", said)
	}
	var want strings.Builder
	if err := r.document.JSON(&want); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != want.String() {
		t.Errorf("%v: %s", err, got)
	}
	r.press('x')
	r.sees(nil, "written to")
}

// Wherever runs have ended, the room's presenter included, they can be written.
func TestRunsOnAStageCanBeWritten(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(*testing.T) *headless{
		"learner": func(t *testing.T) *headless { return atPage(t, 5, headlessOptions{columns: 120, rows: 40}) },
		"presenter": func(t *testing.T) *headless {
			d := presenting(t, headlessOptions{columns: 120, rows: 40})
			d.press("5", "enter")
			d.waitFor("tasks · page 5 of")
			return d
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := begin(t)
			d.intoEnd()
			d.waitFor("e export")
			d.press("e")
			d.waitFor("write it as   h html")
			d.press("q") // which writes nothing, and does not quit
			d.waitFor("enter next", "e export")
			d.press("?")
			d.waitFor("writes the runs to a file")
			d.press("x")
			d.press("r")
			d.press("e") // while they run
			if shown := d.waitFor("concurrent · Go", "enter next", "e export"); strings.Contains(shown, "write it as") {
				t.Errorf("it asks while they run:\n%s", shown)
			}
			d.press("q")
			if err := d.ends(); err != nil && name == "presenter" {
				t.Error(err)
			}
		})
	}
}
