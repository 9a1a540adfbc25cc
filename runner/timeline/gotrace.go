package timeline

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"golang.org/x/exp/trace"
)

// The marks that a traced program sets with runtime/trace.Log around what
// is to be shown. Nothing outside them is recorded.
const (
	MarkCategory = "gosyncio"
	MarkStart    = "start"
	MarkEnd      = "end"
)

// own are the packages whose goroutines are shown: the lessons, and a
// learner's program. starters are packages that start goroutines for them.
var (
	own      = []string{"gosyncio/lessons/", "main."}
	starters = []string{"sync.", "golang.org/x/sync/errgroup."}
)

// ReadGo builds t from a Go execution trace and returns at its end. After
// each event that changed t it calls changed, which must not block or look
// at t. What was read before an error stands. Malformed bytes are an error,
// never a panic.
func (t *Timeline) ReadGo(r io.Reader, changed func()) (err error) {
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
		goroutines: map[trace.GoID]*goroutine{},
		causes:     map[cause]*cause{},
		stacks:     map[trace.Stack]*cause{},
		none:       &cause{},
	}
	for {
		ev, err := reader.ReadEvent()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read trace: %w", err)
		}
		t.mu.Lock()
		news := b.add(ev)
		t.mu.Unlock()
		if news {
			changed()
		}
	}
}

// goBuilder turns events into lanes. Its timeline is locked during add.
type goBuilder struct {
	timeline   *Timeline
	recording  bool       // between the marks
	start      trace.Time // of the start mark
	goroutines map[trace.GoID]*goroutine
	causes     map[cause]*cause
	stacks     map[trace.Stack]*cause // the last for each stack of this generation of the trace
	none       *cause                 // for states that need no reason
}

// goroutine is what is known of one goroutine that has a lane, or may yet
// have one.
type goroutine struct {
	// function is the lane of its life before its first region; that
	// region takes it over. nil if it is not the lesson's own.
	function *Lane
	regions  []*Lane          // the open ones, innermost last
	known    map[string]*Lane // all its regions, by name; nil until there are two
	last     *Lane            // the lane of the region opened last
}

// lane is where what the goroutine does now is recorded; nil is nowhere.
func (g *goroutine) lane() *Lane {
	if n := len(g.regions); n > 0 {
		return g.regions[n-1]
	}
	return g.function
}

// add reports whether the event changed the timeline.
func (b *goBuilder) add(ev trace.Event) (changed bool) {
	switch kind := ev.Kind(); {
	case kind == trace.EventSync:
		clear(b.stacks)
	case kind == trace.EventLog:
		b.mark(ev)
	case !b.recording:
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

func (b *goBuilder) mark(ev trace.Event) {
	if log := ev.Log(); log.Category == MarkCategory {
		switch log.Message {
		case MarkStart:
			b.recording, b.start = true, ev.Time()
		case MarkEnd:
			b.recording = false
			for _, g := range b.goroutines {
				closeSpan(g.lane(), b.at(ev))
			}
		}
	}
}

func (b *goBuilder) beginRegion(ev trace.Event) {
	id, name, now := ev.Goroutine(), ev.Region().Type, b.at(ev)
	g := b.goroutines[id]
	if g == nil {
		g = &goroutine{}
		b.goroutines[id] = g
	}
	if g.function != nil { // its first region: the life before belongs to it
		g.function.Name = name
		g.regions, g.last, g.function = append(g.regions, g.function), g.function, nil
		return
	}
	closeSpan(g.lane(), now)
	lane := b.region(g, name)
	g.regions, g.last = append(g.regions, lane), lane
	b.open(lane, Running, b.none, now)
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
		g.known[name] = lane
	}
	return lane
}

func (b *goBuilder) endRegion(ev trace.Event) {
	g := b.goroutines[ev.Goroutine()]
	if g == nil || len(g.regions) == 0 {
		return // it began before the start mark
	}
	now := b.at(ev)
	closeSpan(g.lane(), now)
	g.regions = g.regions[:len(g.regions)-1]
	if outer := g.lane(); outer != nil {
		b.open(outer, Running, b.none, now)
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
	if from == trace.GoNotExist && g == nil {
		if name, ok := ownName(change.Stack, ev.Stack()); ok {
			g = &goroutine{function: b.timeline.newLane(name)}
			b.goroutines[id] = g
		}
	}
	if g == nil {
		return false
	}
	lane := g.lane()
	closeSpan(lane, now)
	if to == trace.GoNotExist {
		delete(b.goroutines, id)
		return lane != nil
	}
	if lane == nil {
		return false
	}
	switch to {
	case trace.GoRunning:
		b.open(lane, Running, b.none, now)
	case trace.GoRunnable:
		b.open(lane, Ready, b.none, now)
	case trace.GoSyscall:
		b.open(lane, Syscall, b.cause("", change.Stack), now)
	case trace.GoWaiting:
		b.open(lane, Waiting, b.cause(change.Reason, change.Stack), now)
	}
	return true
}

// at is the event's time from the start mark.
func (b *goBuilder) at(ev trace.Event) time.Duration { return time.Duration(ev.Time() - b.start) }

func (b *goBuilder) open(lane *Lane, state State, cause *cause, now time.Duration) {
	lane.Spans = append(lane.Spans, Span{State: state, Start: now, End: Open, cause: cause})
}

// closeSpan ends the lane's open span, if it has one. A span of no length is
// taken back.
func closeSpan(lane *Lane, now time.Duration) {
	if lane == nil || len(lane.Spans) == 0 {
		return
	}
	n := len(lane.Spans) - 1
	switch last := &lane.Spans[n]; {
	case last.End != Open:
	case last.Start >= now:
		lane.Spans = lane.Spans[:n]
	default:
		last.End = now
	}
}

// cause is the one for a reason and a stack. The same stack mostly comes
// with the same reason.
func (b *goBuilder) cause(reason string, stack trace.Stack) *cause {
	if c := b.stacks[stack]; c != nil && c.reason == reason {
		return c
	}
	key := cause{reason, where(stack)}
	c := b.causes[key]
	if c == nil {
		c = &key
		b.causes[key] = c
	}
	b.stacks[stack] = c
	return c
}

// where is the innermost place in the lesson's own code, as in "tasks.go:19".
func where(stack trace.Stack) string {
	for frame := range stack.Frames() {
		if isOf(frame.Func, own) {
			return fmt.Sprintf("%s:%d", path.Base(frame.File), frame.Line)
		}
	}
	return ""
}

// ownName is the name for a new goroutine by the function it starts in, and
// whether it is one of the lesson's own: it runs the lesson's code, or that
// code asked a WaitGroup or a Group to start it.
func ownName(started, creator trace.Stack) (string, bool) {
	for frame := range started.Frames() {
		if isOf(frame.Func, own) {
			return shortName(frame.Func), true
		}
		break
	}
	for frame := range creator.Frames() {
		if isOf(frame.Func, starters) {
			continue
		}
		return shortName(frame.Func), isOf(frame.Func, own)
	}
	return "", false
}

func isOf(function string, packages []string) bool {
	for _, prefix := range packages {
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
