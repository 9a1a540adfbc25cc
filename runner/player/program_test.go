package player

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"runtime"
	"runtime/trace"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/child"
	"gosyncio/runner/group"
)

// programVariable names the program that this test binary is instead of a
// test: a link to it, started by itself, has no arguments.
const programVariable = "GOSYNCIO_TEST_PROGRAM"

// programs are what somebody may have written.
func programs() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"two": func(ctx context.Context) error {
			done := make(chan bool)
			for _, name := range []string{"A", "B"} {
				go func() {
					defer trace.StartRegion(ctx, name).End()
					time.Sleep(10 * time.Millisecond)
					fmt.Println(name)
					done <- true
				}()
				<-done
			}
			var line string
			_, err := fmt.Scanln(&line) // nobody answers
			fmt.Println(err)
			return nil
		},
		"fails": func(context.Context) error { return errors.New("no") },
		"exits": func(context.Context) error {
			os.Exit(0)
			return nil
		},
		"fatal": func(context.Context) error {
			log.SetFlags(0)
			log.Fatal("no more")
			return nil
		},
		"panics": func(context.Context) error {
			go explode()
			select {}
		},
		"asleep": func(context.Context) error {
			var first, second sync.Mutex
			first.Lock()
			go func() {
				second.Lock()
				first.Lock()
			}()
			runtime.Gosched()
			time.Sleep(time.Millisecond)
			second.Lock()
			return nil
		},
		"leaves": func(context.Context) error {
			fmt.Println("TMPDIR=" + os.Getenv("TMPDIR"))
			return exec.Command("setsid", "sleep", "3600").Start()
		},
		"waits": func(ctx context.Context) error {
			fmt.Println("waits")
			select {}
		},
		"writes": func(ctx context.Context) error {
			os.NewFile(1, "stdout").WriteString(strings.Repeat("x", 100))
			<-ctx.Done()
			return nil
		},
		"takes": func(ctx context.Context) error {
			taken := [][]byte{}
			for ctx.Err() == nil {
				taken = append(taken, make([]byte, 1<<20))
			}
			fmt.Println(len(taken))
			return nil
		},
	}
}

func explode() { panic("boom") }

// startProgram is the main of one of the programs; ok is false if it is none.
func startProgram() (exitCode int, ok bool) {
	name := os.Getenv(programVariable)
	run := programs()[name]
	if run == nil {
		return 0, false
	}
	if name == "asleep" {
		return child.Run(child.Options{Untraced: true, Alone: true}, run), true
	}
	return child.Run(child.Options{Memory: 64 << 20}, run), true
}

// playProgram runs one of the programs, and waits until it says something or
// is over; then stop ends it, if that is asked for.
func playProgram(t *testing.T, name string, stop bool) Recording {
	t.Helper()
	return playVariant(t, lessons.Variant{Name: name}, stop)
}

// playVariant runs the program of the variant's name.
func playVariant(t *testing.T, variant lessons.Variant, stop bool) Recording {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := New(append(os.Environ(), programVariable+"="+variant.Name))
	variant.Ideal = func(lessons.Values) time.Duration { return 0 }
	program := &Program{Path: path, Package: "gosyncio/runner/player", Source: []byte("package player")}
	c, err := p.Play(t.Context(), Setup{Parts: []Part{{Variant: variant, Program: program}}})
	if err != nil {
		t.Fatal(err)
	}
	for stop && len(c.Runs[0].Status().Output) == 0 {
		<-c.Changed()
	}
	if stop {
		c.Cancel()
	}
	c.Wait()
	return c.Snapshot().Runs[0]
}

func TestAProgramOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		stop   bool
		err    string // its beginning
		output []string
	}{
		{"two", false, "", []string{"A", "B", "EOF"}},
		{"fails", false, "no", nil},
		{"exits", false, "it ended itself in the middle", nil},
		{"fatal", false, "exit status 1", []string{"no more"}},
		{"waits", true, stopped, []string{"waits"}},
		{"writes", false, "it prints where it cannot be followed", nil},
		{"takes", false, "ended, for it takes more than 64 MB", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := playProgram(t, tt.name, tt.stop)
			if s := r.Status; !strings.HasPrefix(s.Err, tt.err) || (tt.err == "") != (s.Err == "") || !slices.Equal(texts(s), tt.output) {
				t.Errorf("error %q, output %q; want %q, %q", s.Err, texts(s), tt.err, tt.output)
			}
		})
	}
}

// A program that ends itself breaks off its trace, wherever that was.
func TestAProgramThatEndedItself(t *testing.T) {
	t.Parallel()
	for _, events := range []error{nil, io.ErrUnexpectedEOF, errors.New("not a trace")} {
		r := &Run{Job: Job{Part: Part{Program: &Program{}}}, begun: true}
		if err := r.outcome(nil, nil, events); err != errEnded {
			t.Errorf("events that end with %v: %v, want %v", events, err, errEnded)
		}
	}
}

// What is shown is what runs in the learner's package.
func TestLanesOfAProgram(t *testing.T) {
	t.Parallel()
	r := playProgram(t, "two", false)
	var names []string
	for _, lane := range r.Lanes {
		names = append(names, lane.Name)
		for s := range lane.Spans() {
			if where := s.Where(); where != "" && !strings.HasPrefix(where, "program_test.go:") {
				t.Errorf("%s is %s at %s", lane.Name, said(s), where)
			}
		}
	}
	if want := []string{"A", "B"}; !slices.Equal(names, want) || string(r.Job.Source) != "package player" {
		t.Errorf("lanes %q of %q", names, r.Job.Source)
	}
}

// Nothing of a learner's program goes on, whatever session it leads.
func TestWhatAProgramHasStarted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux can processes be found")
	}
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip(err)
	}
	s := playProgram(t, "leaves", false).Status
	if s.Err != "" || len(s.Output) != 1 {
		t.Fatalf("error %q, output %q", s.Err, texts(s))
	}
	if n := group.Count(s.Output[0].Text); n != 0 {
		t.Errorf("%d processes are left", n)
	}
}

// Of a crash stays what is about the learner's package.
func TestTheCrashOfAProgram(t *testing.T) {
	t.Parallel()
	s := playProgram(t, "panics", false).Status
	got := texts(s)
	for i, text := range got {
		got[i], _, _ = strings.Cut(text, ".go:")
		for _, start := range []string{"goroutine", "created by"} {
			if strings.HasPrefix(text, start+" ") {
				got[i] = start
			}
		}
	}
	want := []string{"panic: boom", "", "goroutine", "explode()", "    program_test", "created by", "    program_test"}
	if s.Err != "exit status 2: panic: boom" || !slices.Equal(got, want) {
		t.Errorf("error %q, output %q, want %q", s.Err, got, want)
	}
}

// That the process dies is what some variants show.
func TestAVariantThatDies(t *testing.T) {
	t.Parallel()
	asleep := "fatal error: all goroutines are asleep - deadlock!"
	status, where := 2, "    program_test.go:"
	if child.Cgo {
		asleep, status = "", -1
		where = "given up after 2s: all are asleep, and in a program built with cgo, as this one is, Go does not see it"
	}
	for _, tt := range []struct {
		name, dies string
		died, err  string
		exitCode   int
	}{
		{"panics", "panic: boom", "panic: boom", "", 2},
		{"asleep", "fatal error: all goroutines are asleep", asleep, "", status},
		{"panics", "panic: another", "", "exit status 2: panic: boom", 2},
		{"fatal", "panic: boom", "", "exit status 1", 1},
		{"two", "panic: boom", "", "it came to its end this time, and did not die: panic: boom", 0},
	} {
		t.Run(tt.name+" "+tt.dies, func(t *testing.T) {
			t.Parallel()
			s := playVariant(t, lessons.Variant{Name: tt.name, Dies: tt.dies, Untraced: tt.name == "asleep"}, false).Status
			if s.Died != tt.died || s.Err != tt.err || s.ExitCode != tt.exitCode {
				t.Errorf("died %q, error %q, exit status %d; want %q, %q, %d", s.Died, s.Err, s.ExitCode, tt.died, tt.err, tt.exitCode)
			}
			where := where
			if tt.name != "asleep" {
				where = "    program_test.go:"
			}
			if tt.err == "" && !strings.Contains(strings.Join(texts(s), "\n"), where) {
				t.Errorf("the output does not say where: %q", texts(s))
			}
		})
	}
}
