//go:build unix

package runner

import (
	"bytes"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"gosyncio/runner/group"
)

var interruptions = flag.Int("interruptions", 200, "how often TestRandomInterruptions interrupts a program")

// Wherever a signal meets the program, it ends, nothing of it runs on, and no
// folder is left. (What a terminal is like then, and what stands in it, is for
// other tests.)
func TestRandomInterruptions(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells what a program has left")
	}
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	python := needPython(t)
	commands := [][]string{
		{"run", "tasks", "--plain", "--with", "both", "--set", "a=300ms", "--set", "b=200ms"},
		{"run", "tasks", "--json", "--with", "python", "--set", "a=300ms", "--set", "b=200ms"},
		{"run", "cpubound", "--plain", "--with", "python", "--set", "size=20000"},
		{"run", "fetch", "--json", "--with", "both"},
		{"run", "database", "--json", "--with", "both", "--set", "each=50ms"},
		{"run", "coroutines", "--plain", "--with", "both", "--repeat", "3", "--set", "delay=50ms"},
		{"doctor"},
		{"list"},
	}
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGKILL}
	// In a new home the go command, which doctor asks, would leave a process of its
	// own that goes on for a moment, to look after its telemetry.
	settings := t.TempDir()
	telemetry := filepath.Join(settings, "go", "telemetry")
	if err := errors.Join(os.MkdirAll(telemetry, 0o700), os.WriteFile(filepath.Join(telemetry, "mode"), []byte("off"), 0o600)); err != nil {
		t.Fatal(err)
	}
	n := *interruptions
	if testing.Short() {
		n /= 10
	}
	for seed := range n {
		random := rand.New(rand.NewPCG(uint64(seed), 11))
		args, signal := commands[random.IntN(len(commands))], signals[random.IntN(len(signals))]
		after := time.Duration(random.Int64N(int64(800 * time.Millisecond)))
		twice := random.IntN(3) == 0
		folder := t.TempDir()
		mark := "GOSYNCIO_TEST_INTERRUPTED=" + folder
		cmd := exec.Command(executable, args...)
		cmd.Env = append(os.Environ(), asProgram+"=gosyncio", python, mark, "TMPDIR="+folder, "HOME="+t.TempDir(), "XDG_CONFIG_HOME="+settings, "GORACE=atexit_sleep_ms=0")
		var printed bytes.Buffer
		cmd.Stdout, cmd.Stderr = &printed, &printed
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		signalled := time.Now().Add(after)
		time.AfterFunc(after, func() { cmd.Process.Signal(signal) })
		if twice {
			time.AfterFunc(after+20*time.Millisecond, func() { cmd.Process.Signal(signal) })
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case err = <-ended:
		case <-time.After(patience):
			group.Sweep(mark)
			t.Fatalf("seed %d: %v %v after %v: it does not end\n%s", seed, args, signal, after, printed.String())
		}
		if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
			t.Fatal(err)
		}
		if strings.Contains(printed.String(), "internal error") || strings.Contains(printed.String(), "panic:") {
			t.Errorf("seed %d: %v %v after %v: %s", seed, args, signal, after, printed.String())
		}
		// Whom SIGKILL has left behind finds out by itself, and so does whom a
		// program has left that could not end in time, see expect.
		alone := signal == syscall.SIGKILL || time.Since(signalled) > stuckAfter
		for late := time.Now().Add(patience); group.Count(mark) > 0; time.Sleep(10 * time.Millisecond) {
			if !alone || time.Now().After(late) {
				t.Fatalf("seed %d: %v %v after %v: %d processes are left", seed, args, signal, after, group.Count(mark))
			}
		}
		left, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		if len(left) > 0 {
			t.Errorf("seed %d: %v %v after %v (twice %v): left %v", seed, args, signal, after, twice, left)
		}
	}
}
