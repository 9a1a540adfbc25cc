//go:build unix

package doctor

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gosyncio/runner/environ"
	"gosyncio/runner/terminal"
)

// Whatever stands on the PATH under the name of go is asked: it is not waited
// for without an end, little of it is kept, and nothing of it stays.
func TestAProgramThatIsAsked(t *testing.T) {
	t.Parallel()
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	held, err := os.OpenFile(fifo, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	for name, tt := range map[string]struct {
		script, begins string
		fails          bool
	}{
		"tells":                 {"echo go1.26.8", "go1.26.8", false},
		"complains":             {"echo oh no >&2; exit 3", "", true},
		"prints without an end": {"exec yes go1.26.8", "go1.26.8\n", true},
		"leaves another behind": {"exec 3>" + fifo + "; sleep 1000 & echo go1.26.8", "go1.26.8", false},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "go")
			if err := os.WriteFile(path, []byte("#!/bin/sh\n"+tt.script+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			m := Machine{Streams: terminal.Streams{Environ: os.Environ()}}
			printed, err := m.commandOutput(t.Context(), nil, path)
			if (err != nil) != tt.fails || !strings.HasPrefix(printed, tt.begins) || len(printed) > 5<<10 {
				t.Errorf("%d bytes, %.40q..., %v", len(printed), printed, err)
			}
		})
	}
	held.SetReadDeadline(time.Now().Add(time.Minute))
	if _, err := held.Read(make([]byte, 1)); err != io.EOF { // as long as somebody has it open for writing
		t.Errorf("what was left behind: %v", err)
	}
}

func TestNoPlaceForTemporaryFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	m := Machine{Streams: terminal.Streams{Environ: environ.Environ{"TMPDIR=" + folder}}}
	if err := m.writeTemporary(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	m.Streams.Environ = environ.Environ{"TMPDIR=" + filepath.Join(folder, "nosuch")}
	if err := m.writeTemporary(); err == nil {
		t.Error("no error")
	}
}
