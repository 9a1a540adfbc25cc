package follow_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/follow"
	"gosyncio/runner/timeline"
)

// talks is a program that does what its argument says with its streams and its
// surroundings.
const talks = `
-- go.mod --
module example.com/talks
go 1.26
-- main.go --
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

func init() {
	pause, _ := time.ParseDuration(os.Getenv("TALKS_INIT"))
	time.Sleep(pause)
}

func main() {
	switch os.Args[1] {
	case "environment":
		fmt.Print(strings.Join(os.Environ(), "\x00"))
	case "children":
		out, err := exec.Command("sh", "-c", "for n in 3 4 5 6 7 8 9; do if [ -e /proc/self/fd/$n ]; then readlink /proc/self/fd/$n; fi; done").Output()
		fmt.Print(string(out), err)
	case "copy":
		io.Copy(os.Stdout, os.Stdin)
		os.Stderr.Write([]byte{0, 0xff, '\n', '\r', 0x1b, 'x'})
	case "flood":
		count, _ := strconv.Atoi(os.Args[2])
		out := bufio.NewWriterSize(os.Stdout, 1<<16)
		for i := range count {
			fmt.Fprintf(out, "line %d\n", i)
		}
		out.Flush()
	case "long":
		fmt.Print(strings.Repeat("x", 1<<20))
	case "sleep":
		time.Sleep(100 * time.Millisecond)
	}
}
`

// The environment of a program is the learner's, but for what says of whom it
// is a child; GODEBUG, too, by which the tracer was set, is as it was.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	needGo(t)
	folder := module(t, talks)
	for _, settings := range []string{"", "GODEBUG=", "GODEBUG=panicnil=1,http2client=0"} {
		given := slices.DeleteFunc(surroundings("EMPTY=", "TWICE=1", "TWICE=2", "STRANGE=a=b ü\n\x01"), func(entry string) bool { return strings.HasPrefix(entry, "GODEBUG=") })
		if settings != "" {
			given = append(given, settings)
		}
		streams, printed := captured(t)
		session := follow.Start(t.Context(), []*follow.Program{built(t, given, folder, "environment")}, streams)
		session.Wait()
		out, errs := printed()
		if session.ExitCode() != 0 || len(errs) > 0 {
			t.Errorf("status %d, %q", session.ExitCode(), errs)
		}
		got := map[string]string{}
		for entry := range strings.SplitSeq(string(out), "\x00") {
			name, value, _ := strings.Cut(entry, "=")
			if _, twice := got[name]; twice {
				t.Errorf("%s is there twice", name)
			}
			got[name] = value
		}
		for _, entry := range given {
			name, _, _ := strings.Cut(entry, "=")
			if value, ok := got[name]; !ok || value != given.Get(name) {
				t.Errorf("%s is %q, want %q", name, value, given.Get(name))
			}
		}
		for name := range got {
			if name != "GOSYNCIO_RUN" && !slices.ContainsFunc(given, func(entry string) bool { return strings.HasPrefix(entry, name+"=") }) {
				t.Errorf("it has %s=%s", name, got[name])
			}
		}
	}
}

// A program's children inherit nothing by which it is followed.
func TestChildrenInheritNothing(t *testing.T) {
	t.Parallel()
	needGo(t)
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells what is open")
	}
	session := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), module(t, talks), "children")}, follow.Streams{})
	session.Wait()
	if text := lines(session.Runs[0].Status()); text != "<nil>\n" {
		t.Errorf("they have %q", text)
	}
}

// What a program reads and prints is passed on as it is.
func TestStreams(t *testing.T) {
	t.Parallel()
	needGo(t)
	streams, printed := captured(t)
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	streams.In = from
	session := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), module(t, talks), "copy")}, streams)
	var text []byte
	for i := range 1 << 16 {
		text = append(text, byte(i), byte(i>>8), '\r', '\n', 0x1b)
	}
	if _, err := io.Copy(to, bytes.NewReader(text)); err != nil {
		t.Error(err)
	}
	to.Close()
	session.Wait()
	out, errs := printed()
	if session.ExitCode() != 0 || sha256.Sum256(out) != sha256.Sum256(text) || string(errs) != "\x00\xff\n\r\x1bx" {
		t.Errorf("status %d, %d bytes of %d, %q", session.ExitCode(), len(out), len(text), errs)
	}
}

// Of a program that prints very much the last lines are kept.
func TestFlood(t *testing.T) {
	t.Parallel()
	needGo(t)
	count := 1_000_000
	if !testing.Short() {
		count = 3_000_000
	}
	session := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), module(t, talks), "flood", fmt.Sprint(count))}, follow.Streams{})
	session.Wait()
	status := session.Runs[0].Status()
	if n := len(status.Output); n < 1_000 || n > 20_000 || status.Dropped+n != count || status.Output[n-1].Text != fmt.Sprintf("line %d", count-1) {
		t.Errorf("%d lines, %d dropped", n, status.Dropped)
	}
}

// A line without an end is there, cut where it is very long.
func TestLongLine(t *testing.T) {
	t.Parallel()
	needGo(t)
	session := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), module(t, talks), "long")}, follow.Streams{})
	session.Wait()
	if output := session.Runs[0].Status().Output; len(output) != 1 || len(output[0].Text) > 100_000 || !strings.HasPrefix(output[0].Text, "xxx") {
		t.Errorf("%d lines", len(output))
	}
}

// The start is when main begins: what comes before takes no time, and those
// that are started together begin together.
func TestStart(t *testing.T) {
	t.Parallel()
	needGo(t)
	folder := module(t, talks)
	const pause = time.Second
	programs := []*follow.Program{
		built(t, surroundings("TALKS_INIT="+pause.String()), folder, "sleep"),
		built(t, surroundings(), folder, "sleep"),
	}
	begin := time.Now()
	session := follow.Start(t.Context(), programs, follow.Streams{})
	session.Wait()
	for _, r := range session.Runs {
		status := r.Status()
		if status.ExitCode != 0 || status.Start.Sub(begin) < pause || status.Elapsed < 100*time.Millisecond {
			t.Errorf("status %d, begun after %v, took %v", status.ExitCode, status.Start.Sub(begin), status.Elapsed)
		}
		lanes := r.Timeline.Snapshot()
		if len(lanes) == 0 || lanes[0].Name != "main" || lanes[0].Total(timeline.Waiting) < 100*time.Millisecond {
			t.Errorf("lanes: %v", lanes)
		}
		for _, lane := range lanes {
			for span := range lane.Spans() {
				if span.Start < 0 || span.End > status.Elapsed {
					t.Errorf("%s has a span from %v to %v of %v", lane.Name, span.Start, span.End, status.Elapsed)
				}
			}
		}
	}
}

// Nothing is left in the folder for temporary files.
func TestCleared(t *testing.T) {
	t.Parallel()
	needGo(t)
	temporary := t.TempDir()
	folder := module(t, talks)
	program := built(t, surroundings("TMPDIR="+temporary), folder, "sleep")
	if left, _ := filepath.Glob(filepath.Join(temporary, "*")); len(left) != 1 {
		t.Errorf("there is %v", left)
	}
	follow.Start(t.Context(), []*follow.Program{program}, follow.Streams{}).Wait()
	built(t, surroundings("TMPDIR="+temporary), folder, "sleep").Clear()
	if left, _ := filepath.Glob(filepath.Join(temporary, "*")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
