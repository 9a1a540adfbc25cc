//go:build unix

package runner

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"gosyncio/runner/progress"
)

// buildProgram builds the program as it is shipped, without what tests add to it.
func buildProgram(b *testing.B) (executable string) {
	b.Helper()
	executable = filepath.Join(b.TempDir(), "gosyncio")
	if out, err := exec.Command("go", "build", "-o", executable, "gosyncio").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return executable
}

func BenchmarkBudgetStartToMenu(b *testing.B) {
	executable := buildProgram(b)
	kept := filepath.Join(b.TempDir(), "progress.json") // of who has seen the first screen
	if err := os.WriteFile(kept, []byte(`{"version": 2, "welcomed": "2026-03-02T09:00:00Z"}`), 0o600); err != nil {
		b.Fatal(err)
	}
	var total time.Duration
	for b.Loop() {
		start := time.Now()
		cmd := exec.Command(executable)
		cmd.Env = append(os.Environ(), "TERM=xterm-256color", progress.Variable+"="+kept)
		tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			b.Fatal(err)
		}
		var screen []byte
		chunk := make([]byte, 4096)
		for !bytes.Contains(screen, []byte("\n  21 ")) { // the last line of the menu that fits
			n, err := tty.Read(chunk)
			if err != nil {
				b.Fatalf("%v; on the screen: %q", err, screen)
			}
			screen = append(screen, chunk[:n]...)
		}
		total += time.Since(start)
		cmd.Process.Signal(syscall.SIGTERM)
		io.Copy(io.Discard, tty) // ends with the program
		cmd.Wait()
		tty.Close()
	}
	against(b, float64(total)/float64(b.N)/float64(time.Millisecond), 50, "ms")
}

// From the start to the first line of list.
func BenchmarkBudgetStartToList(b *testing.B) {
	executable := buildProgram(b)
	var times []time.Duration
	for b.Loop() {
		for range 20 { // one alone says little
			start := time.Now()
			cmd := exec.Command(executable, "list")
			out, err := cmd.StdoutPipe()
			if err != nil {
				b.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				b.Fatal(err)
			}
			if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
				b.Fatal(err)
			}
			times = append(times, time.Since(start))
			io.Copy(io.Discard, out)
			cmd.Wait()
		}
	}
	slices.Sort(times)
	against(b, float64(times[len(times)/2])/float64(time.Millisecond), 15, "ms")
}

// What a page costs that nobody touches, on a terminal.
func BenchmarkBudgetIdlePage(b *testing.B) {
	executable := buildProgram(b)
	var used, elapsed time.Duration
	for b.Loop() {
		cmd := exec.Command(executable, "present", "tasks")
		cmd.Env = append(os.Environ(), "TERM=xterm-256color")
		tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			b.Fatal(err)
		}
		var screen []byte
		chunk := make([]byte, 4096)
		for !bytes.Contains(screen, []byte("digits")) { // the line of keys
			n, err := tty.Read(chunk)
			if err != nil {
				b.Fatalf("%v; on the screen: %q", err, screen)
			}
			screen = append(screen, chunk[:n]...)
		}
		time.Sleep(time.Second) // until it is idle
		before, start := processTime(b, cmd.Process.Pid), time.Now()
		time.Sleep(5 * time.Second)
		used += processTime(b, cmd.Process.Pid) - before
		elapsed += time.Since(start)
		cmd.Process.Signal(syscall.SIGTERM)
		io.Copy(io.Discard, tty) // ends with the program
		cmd.Wait()
		tty.Close()
	}
	against(b, 100*float64(used)/float64(elapsed), 0.2, "%cpu")
}

// processTime is the CPU time that a process has used so far, to the
// hundredth of a second.
func processTime(b *testing.B, pid int) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Skip("the system does not say what a process has used")
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / 100
}
