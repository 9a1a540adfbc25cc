//go:build unix

package runner

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gosyncio/runner/progress"
)

func TestTerminalResetAsksFirst(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, keys string
		code       int
		says       string
		forgotten  bool
	}{
		{"enter keeps it", keyEnter, exitDone, "nothing was forgotten", false},
		{"yes forgets it", keyDown + keyEnter, exitDone, "everything is forgotten", true},
		{"ctrl+c keeps it", keyCtrlC, exitInterrupted, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "progress.json")
			before := []byte(`{"version": 1, "lessons": {"tasks": {"pages_read": [1], "page": 1, "at": "2026-03-02T09:00:00Z"}}}`)
			if err := os.WriteFile(path, before, 0o600); err != nil {
				t.Fatal(err)
			}
			w := open(t, windowOptions{columns: 80, rows: 24, args: []string{"progress", "reset"}, environ: []string{progress.Variable + "=" + path}})
			w.waitFor("Forget everything?", "> No, keep it", "  Yes, forget it all")
			w.press(test.keys)
			if shown := strings.TrimSpace(w.ends(test.code)); test.says != "" && shown != test.says {
				t.Errorf("on the screen: %q", shown)
			}
			state, _, err := progress.Open(path).Load()
			if err != nil || (len(state.Lessons) == 0) != test.forgotten {
				t.Errorf("%+v %v", state, err)
			}
		})
	}
}

func TestTerminalRepeatShowsWhatWasMeasuredUntilCtrlC(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, args: []string{"run", "tasks", "--set", "a=200ms", "--set", "b=100ms", "--repeat", "1000"}})
	w.waitForMatch(`round ([2-9]|\d\d+) of 1000: sequential `)
	w.press(keyCtrlC)
	// However busy the machine, no round is shorter than its sleeps.
	const sequential, concurrent = `([3-9]\d\d ms|\d+\.\d\d s) +`, `([2-9]\d\d ms|\d+\.\d\d s) +`
	table := regexp.MustCompile(`\n +min +median +max +spread\nsequential +(` + sequential + `){3}[\d.]+ %\nconcurrent +(` + concurrent + `){3}[\d.]+ %\n$`)
	shown := w.ends(exitInterrupted)
	if !table.MatchString(shown) || !strings.HasPrefix(w.written(), "tasks (a=200ms b=100ms)\r\n") {
		t.Errorf("on the screen:\n%s", shown)
	}
}
