// Package verify is what the checks of exercises are written with. A Check
// says one thing that must hold of what the learner wrote. It runs in virtual
// time (testing/synctest), where an hour takes no time and is exactly an
// hour. The first check that fails ends the process.
//
// It is compiled beside the learner's file, so it imports the standard
// library alone.
package verify

import (
	"os"
	"runtime/debug"
	"testing"
	"testing/synctest"
	"time"

	"gosyncio/lessons/verify/sync"
)

// A Check says what must hold of a function.
type Check struct {
	Name string // what must hold, a clause: "the answers stand in the order asked for"
	Func string // the learner's function that it is about
	Run  func(c *C)
}

// Main is the TestMain of a test whose only test calls Run.
func Main(m *testing.M) {
	const maxStack = 64 << 20 // bytes: what recurses for ever is told soon
	debug.SetMaxStack(maxStack)
	begin()
	go watch(limits())
	m.Run()
}

// Run runs the checks in their order, and reports on each to whoever started
// the process. It ends the process at the first that fails.
func Run(t *testing.T, checks []Check) {
	for _, check := range checks {
		send(Event{Check: check.Name})
		checked.Store(&check)
		run(t, check)
	}
	send(Event{Solved: true, Held: sync.HeldOverTime()})
	os.Exit(0) // whatever is still there
}

func run(t *testing.T, check Check) {
	c := &C{check: check}
	defer func() {
		if v := recover(); v != nil {
			c.stuck(v)
		}
	}()
	synctest.Test(t, func(*testing.T) {
		c.start = time.Now()
		check.Run(c)
	})
}

// stuck reports a panic of synctest: one part of the check waits for another
// for ever, or goroutines are left over that do.
func (c *C) stuck(v any) {
	kind := Deadlock
	if err, ok := v.(error); ok && err.Error() == leftOver {
		kind = Leak
	}
	if text, ok := v.(string); ok && text == leftOver {
		kind = Leak
	}
	end(Event{Kind: kind, Func: c.check.Func, Stacks: stacks()})
}

// leftOver is what synctest says of a leak.
const leftOver = "deadlock: main bubble goroutine has exited but blocked goroutines remain"
