package follow_test

import (
	"strings"
	"testing"
	"time"

	"gosyncio/runner/follow"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// ends is a program that ends in the way that its argument says.
const ends = `
-- go.mod --
module example.com/ends
go 1.26
-- main.go --
package main

import (
	"log"
	"os"
	"syscall"
	"time"

	"example.com/ends/deep"
)

func main() {
	done := make(chan bool)
	go worker(done)
	<-done
	switch os.Args[1] {
	case "main":
		os.Exit(3)
	case "deep":
		deep.Exit(4)
	case "deep 0":
		deep.Exit(0)
	case "fatal":
		log.Fatal("fatal")
	case "panic":
		go panic("failed")
		time.Sleep(time.Hour)
	case "killed":
		self, _ := os.FindProcess(os.Getpid())
		self.Kill()
		time.Sleep(time.Hour)
	case "deadlock":
		<-done
	case "goexit":
		deep.Goexit()
	case "replaced":
		deep.Exec()
	case "closed":
		syscall.Close(3)
		syscall.Close(4)
	}
}

func worker(done chan bool) {
	for range 30 {
		time.Sleep(10 * time.Millisecond)
	}
	done <- true
}
-- deep/deep.go --
package deep

import (
	"os"
	"runtime"
	"syscall"
)

func Exit(code int) { os.Exit(code) }

func Goexit() { runtime.Goexit() }

func Exec() { syscall.Exec("/bin/sh", []string{"sh", "-c", "exit 8"}, os.Environ()) }
`

// However a program ends, its exit status is told, and what it did until then
// is there: all of it where it ends in its own package, else all but the last
// moments.
func TestEnds(t *testing.T) {
	t.Parallel()
	needGo(t)
	folder := module(t, ends)
	for _, p := range []struct {
		how     string
		code    int
		printed string
		whole   bool // all that it did is there
		stays   bool // it does not end by itself
	}{
		{"returns", 0, "", true, false},
		{"main", 3, "", true, false},
		{"fatal", 1, "fatal\n", true, false},
		{"deep", 4, "", false, false},
		{"deep 0", 0, "", false, false},
		{"panic", 2, "panic: failed\n", false, false},
		{"killed", 137, "", false, false},
		{"deadlock", 130, "", true, true},
		{"goexit", 2, "no goroutines", true, false},
		{"replaced", 8, "", false, false},
		{"closed", 0, "", false, false},
	} {
		t.Run(p.how, func(t *testing.T) {
			t.Parallel()
			session := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), folder, p.how)}, follow.Streams{})
			if p.stays { // with the tracer there is always somebody who may go on
				for slept(session) < 300*time.Millisecond && !session.Ended() {
					<-session.Changed()
				}
				session.Stop()
			}
			session.Wait()
			status := session.Runs[0].Status()
			if code := session.ExitCode(); code != p.code || !strings.Contains(lines(status), p.printed) {
				t.Errorf("status %d, want %d, printed %q", code, p.code, lines(status))
			}
			if status.Phase != player.Ended {
				t.Errorf("it is in phase %v", status.Phase)
			}
			slept := slept(session)
			if least := 10 * time.Millisecond; slept < least || p.whole && slept != 300*time.Millisecond {
				t.Errorf("slept for %v", slept)
			}
		})
	}
}

// slept is how long the worker has slept, by its spans.
func slept(s *follow.Session) (sum time.Duration) {
	for _, lane := range s.Runs[0].Timeline.Snapshot() {
		if lane.Name != "worker" || lane.Origin.Started != "main.go:14" {
			continue
		}
		for span := range lane.Spans() {
			if span.Reason() == "sleep" && span.End != timeline.Open {
				sum += 10 * time.Millisecond
			}
		}
	}
	return sum
}
