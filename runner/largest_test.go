//go:build unix

package runner

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

var largest = flag.Bool("largest", false, "have BenchmarkLargestSettings run all lessons, in both languages, which takes minutes")

// The most memory that the program takes, and the longest time for which its
// screen stands still, while it shows the runs of a lesson with the largest
// settings there are. (What the children take is what the lesson shows.)
func BenchmarkLargestSettings(b *testing.B) {
	executable := buildProgram(b)
	for _, tt := range []struct {
		run   string
		usual bool
	}{
		{"coroutines concurrent --set count=100000", true},
		{"rules shared --set count=100000", true},
		{"pools concurrent --set jobs=100000", true},
		{"coroutines --set delay=1ms --set count=100000 --with both", false},
		{"rules shared --set count=100000 --with both", false},
		{"pools --set jobs=100000 --set size=1000 --with both", false},
		{"cpubound --set n=50000 --set size=1 --with both", false},
		{"fetch concurrent bounded --set pages=10000 --set latency=1ms --set limit=100", false},
		{"sockets concurrent --set clients=100000 --with both", false},
		{"database concurrent bounded --set queries=10000 --set each=1ms --with both", false},
	} {
		b.Run(strings.ReplaceAll(tt.run, " --set", ""), func(b *testing.B) {
			if !tt.usual && !*largest {
				b.Skip("only with -largest")
			}
			var memory, still float64
			for b.Loop() {
				m, s := watched(b, executable, append([]string{"run"}, strings.Fields(tt.run)...))
				memory, still = max(memory, m), max(still, s)
			}
			against(b, memory, 500, "MB")
			against(b, still, 250, "ms-still")
		})
	}
}

// watched is the most memory, in MB, that a program took, and for how many
// milliseconds its screen stood still at most until its runs had ended.
func watched(b *testing.B, executable string, args []string) (memory, still float64) {
	b.Helper()
	cmd := exec.Command(executable, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "HOME="+b.TempDir())
	screen, err := pty.StartWithAttrs(cmd, &pty.Winsize{Rows: 40, Cols: 120}, &syscall.SysProcAttr{Setsid: true, Setctty: true})
	if err != nil {
		b.Fatal(err)
	}
	defer screen.Close()
	var tail []byte
	var last time.Time
	for p := make([]byte, 64<<10); ; {
		n, err := screen.Read(p)
		if err != nil {
			break // it has ended
		}
		memory = max(memory, float64(residentPeak(cmd.Process.Pid))/1e6)
		now := time.Now()
		if !last.IsZero() {
			still = max(still, float64(now.Sub(last).Milliseconds()))
		}
		last = now
		if tail = append(tail, p[:n]...); bytes.Contains(tail, []byte("enter done")) {
			screen.WriteString("q") // enter has no more to wait for, q for nothing
			break
		}
		tail = tail[max(len(tail)-100, 0):]
	}
	for p := make([]byte, 64<<10); err == nil; {
		_, err = screen.Read(p)
	}
	cmd.Wait()
	return memory, still
}
