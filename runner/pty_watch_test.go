//go:build unix

package runner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// watchedMain is a program that goes on for ever, in a module.
const watchedMain = `package main

import (
	"fmt"
	"sync"
)

func worker(wg *sync.WaitGroup, jobs chan int) {
	defer wg.Done()
	for range jobs {
	}
}

func main() {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go worker(&wg, jobs)
	}
	fmt.Println("two workers wait")
	wg.Wait()
}
`

// watchedModule is a folder with that program.
func watchedModule(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/watched\n\ngo 1.22\n", "main.go": watchedMain} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestTerminalOfAWatchedProgram(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 100, rows: 30, args: []string{"watch", watchedModule(t)}})
	w.waitFor("> main", "worker 1", "worker 2", "chan receive main.go:10", "two workers wait", "q quit")
	w.press(keyDown)
	w.waitFor("> worker 1")
	w.press(keyEnter)
	w.waitFor("waiting: chan receive, at main.go:10", "started   main, at main.go:19")
	w.resize(80, 24)
	w.waitFor("started   main, at main.go:19")
	w.press("q")
	w.ends(exitDone)
	if left := w.processes(); left != nil {
		t.Errorf("left: %q", left)
	}
}

func TestTerminalCtrlCEndsAWatchedProgram(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, args: []string{"watch", watchedModule(t)}})
	w.waitFor("> main", "worker 1", "two workers wait")
	w.press(keyCtrlC)
	w.ends(exitInterrupted)
	if left := w.processes(); left != nil {
		t.Errorf("left: %q", left)
	}
	if written := w.written(); !strings.Contains(written, "\x1b[?1049l") {
		t.Error("the alternate screen was not left")
	}
}
