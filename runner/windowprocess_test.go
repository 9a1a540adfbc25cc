//go:build unix

package runner

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// processes are those in the window besides the shell, as far as the system
// tells. Only Linux does.
func (w *window) processes() []string {
	if runtime.GOOS != "linux" {
		return nil
	}
	var found []string
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // gone
		}
		// pid (name) state parent group session ...
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		pid := filepath.Base(filepath.Dir(file))
		if fields[0] == "Z" || fields[3] != strconv.Itoa(w.shell.Process.Pid) || pid == fields[3] {
			continue
		}
		command, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "cmdline"))
		found = append(found, pid+" "+string(bytes.ReplaceAll(command, []byte{0}, []byte(" "))))
	}
	return found
}

// waitForRuns waits until n runs are going on in the window, where the
// system tells.
func (w *window) waitForRuns(n int) {
	w.t.Helper()
	if runtime.GOOS != "linux" {
		return
	}
	for late := time.Now().Add(patience); len(w.processes()) != n; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			w.t.Fatalf("processes: %q, want %d", w.processes(), n)
		}
	}
}
