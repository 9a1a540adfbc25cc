//go:build unix

package runner

import (
	"os"
	"path/filepath"
	"testing"
)

// The editor reads lines, as only a terminal that is not raw gives them, and
// the page is whole when it has gone.
func TestTerminalAnEditorHasTheTerminalAndGivesItBack(t *testing.T) {
	t.Parallel()
	editor := filepath.Join(t.TempDir(), "editor")
	const script = "#!/bin/sh\necho editing \"${1##*/}\" with \"$#\"\nread line\necho mine > \"$1\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	w := onPage.open(t, windowOptions{columns: 80, rows: 24, environ: []string{"VISUAL=", "EDITOR=" + editor}})
	w.press("e")
	w.waitFor("editing tasks.go with 1")
	w.press("a line" + keyEnter)
	w.waitFor("your copy is", "tab Python", "q quit")
	w.press("\t")
	w.waitFor("async def worker(", "tab Go")
	w.press("n")
	w.waitFor("page 3 of", "q quit")
}
