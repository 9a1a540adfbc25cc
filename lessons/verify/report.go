package verify

import (
	"cmp"
	"encoding/json"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gosyncio/lessons/verify/schedule"
)

// A Kind says what is wrong.
type Kind string

const (
	Wrong    Kind = "wrong"    // the result
	Slow     Kind = "slow"     // in virtual time
	Deadlock Kind = "deadlock" // all wait for each other
	Leak     Kind = "leak"     // goroutines are left that wait for ever
	Endless  Kind = "endless"  // it computes, or waits for the world outside, without an end
)

// An Event is a line of JSON on the process's stdout: a check that begins, or
// what was found.
type Event struct {
	Token  string `json:"token"`            // what was in TokenVariable: what the learner's program writes is no event
	Check  string `json:"check,omitempty"`  // the one that begins
	Solved bool   `json:"solved,omitempty"` // all of them hold

	Kind    Kind   `json:"kind,omitempty"`    // what is wrong; "" if nothing is
	Func    string `json:"func,omitempty"`    // the learner's function
	Line    int    `json:"line,omitempty"`    // in the learner's file; 0: of the function
	Message string `json:"message,omitempty"` // a sentence
	Stacks  string `json:"stacks,omitempty"`  // of all goroutines, as the runtime prints them

	Seed  uint64          `json:"seed,omitempty"`  // of the schedule; 0 if there is none
	Steps []schedule.Step `json:"steps,omitempty"` // of the schedule, until then
}

// checked is the check that goes on.
var checked atomic.Pointer[C]

// reports is where events go.
var reports struct {
	sync.Mutex
	out   *os.File
	token string
}

// TokenVariable names the environment variable with a word that every event
// carries, and nothing else that comes on stdout.
const TokenVariable = "GOSYNCIO_TOKEN"

// begin keeps stdout for events. What the learner prints goes to stderr.
func begin() {
	reports.out = os.Stdout
	os.Stdout = os.Stderr
	reports.token = os.Getenv(TokenVariable)
	os.Unsetenv(TokenVariable)
}

func send(e Event) {
	reports.Lock()
	defer reports.Unlock()
	e.Token = reports.token
	line, _ := json.Marshal(e)
	reports.out.Write(append(line, '\n'))
}

// end reports what is wrong, and ends the process: whatever the learner's
// goroutines do, nothing of them is left.
func end(e Event) {
	send(e)
	os.Exit(1)
}

func stacks() string {
	const most = 1 << 20
	text := make([]byte, most)
	return string(text[:runtime.Stack(text, true)])
}

// A limit is how much a check may take each time that it is run, or what comes
// before the first.
type limit struct {
	cpu, wall time.Duration // it waits little in virtual time
	memory    uint64        // bytes, of the process
}

func limits() limit {
	return limit{cpu: 2 * time.Second, wall: 20 * time.Second, memory: 1 << 30}
}

// outside says that nothing goes on, and why it may be so.
const outside = "It waits for something outside the program"

// standStill is what the runtime prints of all goroutines but the first, which
// asks; "" if one of them may go on by itself. In virtual time that is who
// waits there for a time: others do not let it come.
func standStill(stacks string) string {
	_, others, _ := strings.Cut(stacks, "\n\n")
	for line := range strings.Lines(others) {
		if !strings.HasPrefix(line, "goroutine ") {
			continue
		}
		_, state, _ := strings.Cut(line, "[")
		waits := slices.ContainsFunc([]string{"chan receive", "chan send", "select", "sync.", "synctest."}, func(start string) bool {
			return strings.HasPrefix(state, start)
		})
		if !waits && !(strings.HasPrefix(state, "sleep") && strings.Contains(state, "bubble")) {
			return ""
		}
	}
	return others
}

// watch ends the process when it takes more than it may.
func watch(l limit) {
	none := newC(Check{}, 0) // before the first check
	parent := os.Getppid()
	tooMuch := func(what string) {
		e := Event{Kind: Endless, Message: what, Stacks: stacks()}
		cmp.Or(checked.Load(), none).end(e)
	}
	const look = time.Second // so often for who stands still, which takes some time itself
	still, looked := "", time.Now()
	for {
		time.Sleep(20 * time.Millisecond)
		if os.Getppid() != parent { // it was killed, and nobody waits for this
			os.Exit(1)
		}
		c := cmp.Or(checked.Load(), none)
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		switch {
		case m.Sys > l.memory:
			tooMuch("It takes more than 1 GB of memory")
		case cpuTime()-c.cpu > l.cpu:
			tooMuch("It computes without an end")
		case time.Since(c.wall) > l.wall:
			tooMuch(outside)
		case time.Since(looked) > look:
			before := still
			still, looked = standStill(stacks()), time.Now()
			if still != "" && still == before {
				tooMuch(outside)
			}
		}
	}
}
