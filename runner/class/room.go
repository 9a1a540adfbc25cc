package class

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What a class has room for.
const (
	maxLearners = 2000
	maxStreams  = 4  // of a learner: the oldest ends when there are more
	joinRate    = 50 // a second, once as many have joined as there is room for
)

// settling is how long somebody who has joined has to connect.
const settling = 10 * time.Second

// A room is all that is known of a class.
type room struct {
	title   string
	now     func() time.Time
	changed chan struct{} // for the presenter
	dirty   chan struct{} // for the publisher
	unsaved chan struct{} // for who writes it down

	mu       sync.Mutex
	asked    []*ballot
	current  *ballot             // nil if nothing is asked
	run      *run                // nil if none is shown
	learners map[string]*learner // by the hashes of their tokens
	nicks    map[string]int      // that are taken, folded, to the last number that one got
	joins    *rate.Limiter
	joined   int // how many there were
	here     int // how many of them are connected
}

// A learner is somebody who has joined, known by nothing but a token.
type learner struct {
	number  int
	seat    *seat // of one who uses the program; nil for a page
	streams []*stream
	since   time.Time     // when the learner joined
	pace    *rate.Limiter // of what comes in
}

// A stream is a connection over which a learner is told what there is.
type stream struct{ end context.CancelFunc }

func newRoom(title string, now func() time.Time) *room {
	return &room{
		title: title, now: now,
		changed:  make(chan struct{}, 1),
		dirty:    make(chan struct{}, 1),
		unsaved:  make(chan struct{}, 1),
		learners: map[string]*learner{},
		nicks:    map[string]int{},
		joins:    rate.NewLimiter(joinRate, maxLearners),
	}
}

// change says that there is something new. The room must not be locked.
func (r *room) change() {
	tell(r.changed)
	tell(r.dirty)
	tell(r.unsaved)
}

// tell puts a value in a channel that has room for one.
func tell(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is known already
	}
}

// join adds a learner, and returns the token that is known to nobody else.
// Whoever joins with a nick uses the program.
func (r *room) join(nick string) (token string, l *learner, refused *refusal) {
	token = rand.Text()
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.joins.AllowN(r.now(), 1) {
		return "", nil, refuse(429, "many are joining: wait a little and try again")
	}
	if len(r.learners) >= maxLearners && !r.forget() {
		return "", nil, refuse(503, "the class is full")
	}
	r.joined++
	l = &learner{number: r.joined, since: r.now(), pace: newPace()}
	if nick != "" {
		l.seat = &seat{Nick: r.apart(nick), since: r.now()}
	}
	r.learners[hashed(token)] = l
	return token, l, nil
}

// newPace lets a learner send a few things at once, and then some a second.
func newPace() *rate.Limiter { return rate.NewLimiter(10, 20) }

// forget makes room, if somebody is not there: rather who has done nothing yet
// than somebody who will have to join again. Nobody is forgotten who has just
// come, or has voted on what is asked: else there could be more votes than
// learners.
func (r *room) forget() bool {
	gone, now := "", r.now()
	for hash, l := range r.learners {
		if len(l.streams) > 0 || now.Sub(l.since) < settling || r.hasVoted(l) {
			continue
		}
		gone = hash
		if l.seat == nil || l.seat.untouched() {
			break
		}
	}
	delete(r.learners, gone)
	return gone != ""
}

func (r *room) hasVoted(l *learner) bool {
	return r.current != nil && slices.ContainsFunc(r.current.rounds, func(votes round) bool {
		_, voted := votes[l.number]
		return voted
	})
}

// known is the learner with a token; nil if there is none.
func (r *room) known(token string) *learner {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.learners[hashed(token)]
}

// hashed is a token as it is kept: whoever reads it cannot vote with it.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// enter notes a connection of a learner. It is over when ctx ends, which is
// also when the learner has too many others.
func (r *room) enter(ctx context.Context, l *learner) (_ context.Context, leave func()) {
	ctx, cancel := context.WithCancel(ctx)
	st := &stream{cancel}
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(l.streams) == 0 {
		r.here++
	}
	l.streams = append(l.streams, st)
	if len(l.streams) > maxStreams {
		l.streams[0].end()
		l.streams = l.streams[1:]
	}
	return ctx, func() {
		cancel()
		defer r.change()
		r.mu.Lock()
		defer r.mu.Unlock()
		if i := slices.Index(l.streams, st); i >= 0 {
			l.streams = slices.Delete(l.streams, i, i+1)
			if len(l.streams) == 0 {
				r.here--
			}
		}
	}
}
