// Package schedule lets one goroutine of a program go on at a time, and
// chooses which. The program must have a Point wherever another goroutine
// could come first, and run in virtual time (testing/synctest), which tells
// when all others wait.
//
// Its channels order what goroutines do, so the race detector finds nothing
// in a program that runs so.
package schedule

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing/synctest"
)

// A Step is a goroutine that went on from a point.
type Step struct {
	Goroutine int `json:"goroutine"` // counted from 0 as they came to their first points; those that came together, as they were started
	Line      int `json:"line"`      // of the point
}

// A Schedule is one order of a program's goroutines.
type Schedule struct {
	choose  func(at []Step) int // the index of who goes on
	over    chan struct{}
	arrived chan struct{} // somebody has come to a point

	mu     sync.Mutex // held for a few instructions, never while anybody waits
	ended  bool
	parked []*parked
	quiet  []chan struct{} // of who waits until nobody is at a point
	seen   map[int]int     // goroutines by the runtime's numbers
	steps  []Step
	panics any // what the first goroutine that panicked did so with
}

// parked is a goroutine at a point.
type parked struct {
	id   int // the runtime's
	step Step
	turn chan struct{} // closed when it goes on
}

// going is the schedule that goes on; nil if everybody goes when they like.
var going atomic.Pointer[Schedule]

// BySeed chooses at random, each seed always in the same way.
func BySeed(seed uint64) func([]Step) int {
	random := rand.New(rand.NewPCG(seed, seed))
	return func(at []Step) int { return random.IntN(len(at)) }
}

// Begin begins a schedule in the bubble of the caller, whose goroutine is part
// of it. choose is given all who are at a point, in a fixed order, and returns
// the index of the one that goes on; meanwhile all stand still. There may be only one schedule at a time.
func Begin(choose func(at []Step) int) *Schedule {
	s := &Schedule{choose: choose, over: make(chan struct{}), arrived: make(chan struct{}, 1), seen: map[int]int{}}
	going.Store(s)
	go s.run()
	return s
}

// Steps are those so far.
func (s *Schedule) Steps() []Step {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.steps)
}

// Waiting are the goroutines that have gone on, are at no point and are not
// over, each with its last step: there it waits, if all stand still.
func (s *Schedule) Waiting() []Step {
	alive := goroutines()
	s.mu.Lock()
	defer s.mu.Unlock()
	var waiting []Step
	for id, number := range s.seen {
		isHere := func(p *parked) bool { return p.id == id }
		if !alive[id] || slices.ContainsFunc(s.parked, isHere) {
			continue
		}
		for _, step := range slices.Backward(s.steps) {
			if step.Goroutine == number {
				waiting = append(waiting, step)
				break
			}
		}
	}
	slices.SortFunc(waiting, func(a, b Step) int { return cmp.Compare(a.Goroutine, b.Goroutine) })
	return waiting
}

// Waiting is that of the schedule that goes on.
func Waiting() []Step {
	if s := going.Load(); s != nil {
		return s.Waiting()
	}
	return nil
}

// goroutines are the runtime's numbers of all that there are.
func goroutines() map[int]bool {
	const most = 1 << 20
	text := make([]byte, most)
	numbers := map[int]bool{}
	for line := range bytes.Lines(text[:runtime.Stack(text, true)]) {
		if rest, ok := bytes.CutPrefix(line, []byte("goroutine ")); ok {
			id, _ := strconv.Atoi(string(rest[:max(bytes.IndexByte(rest, ' '), 0)]))
			numbers[id] = true
		}
	}
	return numbers
}

// End lets everybody go when they like.
func (s *Schedule) End() {
	going.CompareAndSwap(s, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	s.ended = true
	close(s.over)
	for _, p := range s.parked {
		close(p.turn)
	}
	s.parked = nil
}

// Finish lets those who are at a point, or come to one, go on in turn until
// nobody is, and then ends the schedule.
func (s *Schedule) Finish() {
	Quiet()
	s.End()
}

// Settle waits until a goroutine that was just started has come to its first
// point: it is nobody's turn until then.
func Settle() { Point(settle) }

// settle is the line of no statement.
const settle = 0

// Point is where another goroutine could go first: whoever comes to it waits
// for their turn. line is positive.
func Point(line int) {
	s := going.Load()
	if s == nil {
		return
	}
	p := &parked{id: goroutine(), step: Step{Line: line}, turn: make(chan struct{})}
	s.mu.Lock()
	if s.ended {
		s.mu.Unlock()
		return
	}
	s.parked = append(s.parked, p)
	s.mu.Unlock()
	select {
	case s.arrived <- struct{}{}:
	default: // it is known already
	}
	<-p.turn
}

// Quiet waits until all goroutines of the bubble wait for something that is
// no turn, as synctest.Wait does without a schedule.
func Quiet() {
	s := going.Load()
	if s == nil {
		synctest.Wait()
		return
	}
	quiet := make(chan struct{})
	s.mu.Lock()
	s.quiet = append(s.quiet, quiet)
	s.mu.Unlock()
	select {
	case s.arrived <- struct{}{}:
	default:
	}
	<-quiet
}

// Recover, deferred, ends a goroutine that panics, and only that.
func Recover() {
	s := going.Load()
	if s == nil {
		return
	}
	if v := recover(); v != nil {
		s.mu.Lock()
		if s.panics == nil {
			s.panics = v
		}
		s.mu.Unlock()
		runtime.Goexit()
	}
}

// Panicked is what the first goroutine that panicked did so with; nil if none
// has.
func (s *Schedule) Panicked() any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.panics
}

// run lets one after the other go on.
func (s *Schedule) run() {
	for {
		synctest.Wait()
		next, waits := s.next()
		switch {
		case next != nil:
			close(next)
		case waits:
			select {
			case <-s.arrived: // perhaps time has gone on
			case <-s.over:
				return
			}
		default:
			return
		}
	}
}

// next is whose turn it is; nil if nobody is at a point. waits says that
// somebody may come to one.
func (s *Schedule) next() (turn chan struct{}, waits bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return nil, false
	}
	if len(s.parked) == 0 {
		if len(s.quiet) > 0 {
			turn, s.quiet = s.quiet[0], s.quiet[1:]
		}
		return turn, true
	}
	s.number() // also of those who were started since: who settles waits for one of them
	if i := slices.IndexFunc(s.parked, func(p *parked) bool { return p.step.Line == settle }); i >= 0 {
		turn = s.parked[i].turn
		s.parked = slices.Delete(s.parked, i, i+1)
		return turn, true
	}
	slices.SortFunc(s.parked, func(a, b *parked) int { return cmp.Compare(a.step.Goroutine, b.step.Goroutine) })
	at := make([]Step, len(s.parked))
	for i, p := range s.parked {
		at[i] = p.step
	}
	s.mu.Unlock() // all stand still
	i := s.choose(at)
	s.mu.Lock()
	turn = s.parked[i].turn
	s.steps = append(s.steps, at[i])
	s.parked = slices.Delete(s.parked, i, i+1)
	return turn, true
}

// number gives those who are at a point their numbers. That is done when all
// stand still, and in the order in which they were started: of several that
// begin at the same moment it is chance who arrives first.
func (s *Schedule) number() {
	slices.SortFunc(s.parked, func(a, b *parked) int { return cmp.Compare(a.id, b.id) })
	for _, p := range s.parked {
		number, ok := s.seen[p.id]
		if !ok {
			number = len(s.seen)
			s.seen[p.id] = number
		}
		p.step.Goroutine = number
	}
}

// goroutine is the runtime's number of the goroutine that calls.
func goroutine() int {
	var text [64]byte
	head := bytes.TrimPrefix(text[:runtime.Stack(text[:], false)], []byte("goroutine "))
	id, _ := strconv.Atoi(string(head[:max(bytes.IndexByte(head, ' '), 0)]))
	return id
}
