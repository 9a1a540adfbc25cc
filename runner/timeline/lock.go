package timeline

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/exp/trace"
)

// A Lock is what was seen of the goroutines of a program that waited for a
// mutex at one place.
type Lock struct {
	Where string        // at which they wait
	Waits int           // how often one did
	Total time.Duration // all together
	Most  int           // at a time
	// Holder is the name of the lane that had the lock for longest while they
	// waited, and Until the place at which it let them go on.
	Holder, Until string

	waiting int
	holders map[[2]string]time.Duration // for how long others waited for each
	handed  time.Duration               // when it was, the last time
}

// lockReason is why a goroutine of a program waits for a mutex.
const lockReason = "lock"

// waitsFor is why a goroutine of a program waits, where the runtime's word is
// the same for several things.
func waitsFor(reason string, stack trace.Stack) string {
	if reason != "sync" && reason != "sync.(*Cond).Wait" {
		return reason
	}
	known := false
	for frame := range stack.Frames() { // the innermost first
		name, ok := strings.CutPrefix(strings.TrimPrefix(frame.Func, "internal/"), "sync.")
		switch {
		case !ok && known:
			return reason // what called it may stand below another function of sync
		case !ok:
			continue
		}
		known = true
		switch {
		case strings.HasPrefix(name, "(*Mutex)."), strings.HasPrefix(name, "(*RWMutex)."):
			reason = lockReason
		case name == "(*WaitGroup).Wait":
			reason = "wait group"
		case strings.HasPrefix(name, "(*Cond)."):
			reason = "condition"
		case strings.HasPrefix(name, "(*Once)."), strings.HasPrefix(name, "OnceFunc"), strings.HasPrefix(name, "OnceValue"):
			reason = "once" // through a mutex
		}
	}
	return reason
}

// How many places are kept, and lanes of whom somebody had the lock.
const (
	mostLocks   = 1000
	mostHolders = 20
)

// locked notes that a goroutine waits for a lock at a place.
func (b *goBuilder) locked(where string) {
	lock := b.locks[where]
	if lock == nil {
		if len(b.locks) >= mostLocks {
			return
		}
		lock = &Lock{Where: where, holders: map[[2]string]time.Duration{}}
		b.locks[where] = lock
		b.timeline.locks = append(b.timeline.locks, lock)
	}
	lock.Waits++
	lock.waiting++
	lock.Most = max(lock.Most, lock.waiting)
}

// unlocked notes that a goroutine goes on that waited for a lock, by an event of
// who let it.
func (b *goBuilder) unlocked(wait Span, ev trace.Event) {
	lock := b.locks[wait.Where()]
	if lock == nil {
		return
	}
	lock.waiting = max(lock.waiting-1, 0)
	now := b.at(ev)
	held := now - max(wait.Start, lock.handed)
	lock.handed = now
	lock.Total += now - wait.Start
	holder := b.goroutines[ev.Goroutine()]
	if holder == nil || holder.name == "" {
		return
	}
	key := [2]string{cmp.Or(holder.label, holder.name), b.own.Program.where(ev.Stack())}
	if lock.holders[key] > 0 || len(lock.holders) < mostHolders {
		lock.holders[key] += held
	}
}

// Locks is what was seen of those who waited for a mutex, the longest first.
func (t *Timeline) Locks() []Lock {
	t.mu.Lock()
	defer t.mu.Unlock()
	var locks []Lock
	for _, lock := range t.locks {
		l := *lock
		l.holders = nil
		most := time.Duration(0)
		for _, key := range slices.SortedFunc(maps.Keys(lock.holders), func(a, b [2]string) int { return cmp.Compare(a[0]+a[1], b[0]+b[1]) }) {
			if n := lock.holders[key]; n > most {
				l.Holder, l.Until, most = key[0], key[1], n
			}
		}
		locks = append(locks, l)
	}
	slices.SortStableFunc(locks, func(a, b Lock) int { return cmp.Compare(b.Total, a.Total) })
	return locks
}
