package timeline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// An AsyncioEvent is something that an asyncio task did, as the harness in
// gosyncio/runner/player tells it.
type AsyncioEvent struct {
	At    time.Duration `json:"at"` // since the start signal
	Event string        `json:"event"`
	Task  int           `json:"task"`
	// Name is the lane: for "enter" the one entered, else, with a task's
	// first event, the one that the task begins in.
	Name   string `json:"name"`
	Reason string `json:"reason"` // for "wait"
	Where  string `json:"where"`  // for "wait", "block" and "slow": the place in the lesson's file, or one's own

	// Only scripts tell the rest.

	// By is the task that ran when this one became ready, or, with its first
	// event, that made it: Where is the place then. 0 is none, or unknown.
	By int `json:"by"`
	// Function is what the task runs, with its first event, if its name is
	// another; Library is that it is none of the user's own.
	Function string        `json:"function"`
	Library  bool          `json:"library"`
	Took     time.Duration `json:"took"` // for "slow"
}

// A Slow is a step in which a task kept asyncio's loop to itself for long.
type Slow struct {
	Task  string // its lane's name
	Where string // the place in the middle of it, such as "main.py:12"; "" is unknown
	At    time.Duration
	Took  time.Duration
}

// An AsyncioBuilder builds a timeline from events.
type AsyncioBuilder struct {
	timeline *Timeline
	tasks    map[int]*task
	causes   map[cause]*cause
	none     *cause // for states that need no reason
	slow     []Slow
	numbers  map[string]int // of a script, how many lanes of a name there were; else nil
}

// Asyncio is a builder for t, which must be empty. Only one builder may
// work on a timeline.
func (t *Timeline) Asyncio() *AsyncioBuilder {
	return &AsyncioBuilder{timeline: t, tasks: map[int]*task{}, causes: map[cause]*cause{}, none: &cause{}}
}

// AsyncioScript is Asyncio for a script of the learner's own: its lanes have
// origins, and say who let them go on.
func (t *Timeline) AsyncioScript() *AsyncioBuilder {
	b := t.Asyncio()
	b.numbers = map[string]int{}
	return b
}

// task is what is known of a task that has not ended.
type task struct {
	first   *Lane   // the lane it begins in, until that is entered; or nil
	entered []*Lane // innermost last
	known   map[string]*Lane
	slow    int // which of the slow steps is the one that runs, from 1; 0 is none
}

// lane is where what the task does now is recorded; nil is nowhere.
func (t *task) lane() *Lane {
	if n := len(t.entered); n > 0 {
		return t.entered[n-1]
	}
	return t.first
}

// Add adds an event. An event of a kind that there is not is an error, and so
// is one that can't have happened yet; one whose time does not fit otherwise is
// given the nearest that does.
func (b *AsyncioBuilder) Add(e AsyncioEvent) error {
	b.timeline.mu.Lock()
	defer b.timeline.mu.Unlock()
	if err := b.timeline.check(e.At); err != nil {
		return err
	}
	b.timeline.change()
	t := b.tasks[e.Task]
	if t == nil {
		if len(b.tasks) >= mostLanes {
			b.timeline.cut = true
			return nil
		}
		t = &task{}
		b.tasks[e.Task] = t
		if e.Name != "" && e.Event != "enter" {
			t.first = b.newLane(t, e.Name)
			b.originate(t.first, e)
		}
	}
	lane, now := t.lane(), max(e.At, 0)
	switch e.Event {
	case "ready":
		t.slow = 0
		b.wake(lane, e.By, now)
		open(lane, Ready, b.none, now)
	case "run":
		t.slow = 0
		b.wake(lane, 0, now)
		open(lane, Running, b.none, now)
	case "block":
		block(lane, b.cause("", e.Where))
	case "slow":
		b.addSlow(t, e)
	case "name":
		b.rename(lane, e.Name)
	case "wait":
		t.slow = 0
		open(lane, Waiting, b.cause(e.Reason, e.Where), now)
	case "enter":
		if len(t.entered) >= deepest {
			return errors.New("it reports more lanes within each other than there can be")
		}
		next := t.known[e.Name]
		if next == nil {
			next = b.newLane(t, e.Name)
		}
		if next != lane {
			lane.end(now)
			open(next, Running, b.none, now)
		}
		t.first, t.entered = nil, append(t.entered, next)
	case "leave":
		if n := len(t.entered); n > 0 {
			t.entered = t.entered[:n-1]
		}
		if outer := t.lane(); outer != lane {
			lane.end(now)
			open(outer, Running, b.none, now)
		}
	case "end":
		lane.end(now)
		delete(b.tasks, e.Task)
	default:
		return fmt.Errorf("read event of asyncio: unknown kind %q", e.Event)
	}
	return nil
}

// Slow are the steps that took long, as far as they are known, in the order
// in which they began to.
func (b *AsyncioBuilder) Slow() []Slow {
	b.timeline.mu.Lock()
	defer b.timeline.mu.Unlock()
	return slices.Clone(b.slow)
}

// mostSlow is how many slow steps are kept: the first.
const mostSlow = 1000

// addSlow keeps a slow step. Of one that goes on it may be told twice.
func (b *AsyncioBuilder) addSlow(t *task, e AsyncioEvent) {
	slow := Slow{Where: e.Where, Took: max(e.Took, 0)}
	slow.At = max(e.At-slow.Took, 0)
	if lane := t.lane(); lane != nil {
		slow.Task = lane.Name
	}
	switch {
	case t.slow > 0:
		b.slow[t.slow-1] = slow
	case len(b.slow) < mostSlow:
		b.slow = append(b.slow, slow)
		t.slow = len(b.slow)
	}
}

// End says when the script ended.
func (b *AsyncioBuilder) End(at time.Duration) {
	b.timeline.mu.Lock()
	defer b.timeline.mu.Unlock()
	b.timeline.end = max(at, 0)
}

// originate says where the lane of a script's task comes from, which e is the
// first event of.
func (b *AsyncioBuilder) originate(lane *Lane, e AsyncioEvent) {
	if b.numbers == nil {
		return
	}
	origin := &Origin{ID: int64(e.Task), Function: cmp.Or(e.Function, e.Name), Library: e.Library && e.Where == "", Parent: int64(e.By), Started: e.Where, At: max(e.At, 0)}
	if parent := b.tasks[e.By]; parent != nil && e.By != 0 && parent.lane() != nil {
		origin.By = parent.lane().Name
	}
	origin.Number = b.number(e.Name)
	lane.Origin = origin
}

// number is that of one more lane of a script of that name; 0 where there are
// too many names to count.
func (b *AsyncioBuilder) number(name string) int {
	if b.numbers[name] == 0 && len(b.numbers) >= mostCauses {
		return 0
	}
	b.numbers[name]++
	return b.numbers[name]
}

// wake notes who lets a script's task go on from a wait.
func (b *AsyncioBuilder) wake(lane *Lane, by int, now time.Duration) {
	if b.numbers != nil && lane != nil && lane.open.End == Open && lane.open.State == Waiting {
		lane.WokenBy, lane.WokenAt = int64(by), now
	}
}

// rename gives a lane its name, which a task may get after it was made.
func (b *AsyncioBuilder) rename(lane *Lane, name string) {
	if lane == nil || name == "" || name == lane.Name {
		return
	}
	lane.Name = name
	if lane.Origin != nil {
		origin := *lane.Origin
		origin.Number = b.number(name)
		lane.Origin = &origin
	}
}

func (b *AsyncioBuilder) newLane(t *task, name string) *Lane {
	lane := b.timeline.newLane(name)
	if t.known == nil {
		t.known = map[string]*Lane{}
	}
	if len(t.known) < deepest {
		t.known[name] = lane
	}
	return lane
}

func (b *AsyncioBuilder) cause(reason, where string) *cause {
	key := cause{reason, where}
	c := b.causes[key]
	switch {
	case c == nil && len(b.causes) >= mostCauses:
		b.timeline.cut = true
		return b.none
	case c == nil:
		c = &key
		b.causes[key] = c
	}
	return c
}

// block makes the open span, in which the lane was thought to run, one in
// which it blocks: that is seen only after a while.
func block(lane *Lane, cause *cause) {
	if lane != nil && lane.open.End == Open && lane.open.State == Running {
		lane.open.State, lane.open.cause = Blocking, cause
		lane.of.density.turn(Running, Blocking, lane.open.Start)
	}
}

// open ends the lane's open span at now and begins one in a new state. If
// the state is the same, or there is no lane, nothing changes.
func open(lane *Lane, state State, cause *cause, now time.Duration) {
	if lane == nil {
		return
	}
	if last, ok := lane.last(); ok {
		if last.End == Open && last.State == state && last.cause == cause {
			return
		}
		if last.End == Open {
			now = max(now, last.Start)
		} else {
			now = max(now, last.End)
		}
	}
	lane.end(now)
	lane.begin(state, cause, now)
}
