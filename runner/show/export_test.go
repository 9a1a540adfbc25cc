package show

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/lessons"
	"gosyncio/runner/export"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A place remembers what stands at it.
type place struct{ asks, says string }

func (p *place) Ask(keys string) { p.asks = keys }
func (p *place) Say(text string) { p.says = text }

// recorded is the document of a run of so many lanes.
func recorded(lanes int) func() *export.Document {
	run := player.Recording{Status: player.Status{Phase: player.Ended, Elapsed: time.Second, Traced: true}}
	run.Job.Variant.Name = "concurrent"
	for range lanes {
		run.Lanes = append(run.Lanes, timeline.NewLane("A", timeline.NewSpan(timeline.Waiting, 0, time.Second, "sleep", "")))
	}
	s := player.Snapshot{Lesson: lessons.Lesson{ID: "tasks"}, Ended: true, Runs: []player.Recording{run}}
	return func() *export.Document { return export.Of(s) }
}

// press presses a key, and does what it asks for.
func (p *place) press(x *Exporter, key rune, document func() *export.Document) (handled bool) {
	cmd, handled := x.Update(tea.KeyPressMsg{Code: key, Text: string(key)}, p, document)
	if cmd != nil {
		x.Update(cmd(), p, document)
	}
	return handled
}

func TestRunsAreWrittenInEachFormat(t *testing.T) {
	t.Parallel()
	for _, f := range export.Formats() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			var p place
			x := Exporter{Folder: t.TempDir()}
			for _, name := range []string{"tasks" + f.Extension, "tasks-2" + f.Extension} {
				if !p.press(&x, 'e', recorded(1)) || !strings.Contains(p.asks, f.Key()+" "+f.ID) || x.Asks() != p.asks {
					t.Fatalf("asked %q", p.asks)
				}
				if !p.press(&x, rune(f.Key()[0]), recorded(1)) || p.asks != "" || x.Asks() != "" {
					t.Fatalf("still asked %q", p.asks)
				}
				path := filepath.Join(x.Folder, name)
				if want := "written to " + path + ": " + f.What; p.says != want {
					t.Errorf("said %q, want %q", p.says, want)
				}
				var want strings.Builder
				if err := f.Write(recorded(1)(), &want); err != nil {
					t.Fatal(err)
				}
				if got, err := os.ReadFile(path); err != nil || string(got) != want.String() {
					t.Errorf("%v: %q", err, got)
				}
			}
		})
	}
}

func TestNoTwoFormatsHaveTheSameKey(t *testing.T) {
	t.Parallel()
	keys := map[string]string{"e": "the question", "q": "quitting"}
	for _, f := range export.Formats() {
		if other := keys[f.Key()]; other != "" {
			t.Errorf("%s has the key of %s", f.ID, other)
		}
		keys[f.Key()] = f.ID
	}
}

func TestWhatIsNotWrittenIsSaidInALine(t *testing.T) {
	t.Parallel()
	full := t.TempDir()
	nowhere := filepath.Join(full, "nowhere")
	none := func() *export.Document { return export.Of(player.Snapshot{Ended: true}) }
	for name, tt := range map[string]struct {
		folder   string
		document func() *export.Document
		want     string
	}{
		"no folder": {nowhere, recorded(1), "not written: " + nowhere},
		"no runs":   {full, none, "not written: nothing has been run"},
	} {
		var p place
		x := Exporter{Folder: tt.folder}
		p.press(&x, 'e', tt.document)
		p.press(&x, 'j', tt.document)
		if !strings.HasPrefix(p.says, tt.want) || strings.Contains(p.says, "\n") {
			t.Errorf("%s: said %q", name, p.says)
		}
		p.press(&x, 'x', tt.document)
		if p.says != "" {
			t.Errorf("%s: said for ever: %q", name, p.says)
		}
	}
	if entries, err := os.ReadDir(full); err != nil || len(entries) > 0 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestWhoAsksForNoFormatWritesNothing(t *testing.T) {
	t.Parallel()
	var p place
	x := Exporter{Folder: t.TempDir()}
	if p.press(&x, 'e', nil) || p.asks != "" {
		t.Errorf("there is nothing to write, and it asks %q", p.asks)
	}
	if !p.press(&x, 'e', recorded(1)) || !p.press(&x, tea.KeyEscape, recorded(1)) || p.asks != "" || p.says != "" {
		t.Errorf("asks %q, says %q", p.asks, p.says)
	}
	p.press(&x, 'e', recorded(1))
	x.Forget() // other runs are started
	if p.press(&x, 'j', recorded(1)) {
		t.Error("it was asked once, and takes the answer for ever")
	}
	if entries, err := os.ReadDir(x.Folder); err != nil || len(entries) > 0 {
		t.Errorf("%v, %v", entries, err)
	}
}

// Whoever quits at once has the file, whole.
func TestItIsWaitedForWhatIsBeingWritten(t *testing.T) {
	t.Parallel()
	var p place
	x := Exporter{Folder: t.TempDir()}
	p.press(&x, 'e', recorded(1))
	if cmd, _ := x.Update(tea.KeyPressMsg{Code: 'j', Text: "j"}, &p, recorded(5000)); cmd == nil {
		t.Fatal("nothing is written")
	}
	if p.press(&x, 'e', recorded(1)) {
		t.Error("it asks while it writes")
	}
	if p.says != "writing json" {
		t.Errorf("said %q", p.says)
	}
	x.Wait()
	entries, err := os.ReadDir(x.Folder)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v", entries, err)
	}
	d, err := export.ReadFile(filepath.Join(x.Folder, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Snapshot().Runs[0].Lanes); n != 5000 {
		t.Errorf("%d lanes", n)
	}
}

// A recording says what its lesson is called: not where its file is to be.
func TestFilesAreNamedAfterLessonsAndNothingElse(t *testing.T) {
	t.Parallel()
	for lesson, want := range map[string]string{
		"tasks": "tasks", "yours-2": "yours-2", "": "runs", "../../etc/x": "runs", `a\b`: "runs", "-x": "runs",
		"C:x": "runs", ".": "runs", "a b": "runs", strings.Repeat("a", 41): "runs",
	} {
		if got := fileName(lesson); got != want {
			t.Errorf("%q: %q, want %q", lesson, got, want)
		}
	}
}
