package timeline

import (
	"slices"
	"sort"
	"time"
)

// How much is kept of a run that may go on for ever: what came last, so many
// lanes and spans, some 50 MB. Lanes that have not ended are always kept.
const (
	recentLanes = 50_000
	recentSpans = 500_000
)

// recent is how a timeline forgets; the zero value is that it does not.
type recent struct {
	lanes, spans int           // with so many it forgets the older ones
	since        time.Duration // what was before has been forgotten
	pause        int           // so many lanes may still come before it tries again
	work         int           // how many lanes it has looked at, for tests
}

// Recent makes the timeline, which must be empty, keep what came last where
// there is more than it keeps, instead of what came first.
func (t *Timeline) Recent() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.recent = recent{lanes: recentLanes, spans: recentSpans}
}

// Since is how far back what happened is known; 0 is to the start.
func (t *Timeline) Since() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.recent.since
}

// End is when the run ended by what it told; 0 is that it did not tell.
func (t *Timeline) End() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.end
}

// Window are the lanes that were there between two times, as they are now and
// in the order in which they appeared. They are not to be changed.
func (t *Timeline) Window(from, to time.Duration) []Lane {
	t.mu.Lock()
	defer t.mu.Unlock()
	var lanes []Lane
	for _, lane := range t.lanes {
		if lane.start() < to && lane.until() > from {
			lanes = append(lanes, *lane)
		}
	}
	return lanes
}

// Between are the lanes that there were between two times, of a timeline that
// has ended.
func Between(lanes []Lane, from, to time.Duration) (between []Lane) {
	for _, lane := range lanes {
		if lane.start() < to && lane.until() > from {
			between = append(between, lane)
		}
	}
	return between
}

// start is when the lane's first span that is kept begins; Open if there is
// none.
func (l *Lane) start() time.Duration {
	switch {
	case len(l.closed) > 0:
		return l.closed[0].Start
	case l.open.End == Open:
		return l.open.Start
	}
	return Open
}

// until is when its last span ends; Open if it has not.
func (l *Lane) until() time.Duration {
	n := len(l.closed)
	switch {
	case l.open.End == Open:
		return Open
	case n > 0:
		return l.closed[n-1].End
	}
	return 0
}

// forget forgets the older half of the time that is known, and more while
// there is still too much. Lanes that have not ended are kept; of the others
// no more than half goes if there are very many. Snapshots that were taken
// keep what they have.
func (t *Timeline) forget() {
	var latest time.Duration
	living := 0
	for _, lane := range t.lanes {
		latest = max(latest, lane.latest())
		if lane.open.End == Open {
			living++
		}
	}
	t.recent.work += len(t.lanes)
	lanes := max(recentLanes/4*3, living+(len(t.lanes)-living)/2)
	const spans, least = recentSpans / 4 * 3, time.Millisecond // less is not halved
	then := t.recent.since
	kept, of := t.after(then)
	for (kept > lanes || of > spans) && latest-then > least {
		then += (latest - then) / 2
		kept, of = t.after(then)
	}
	if kept < len(t.lanes) || of < t.spans {
		t.recent.since = then
		t.forgetBefore(then)
	}
	// With many that have not ended it is not tried again at each.
	t.recent.pause = 0
	if len(t.lanes) > recentLanes/4*3 {
		t.recent.pause = len(t.lanes) / 2
	}
	t.recent.spans = min(max(recentSpans, t.spans/2*3), mostSpans)
}

// after is how many lanes there would be, and spans that have ended, if all
// were forgotten that had ended by then.
func (t *Timeline) after(then time.Duration) (lanes, spans int) {
	t.recent.work += len(t.lanes)
	for _, lane := range t.lanes {
		if lane.until() > then {
			lanes++
			spans += len(lane.closed) - lane.before(then)
		}
	}
	return lanes, spans
}

// before is how many of the lane's spans had ended by then.
func (l *Lane) before(then time.Duration) int {
	return sort.Search(len(l.closed), func(i int) bool { return l.closed[i].End > then })
}

// drop takes a lane away, which is not to be shown after all.
func (t *Timeline) drop(lane *Lane) {
	if lane == nil {
		return
	}
	lane.end(lane.latest())
	t.spans -= len(lane.closed)
	t.lanes = slices.DeleteFunc(t.lanes, func(l *Lane) bool { return l == lane })
}

// latest is when its last span began or, if it has ended, ended.
func (l *Lane) latest() time.Duration {
	switch n := len(l.closed); {
	case l.open.End == Open:
		return l.open.Start
	case n > 0:
		return l.closed[n-1].End
	}
	return 0
}

// forgetBefore forgets lanes that had ended by then, and of others the spans
// that had.
func (t *Timeline) forgetBefore(then time.Duration) {
	t.change()
	t.spans = 0
	t.recent.work += len(t.lanes)
	t.lanes = slices.DeleteFunc(t.lanes, func(lane *Lane) bool {
		if lane.until() <= then {
			lane.closed, lane.forgotten = nil, true
			return true
		}
		if old := lane.before(then); old > 0 {
			rest := lane.closed[old:]
			lane.closed = append(make([]Span, 0, max(len(rest), usualSpans)), rest...)
		}
		t.spans += len(lane.closed)
		return false
	})
}
