// Package findings says what looks wrong in a program of the learner's own, by
// what its goroutines, or its tasks, were seen to do. It says what it has seen,
// and is silent where a program that is right looks the same.
package findings

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gosyncio/runner/timeline"
)

// A Finding is something that looks wrong.
type Finding struct {
	Kind    string // "panic", "leak", "send", "lock", "deadlock", "loop"
	Line    string // the place, such as "main.go:12"; "" if there is none
	Message string // a sentence, with the place in it
	Why     string // what was seen, and what to look for
}

// A Program is what is known of one.
type Program struct {
	Script bool // it is in Python
	Lanes  []timeline.Lane
	Locks  []timeline.Lock
	Slow   []timeline.Slow
	Now    time.Duration // how far it has come
	Ended  bool          // nothing more is to come
	// Returned says that its main has returned: nobody has ended it.
	Returned bool
	// Text is the line of code at a place; "" if it is not known. nil knows none.
	Text func(place string) string
}

// mayEnd reports whether a place is one at which a goroutine waits for something
// that comes by itself: a context's end, or a timer.
func (p Program) mayEnd(where string) bool {
	if p.Text == nil {
		return false
	}
	return comesByItself.MatchString(p.Text(where))
}

// comesByItself finds a receive from a context's Done, or from a timer. What is
// sent stands behind a space.
var comesByItself = regexp.MustCompile(`(<-|\brange )[^\s;{}][^;{}]*?(\.Done\(\)|\bAfter\(|\bTick\(|\.C\b([^(]|$))`)

// Find finds what looks wrong, the worst first.
func Find(p Program) []Finding {
	if p.Script {
		return starved(p)
	}
	found := deadlock(p)
	if found == nil {
		found = stuck(p)
	}
	return append(found, contended(p)...)
}

// last is a lane's last span, and whether it was in it to the end.
func last(lane timeline.Lane, p Program) (span timeline.Span, lasts bool) {
	n := lane.Len()
	if n == 0 {
		return timeline.Span{}, false
	}
	span = lane.Span(n - 1)
	return span, span.End == timeline.Open || p.Ended && span.End >= p.Now
}

func isLibrary(lane timeline.Lane) bool { return lane.Origin != nil && lane.Origin.Library }

// Reasons for which a goroutine waits that only another one can end.
const (
	sends    = "chan send"
	receives = "chan receive"
)

// A place is one at which lanes of a name wait.
type place struct{ name, where, reason string }

// wait is those who wait there.
type wait struct {
	place
	since  []time.Duration // each
	began  []time.Duration // when each was started
	others int             // of the name, that have ended
	passed bool            // somebody has waited there, and gone on
}

// waits are the places at which lanes wait for a channel, in the order in which
// they appeared.
func waits(p Program) []*wait {
	var all []*wait
	at := map[place]*wait{}
	get := func(pl place) *wait {
		w := at[pl]
		if w == nil {
			w = &wait{place: pl}
			at[pl], all = w, append(all, w)
		}
		return w
	}
	ended := map[string]int{}
	for _, lane := range p.Lanes {
		if isLibrary(lane) {
			continue
		}
		span, lasts := last(lane, p)
		for i := range lane.Len() {
			s := lane.Span(i)
			if s.State != timeline.Waiting || s.Reason() != sends && s.Reason() != receives || lasts && i == lane.Len()-1 {
				continue
			}
			get(place{lane.Name, s.Where(), s.Reason()}).passed = true
		}
		switch {
		case !lasts:
			ended[lane.Name]++
		case span.State == timeline.Waiting && (span.Reason() == sends || span.Reason() == receives):
			w := get(place{lane.Name, span.Where(), span.Reason()})
			began := span.Start
			if lane.Origin != nil {
				began = lane.Origin.At
			}
			w.since, w.began = append(w.since, span.Start), append(w.began, began)
		}
	}
	for _, w := range all {
		w.others = ended[w.name]
	}
	return slices.DeleteFunc(all, func(w *wait) bool { return len(w.since) == 0 || w.where == "" })
}

// stuck finds goroutines that wait for a channel for ever, as it seems.
func stuck(p Program) (found []Finding) {
	for _, w := range waits(p) {
		if w.name == "main" || p.mayEnd(w.where) {
			continue // it waits for the others, or for what comes by itself
		}
		if f, ok := w.finding(p); ok {
			found = append(found, f)
		}
	}
	return found
}

// How many wait at one place, come one after the other, before that is a leak of
// a program that goes on; and how long one has tried to send.
const (
	manyLeaked = 5
	longLeak   = 5 * time.Second
	longSend   = 5 * time.Second
)

func (w *wait) finding(p Program) (Finding, bool) {
	n := len(w.since)
	longest := p.Now - slices.Min(w.since)
	long := max(10*time.Millisecond, p.Now/10)
	sending := w.reason == sends
	who := fmt.Sprintf("%d goroutines wait", n)
	if n == 1 {
		who = "a goroutine waits"
	}
	action, cure := "to receive what nobody sends", "Who is to send, or to close the channel, when nothing more comes?"
	if sending {
		action, cure = "to send what nobody receives", "Who is to receive, also when the first answer was enough? A buffer of the right size, or a select with ctx.Done(), lets them end."
	}
	f := Finding{Kind: "leak", Line: w.where, Message: fmt.Sprintf("%s at %s %s: %s", who, w.where, action, w.name)}
	if sending {
		f.Kind = "send"
	}
	switch {
	case p.Returned && longest >= long && (w.others > 0 || sending):
		f.Message = fmt.Sprintf("at the end %s at %s %s: %s", strings.Replace(who, "wait", "still wait", 1), w.where, action, w.name)
		if n == 1 {
			f.Message = fmt.Sprintf("at the end a goroutine still waits at %s %s: %s", w.where, action, w.name)
		}
		waited := fmt.Sprintf("When main returned they had waited there for up to %s", rounded(longest))
		if n == 1 {
			waited = fmt.Sprintf("When main returned it had waited there for %s", rounded(longest))
		}
		if w.others > 0 {
			waited += fmt.Sprintf(", and others of %s had ended", w.name)
		}
		f.Why = waited + ". The end of the program takes them with it, without what they defer. Where this is done again and again they are ever more. " + cure
		return f, true
	case p.Returned || w.passed:
		return Finding{}, false
	case n >= manyLeaked && goesOn(w.began, p.Now) && longest >= longLeak:
		f.Message = fmt.Sprintf("%s at %s %s, and ever more do: %s", who, w.where, action, w.name)
		f.Why = fmt.Sprintf("They came there one after the other, the first %s ago, and none has gone on. %s", rounded(longest), cure)
		return f, true
	case sending && longest >= longSend:
		f.Why = fmt.Sprintf("It has waited there for %s, and nobody has ever received what is sent there. %s", rounded(longest), cure)
		return f, true
	}
	return Finding{}, false
}

// goesOn reports whether some were started in each third of the time since the
// first was: not what was started together, as the workers of a pool are, and is
// complete.
func goesOn(times []time.Duration, now time.Duration) bool {
	first := slices.Min(times)
	third := max((now-first)/3, 1)
	var counts [3]int
	for _, t := range times {
		counts[min((t-first)/third, 2)]++
	}
	return !slices.Contains(counts[:], 0)
}

// quiet is how long nothing can have happened before it seems that nothing ever
// will.
const quiet = 5 * time.Second

// timed reports whether a lane that waits has last waited at the same place, and
// was let on by nobody: by a timer, such as a ticker's, that will do so again.
func timed(lane timeline.Lane) bool {
	n := lane.Len()
	if n == 0 || lane.Origin == nil || lane.WokenBy != 0 {
		return false
	}
	now := lane.Span(n - 1)
	for i := n - 2; i >= 0; i-- {
		if s := lane.Span(i); s.State == timeline.Waiting {
			return s.Where() == now.Where() && s.Reason() == now.Reason()
		}
	}
	return false
}

// deadlock finds that all goroutines wait for each other. Who is in a select may
// wait for a timer. One that somebody waits for through a channel of his own, for
// the first time, cannot be seen, and is not ruled out.
func deadlock(p Program) []Finding {
	if p.Returned {
		return nil
	}
	var latest time.Duration
	line, count := "", 0
	var names []string
	for _, lane := range p.Lanes {
		span, lasts := last(lane, p)
		if !lasts {
			latest = max(latest, span.End)
			continue
		}
		if isLibrary(lane) {
			if span.State != timeline.Waiting || span.Reason() == "sleep" || span.Reason() == "network" || span.Reason() == "" {
				if !isRuntime(lane) {
					return nil
				}
			}
			continue
		}
		if span.State != timeline.Waiting || !slices.Contains([]string{sends, receives, "lock", "wait group", "condition", "forever"}, span.Reason()) || timed(lane) || p.mayEnd(span.Where()) {
			return nil
		}
		latest = max(latest, span.Start)
		count++
		if lane.Name == "main" {
			line = span.Where()
		}
		names = append(names, fmt.Sprintf("%s at %s (%s)", lane.Name, span.Where(), span.Reason()))
	}
	if count == 0 || p.Now-latest < quiet {
		return nil
	}
	const most = 5
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > most {
		names = append(names[:most], "others")
	}
	who := fmt.Sprintf("all %d goroutines wait", count)
	if count == 1 {
		who = "the only goroutine waits"
	}
	return []Finding{{
		Kind: "deadlock", Line: line,
		Message: fmt.Sprintf("it seems that nothing can go on: %s, main at %s", who, cmp.Or(line, "an unknown place")),
		Why: fmt.Sprintf("For %s nothing has happened. They wait: %s. Unless one of them waits for a timer, which cannot be seen, they wait for each other. Go itself would have ended the program; it does not while it is traced.",
			rounded(p.Now-latest), strings.Join(names, ", ")),
	}}
}

// isRuntime reports whether a goroutine is the runtime's, which is always there.
func isRuntime(lane timeline.Lane) bool {
	return lane.Origin != nil && (lane.Origin.Function == "" || strings.HasPrefix(lane.Origin.Function, "runtime."))
}

// contended finds locks for which several wait for a large part of the run.
func contended(p Program) (found []Finding) {
	const (
		several = 3
		part    = 4 // of the time
		least   = 100 * time.Millisecond
		most    = 5 // findings
	)
	waiting := map[string]time.Duration{} // still
	for _, lane := range p.Lanes {
		if span, lasts := last(lane, p); lasts && span.State == timeline.Waiting && span.Reason() == "lock" {
			waiting[span.Where()] += p.Now - span.Start
		}
	}
	for _, lock := range p.Locks {
		lock.Total += waiting[lock.Where]
		if lock.Most < several || lock.Total < max(least, p.Now/part) || len(found) == most {
			continue
		}
		holder := ""
		if lock.Holder != "" {
			holder = fmt.Sprintf("; mostly %s has it, until %s", lock.Holder, lock.Until)
		}
		found = append(found, Finding{
			Kind: "lock", Line: lock.Where,
			Message: fmt.Sprintf("up to %d goroutines at a time wait for the lock at %s, %s in all%s", lock.Most, lock.Where, rounded(lock.Total), holder),
			Why: fmt.Sprintf("In %s they waited there %d times. What is done with the lock held is done by one at a time: is all of it needed, and does it wait for something itself, such as the network, or sleep?",
				rounded(p.Now), lock.Waits),
		})
	}
	return found
}

// starved finds steps of asyncio's tasks that kept others from running.
func starved(p Program) []Finding {
	type sum struct {
		timeline.Slow
		count, others int
	}
	var sums []*sum
	for _, slow := range p.Slow {
		others := 0
		for _, lane := range p.Lanes {
			if lane.Name != slow.Task && readyFor(lane, slow.At, slow.At+slow.Took) >= slow.Took/4 {
				others++
			}
		}
		if others == 0 {
			continue
		}
		i := slices.IndexFunc(sums, func(s *sum) bool { return s.Where == slow.Where && s.Task == slow.Task })
		if i < 0 {
			i, sums = len(sums), append(sums, &sum{Slow: slow})
		}
		s := sums[i]
		s.count++
		s.others, s.Took = max(s.others, others), max(s.Took, slow.Took)
	}
	var found []Finding
	for _, s := range sums {
		times, were := "", "another task was"
		if s.count > 1 {
			times = fmt.Sprintf(", %d times", s.count)
		}
		if s.others > 1 {
			were = fmt.Sprintf("%d other tasks were", s.others)
		}
		found = append(found, Finding{
			Kind: "loop", Line: s.Where,
			Message: fmt.Sprintf("%s kept the event loop to itself for %s at %s%s, while %s ready", s.Task, rounded(s.Took), cmp.Or(s.Where, "an unknown place"), times, were),
			Why:     "Between two awaits nothing else runs. What waits there belongs behind an await, and what blocks or computes in asyncio.to_thread or in a process.",
		})
	}
	return found
}

// readyFor is for how long a lane was ready between two times.
func readyFor(lane timeline.Lane, from, to time.Duration) (sum time.Duration) {
	for i := lane.Len() - 1; i >= 0; i-- {
		span := lane.Span(i)
		if span.End <= from {
			break
		}
		if span.State == timeline.Ready {
			sum += max(min(span.End, to)-max(span.Start, from), 0)
		}
	}
	return sum
}

// rounded is a time as it is said.
func rounded(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return d.Round(time.Second).String()
	case d >= time.Second:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Millisecond).String()
}
