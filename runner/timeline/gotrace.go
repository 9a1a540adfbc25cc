package timeline

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/exp/trace"

	"gosyncio/runner/child"
)

// Own says which goroutines of a program are shown, by the beginnings of
// their functions' names.
type Own struct {
	// Functions are those of the program itself.
	Functions []string
	// Starters start goroutines for it, as WaitGroup.Go does.
	Starters []string
	// Name is how a region is shown, by its own name; nil is by that name.
	Name func(string) string
	// Program, if it is not nil, says that this is a program of the learner's
	// own: all its goroutines are shown, with their origins.
	Program *GoProgram
}

// ReadGo builds t from the execution trace of a Go program, of whose
// goroutines it keeps its own, as far as it stands between the marks of
// package child, and returns at its end. After each event that
// changed t it calls changed, which must not block or look at t. What was
// read before an error stands. Malformed bytes are an error, never a panic.
func (t *Timeline) ReadGo(r io.Reader, own Own, changed func()) (err error) {
	defer func() {
		if p := recover(); p != nil { // the reader is experimental
			err = fmt.Errorf("read trace: %v", p)
		}
	}()
	reader, err := trace.NewReader(r)
	if err != nil {
		return fmt.Errorf("read trace: %w", err)
	}
	b := goBuilder{
		timeline:   t,
		own:        own,
		numbers:    map[string]int{},
		goroutines: map[trace.GoID]*goroutine{},
		causes:     map[cause]*cause{},
		stacks:     map[trace.Stack]*cause{},
		none:       &cause{},
		locks:      map[string]*Lock{},
	}
	for {
		ev, err := reader.ReadEvent()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read trace: %w", err)
		}
		news, err := b.take(ev)
		if err != nil {
			return err
		}
		if news {
			changed()
		}
	}
}

// take takes an event into the timeline, and reports whether that changed it.
func (b *goBuilder) take(ev trace.Event) (news bool, err error) {
	b.timeline.mu.Lock()
	defer b.timeline.mu.Unlock()
	if b.recording {
		if err := b.timeline.check(b.at(ev)); err != nil {
			return false, err
		}
	}
	if news = b.add(ev); news {
		b.timeline.change()
	}
	return news, nil
}

// goBuilder turns events into lanes. Its timeline is locked during add.
type goBuilder struct {
	timeline   *Timeline
	own        Own
	recording  bool       // between the marks
	ended      bool       // behind them
	start      trace.Time // of the start mark
	goroutines map[trace.GoID]*goroutine
	causes     map[cause]*cause
	stacks     map[trace.Stack]*cause // the last for each stack of this generation of the trace
	none       *cause                 // for states that need no reason
	locks      map[string]*Lock       // of a program, by the places at which goroutines wait for them
	numbers    map[string]int         // of a program, how many lanes of a name there were
}

// goroutine is what is known of one goroutine that has a lane, or may yet
// have one.
type goroutine struct {
	// function is the lane of its life before its first region; that
	// region takes it over. nil if it is not the program's own.
	function *Lane
	regions  []*Lane          // the open ones, innermost last
	known    map[string]*Lane // all its regions, by name; nil until there are two
	last     *Lane            // the lane of the region opened last

	origin  *Origin // in a program of the learner's own
	name    string  // by what it runs
	label   string  // what it calls itself there
	former  bool    // it has taken that back, and not waited since
	dubious bool    // whether a better name may be found
}

// end and begin end what the goroutine was doing and begin something else:
// in its lane, or in those of all its open regions. An outer region does what
// the one within does, as a function does what the one it has called does.
func (g *goroutine) end(now time.Duration) {
	g.function.end(now)
	for _, lane := range g.regions {
		lane.end(now)
	}
}

func (g *goroutine) begin(state State, cause *cause, now time.Duration) {
	if g.function != nil {
		g.function.begin(state, cause, now)
	}
	for i, lane := range g.regions {
		if !slices.Contains(g.regions[:i], lane) { // one within another of its name
			lane.begin(state, cause, now)
		}
	}
}

// shown reports whether the goroutine has a lane now.
func (g *goroutine) shown() bool { return g.function != nil || len(g.regions) > 0 }

// add reports whether the event changed the timeline.
func (b *goBuilder) add(ev trace.Event) (changed bool) {
	switch kind := ev.Kind(); {
	case kind == trace.EventSync:
		clear(b.stacks)
	case kind == trace.EventLog:
		b.log(ev)
		return true
	case !b.recording && (b.own.Program == nil || b.ended):
	case kind == trace.EventRegionBegin:
		b.beginRegion(ev)
		return true
	case kind == trace.EventRegionEnd:
		b.endRegion(ev)
		return true
	case kind == trace.EventStateTransition && ev.StateTransition().Resource.Kind == trace.ResourceGoroutine:
		return b.transition(ev)
	}
	return false
}

func (b *goBuilder) log(ev trace.Event) {
	switch log := ev.Log(); log.Category {
	case child.LabelCategory:
		b.relabel(ev.Goroutine(), log.Message)
	case child.MarkCategory:
		switch log.Message {
		case child.MarkStart:
			b.recording, b.start = true, ev.Time()
			b.begun(ev.Goroutine())
		case child.MarkEnd:
			b.recording, b.ended = false, true
			b.timeline.end = b.at(ev)
			for _, g := range b.goroutines {
				g.end(b.at(ev))
			}
		}
	}
}

func (b *goBuilder) beginRegion(ev trace.Event) {
	id, name, now := ev.Goroutine(), ev.Region().Type, b.at(ev)
	name = b.printable(name)
	g := b.goroutines[id]
	if g == nil {
		g = &goroutine{}
		b.goroutines[id] = g
	}
	if len(g.regions) >= deepest {
		b.timeline.cut = true
		return // its end ends another
	}
	if g.function != nil { // its first region: the life before belongs to it
		b.rename(g, g.function, name)
		g.regions, g.last, g.function = append(g.regions, g.function), g.function, nil
		return
	}
	lane := b.region(g, name)
	if !slices.Contains(g.regions, lane) {
		lane.begin(Running, b.none, now)
	}
	g.regions, g.last = append(g.regions, lane), lane
}

// region is g's lane for the regions of that name.
func (b *goBuilder) region(g *goroutine, name string) *Lane {
	if g.last != nil && g.last.Name == name {
		return g.last
	}
	if g.known == nil {
		g.known = map[string]*Lane{}
		if g.last != nil {
			g.known[g.last.Name] = g.last
		}
	}
	lane := g.known[name]
	if lane == nil {
		lane = b.timeline.newLane(name)
		b.rename(g, lane, name)
		if len(g.known) < deepest {
			g.known[name] = lane
		}
	}
	return lane
}

func (b *goBuilder) endRegion(ev trace.Event) {
	g := b.goroutines[ev.Goroutine()]
	if g == nil || len(g.regions) == 0 {
		return // it began before the start mark
	}
	n := len(g.regions) - 1
	lane := g.regions[n]
	g.regions = g.regions[:n]
	if !slices.Contains(g.regions, lane) {
		lane.end(b.at(ev))
	}
}

// transition reports whether the goroutine has a lane that it changed.
func (b *goBuilder) transition(ev trace.Event) (changed bool) {
	change := ev.StateTransition()
	id, now := change.Resource.Goroutine(), b.at(ev)
	from, to := change.Goroutine()
	if from == to {
		return false // said again at the start of each generation of the trace
	}
	g := b.goroutines[id]
	switch {
	case g != nil:
	case b.own.Program != nil:
		g = b.appear(ev, change, from)
	case from == trace.GoNotExist:
		if name, ok := b.ownName(change.Stack, ev.Stack()); ok {
			g = &goroutine{function: b.timeline.newLane(name)}
			b.goroutines[id] = g
		}
	}
	if g == nil {
		return false
	}
	if g.origin != nil {
		b.follow(g, ev, change, from, to)
	}
	g.end(now)
	if to == trace.GoNotExist {
		delete(b.goroutines, id)
		return g.shown()
	}
	if !g.shown() {
		return false
	}
	switch to {
	case trace.GoRunning:
		g.begin(Running, b.none, now)
	case trace.GoRunnable:
		g.begin(Ready, b.none, now)
	case trace.GoSyscall:
		g.begin(Syscall, b.cause("", change.Stack), now)
	case trace.GoWaiting:
		g.begin(Waiting, b.cause(change.Reason, change.Stack), now)
	}
	return true
}

// at is the event's time from the start mark; 0 before it.
func (b *goBuilder) at(ev trace.Event) time.Duration {
	if b.start == 0 {
		return 0
	}
	return time.Duration(ev.Time() - b.start)
}

// cause is the one for a reason and a stack. The same stack mostly comes
// with the same reason.
func (b *goBuilder) cause(reason string, stack trace.Stack) *cause {
	if c := b.stacks[stack]; c != nil && (c.reason == reason || b.own.Program != nil && reason == "sync") {
		return c
	}
	key := cause{reason, b.where(stack)}
	if b.own.Program != nil {
		key.reason = waitsFor(reason, stack)
	}
	c := b.causes[key]
	switch {
	case c == nil && len(b.causes) >= mostCauses:
		b.timeline.cut = true
		return b.none
	case c == nil:
		c = &key
		b.causes[key] = c
	}
	b.stacks[stack] = c
	return c
}

// where is the innermost place in the program's own code, as in
// "tasks.go:19".
func (b *goBuilder) where(stack trace.Stack) string {
	if program := b.own.Program; program != nil {
		return program.where(stack)
	}
	for frame := range stack.Frames() {
		if isOf(frame.Func, b.own.Functions) {
			return fmt.Sprintf("%s:%d", path.Base(frame.File), frame.Line)
		}
	}
	return ""
}

// ownName is the name for a new goroutine by the function it starts in, and
// reports whether it is one of the program's own: it runs its code, or that
// code asked a starter to start it.
func (b *goBuilder) ownName(started, creator trace.Stack) (string, bool) {
	for frame := range started.Frames() {
		if isOf(frame.Func, b.own.Functions) {
			return shortName(frame.Func), true
		}
		break
	}
	for frame := range creator.Frames() {
		if isOf(frame.Func, b.own.Starters) {
			continue
		}
		return shortName(frame.Func), isOf(frame.Func, b.own.Functions)
	}
	return "", false
}

// isOf reports whether a function's name begins with one of prefixes.
func isOf(function string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return false
}

// shortName is a function's name without its package.
func shortName(function string) string {
	base := path.Base(function)
	if _, name, ok := strings.Cut(base, "."); ok {
		return name
	}
	return base
}
