package lessons

import (
	"context"
	"io/fs"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/lessontest"
)

// inRealTime are the programs of the dictionary that make no sense in virtual
// time, each with the reason.
var inRealTime = map[string]string{
	"locking":    "who waits for a mutex is not durably blocked",
	"once":       "who waits for a Once waits for a mutex",
	"lines":      "it uses a network",
	"datagrams":  "it uses a network",
	"resolving":  "it asks the system",
	"process":    "it runs another program",
	"signals":    "the system sends the signal",
	"watch_file": "it reads a file",
}

// The programs of the dictionary print what they say, and in virtual time they
// take exactly as long as is said to be ideal.
func TestProgramsOfTheDictionary(t *testing.T) {
	want := map[string]string{
		"deadline":       "too late",
		"reschedule":     "expired: false",
		"first_done":     "fast is first",
		"as_they_come":   "first, second, third",
		"shielded":       "draft is cancelled, order is saved",
		"callbacks":      "callback: the task is done",
		"promise":        "the result is 42",
		"cause":          "worker stops: the shop closes, cancelled: true",
		"queueing":       "job 1 is done, job 2 is done, job 3 is done",
		"no_wait":        "no room for job 3, job 1 is done, job 2 is done, job 4 is done",
		"priorities":     "job 1, job 2, job 3",
		"draining":       "job 1, job 2, job 3, no more jobs",
		"locking":        "one was alone, one was alone",
		"broadcast":      "a waiter goes on, a waiter goes on, a waiter goes on",
		"conditions":     "one is sold, one is sold",
		"limiting":       "one leaves, one leaves, one leaves, one leaves",
		"meeting":        "all are here, all are here, all are here",
		"once":           "loaded, one has the settings, one has the settings",
		"shared_map":     "home was seen before: false, news was seen before: false, home was seen before: true",
		"context_values": "request 1 is for Ada, request 2 is for Grace",
		"timers":         "it rings",
		"from_thread":    "thread has answered",
		"blocking":       "the caller goes on, the caller goes on",
		"lines":          "hello Ada",
		"exact":          "only 3 bytes came",
		"backpressure":   "the writer waits, it was read",
		"protocols":      "HELLO",
		"datagrams":      "received ping",
		"process":        "apple, pear",
		"signals":        "interrupted: time to stop",
		"iterating":      "page 1, page 2",
		"unhandled":      "handler: no answer, the program goes on",
		"watch_file":     "read data",
		"resolving":      "localhost is 127.0.0.1",
	}
	contains := map[string]string{ // which say more
		"reuse": "a new buffer",
		"names": `"task":"reader"`,
		"dump":  "it is in wait",
	}
	l := Dictionary()
	for _, v := range l.Variants {
		if v.Run == nil {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			var lines []string
			run := func(ctx context.Context) error { return v.Run(ctx, l.Defaults()) }
			if inRealTime[v.Name] != "" {
				lines = inReal(t, v.Name, run)
			} else {
				var elapsed time.Duration
				_, lines = lessontest.InVirtualTime(t, func(ctx context.Context) error {
					start := time.Now()
					defer time.Sleep(MaxDuration) // for goroutines that nobody waits for
					defer func() { elapsed = time.Since(start) }()
					return run(ctx)
				})
				if elapsed != v.Ideal(l.Defaults()) {
					t.Errorf("elapsed = %v, want %v", elapsed, v.Ideal(l.Defaults()))
				}
			}
			if v.Name == "context_values" {
				slices.Sort(lines) // who is first is not determined
			}
			got := strings.Join(lines, ", ")
			if part := contains[v.Name]; part != "" {
				if !strings.Contains(got, part) {
					t.Errorf("it prints %q, which lacks %q", got, part)
				}
			} else if diff := cmp.Diff(want[v.Name], got); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// inReal runs a program in real time.
func inReal(t *testing.T, name string, run func(context.Context) error) []string {
	if testing.Short() {
		t.Skip("it runs in real time: " + inRealTime[name])
	}
	if _, err := exec.LookPath("sort"); name == "process" && err != nil {
		t.Skip(err)
	}
	if name == "signals" && runtime.GOOS == "windows" {
		t.Skip("Windows has no such signal")
	}
	return lessontest.Output(t, func() {
		if err := run(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// The dictionary is found by its id, and is in no list of lessons.
func TestTheDictionaryIsNoLesson(t *testing.T) {
	t.Parallel()
	l, err := Find(dictionaryID)
	if err != nil || l.ID != dictionaryID {
		t.Errorf("found %q, %v", l.ID, err)
	}
	if slices.ContainsFunc(All(), func(l Lesson) bool { return l.ID == dictionaryID }) {
		t.Error("it is among the lessons")
	}
	source, err := fs.ReadFile(l.Files(), "dictionary.go")
	if err != nil || string(source) != string(l.Source()) {
		t.Errorf("its source is not its file: %v", err)
	}
	for _, v := range l.Variants {
		if v.Run != nil && !strings.Contains(string(source), "\nfunc "+v.Func+"(ctx context.Context) error {\n") {
			t.Errorf("%s: there is no function %s", v.Name, v.Func)
		}
	}
	for _, name := range l.Compared {
		if _, err := l.Variant(name); err != nil {
			t.Error(err)
		}
	}
}
