// Package verify is what the checks of exercises are written with. A Check
// says one thing that must hold of what the learner wrote. It runs in virtual
// time (testing/synctest), where an hour takes no time and is exactly an
// hour. The first check that fails ends the process.
//
// It is compiled beside the learner's file, so it imports the standard
// library alone.
package verify

import (
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"gosyncio/lessons/verify/schedule"
)

// A Check says what must hold of a function.
type Check struct {
	Name string // the situation, a clause to be read behind "when": "two are asked"
	Func string // the learner's function that it is about: "Count", or a method, "Counter.Add"
	Does string // what takes its time, if it is not Func itself: "asking six queries"
	Run  func(c *C)
	// AtOnce says that goroutines do something at the very same moment, so
	// that what comes of a mistake is chance: it is run in chosen orders of
	// them alone.
	AtOnce bool
}

// TheError says in words what error was returned, or that none was.
func TheError(err error) string {
	if err == nil {
		return "no error"
	}
	return fmt.Sprintf("the error %q", err)
}

// Main is the TestMain of a test whose only test calls Run.
func Main(m *testing.M) {
	const maxStack = 64 << 20 // bytes: what recurses for ever is told soon
	debug.SetMaxStack(maxStack)
	begin()
	go watch(limits())
	m.Run()
}

// Variable names the environment variable that says in how many orders each
// check is run: 0, or nothing, runs it once, as the goroutines go. It serves
// for a program with points, see package schedule.
const Variable = "GOSYNCIO_SCHEDULES"

// Run runs the checks in their order, and reports on each to whoever started
// the process. It ends the process at the first that fails.
func Run(t *testing.T, checks []Check) {
	schedules, _ := strconv.Atoi(os.Getenv(Variable))
	for _, check := range checks {
		if check.AtOnce && schedules == 0 {
			continue
		}
		send(Event{Check: check.Name})
		c := newC(check, 0)
		checked.Store(c)
		if schedules == 0 {
			c.run(t)
			continue
		}
		for seed := range uint64(schedules) {
			send(Event{Check: check.Name, Seed: seed + 1})
			c = newC(check, seed+1)
			checked.Store(c)
			c.run(t)
		}
	}
	send(Event{Solved: true})
	os.Exit(0) // whatever is still there
}

// run runs the check once.
func (c *C) run(t *testing.T) {
	defer func() {
		if v := recover(); v != nil {
			c.stuck(v)
		}
	}()
	synctest.Test(t, func(*testing.T) {
		c.start = time.Now()
		if c.seed > 0 {
			c.schedule = schedule.Begin(schedule.BySeed(c.seed))
			defer c.schedule.End()
		}
		c.check.Run(c)
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
	c.end(Event{Kind: kind, Stacks: stacks()})
}

// leftOver is what synctest says of a leak.
const leftOver = "deadlock: main bubble goroutine has exited but blocked goroutines remain"
