// Package check says what must hold of the exercise flight.
package check

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	flight "gosyncio/lessons/stampede/exercises/flight/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "three ask for a key while it is being loaded", Func: "Shared", Does: "Asking for A three times within a second", Run: together},
	{Name: "three ask for a key at the same moment", Func: "Shared", Does: "Asking for A three times at once", Run: atOnce, AtOnce: true},
	{Name: "two keys are loaded at once", Func: "Shared", Does: "Asking for A, and for B 300ms later,", Run: apart},
	{Name: "20 ask for 4 keys", Func: "Shared", Does: "Asking 20 times for 4 keys at once", Run: many},
	{Name: "a key is asked for again, later", Func: "Shared", Run: later},
	{Name: "a load fails", Func: "Shared", Does: "Asking for A twice, which fails,", Run: fails},
	{Name: "the only one who asks gives up", Func: "Shared", Does: "Asking for A, and giving up 300ms later,", Run: alone},
	{Name: "who asked first gives up", Func: "Shared", Does: "Asking for A twice, of which the first gives up,", Run: first},
	{Name: "who asked second gives up", Func: "Shared", Does: "Asking for A twice, of which the second gives up,", Run: second},
}

const load = time.Second

var errDown = errors.New("the server is down")

// A server has a value for each key, and takes a second to send it.
type server struct {
	c    *verify.C
	down int // for so many loads
	mu   sync.Mutex
	busy map[string]bool // the keys that are being loaded
}

func newServer(c *verify.C, down int) *server {
	return &server{c: c, down: down, busy: map[string]bool{}}
}

func (s *server) load(ctx context.Context, key string) (string, error) {
	s.mu.Lock()
	down := s.down > 0
	s.down--
	if s.busy[key] {
		s.c.Wrong("%s is loaded a second time, while the first load is under way", key)
	}
	s.busy[key] = true
	s.mu.Unlock()
	err := s.c.Wait(ctx, "the load of "+key, load)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy[key] = false
	switch {
	case err != nil:
		return "", err
	case down:
		return "", errDown
	}
	return "value of " + key, nil
}

// loaded says that key was not loaded as often as it should be.
func loaded(c *verify.C, key string, want int, when string) {
	if n := c.Count("the load of " + key); n != want {
		c.Wrong("%s was loaded %s, but should be loaded %s: %s", key, times(n), times(want), when)
	}
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// An asker asks for a key at a time, and then waits so long; 0 is for ever.
type asker struct {
	at, patience time.Duration
	key          string

	value string
	err   error
	took  time.Duration // until it had an answer
}

// get is what the learner has made.
type get func(ctx context.Context, key string) (string, error)

// ask lets askers ask, and returns when all have an answer. Nothing but what
// the learner has made is between them, so that the race detector sees what it
// does.
func ask(get get, askers ...*asker) {
	var wg sync.WaitGroup
	for _, a := range askers {
		wg.Go(func() {
			time.Sleep(a.at)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			if a.patience > 0 {
				defer time.AfterFunc(a.patience, cancel).Stop()
			}
			begun := time.Now()
			a.value, a.err = get(ctx, a.key)
			a.took = time.Since(begun)
		})
	}
	wg.Wait()
}

// have says that not all of the askers have the value of their key.
func have(c *verify.C, askers ...*asker) {
	for _, a := range askers {
		if want := "value of " + a.key; a.value != want || a.err != nil {
			c.Wrong("Whoever asks for %s gets %q and %s, but should get %q", a.key, a.value, verify.TheError(a.err), want)
		}
	}
}

// gaveUp says that an asker did not.
func gaveUp(c *verify.C, a *asker) {
	if !errors.Is(a.err, context.Canceled) {
		c.Wrong("Whoever gives up after %v gets %q and %s, but should get the error %q of its ctx", a.patience, a.value, verify.TheError(a.err), context.Canceled)
	}
}

func together(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	askers := []*asker{{key: "A"}, {key: "A", at: 300 * time.Millisecond}, {key: "A", at: 600 * time.Millisecond}}
	c.Takes(load, func() { ask(get, askers...) }, func() { have(c, askers...) })
}

func atOnce(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	askers := []*asker{{key: "A"}, {key: "A"}, {key: "A"}}
	c.Takes(load, func() { ask(get, askers...) }, func() { have(c, askers...) })
}

func apart(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	a, b := &asker{key: "A"}, &asker{key: "B", at: 300 * time.Millisecond}
	c.Takes(b.at+load, func() { ask(get, a, b) }, func() { have(c, a, b) })
}

func many(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	keys := []string{"A", "B", "C", "D"}
	var askers []*asker
	for n := range 20 {
		askers = append(askers, &asker{key: keys[n%len(keys)]})
	}
	c.Takes(load, func() { ask(get, askers...) }, func() { have(c, askers...) })
	for _, key := range keys {
		loaded(c, key, 1, "5 ask for it at once")
	}
}

func later(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	for range 2 {
		a := &asker{key: "A"}
		ask(get, a)
		have(c, a)
	}
	loaded(c, "A", 2, "the second asks when the first load has ended, and nothing is kept")
}

func fails(c *verify.C) {
	get := flight.Shared(newServer(c, 1).load)
	askers := []*asker{{key: "A"}, {key: "A", at: 300 * time.Millisecond}}
	c.Takes(load, func() { ask(get, askers...) }, func() {
		for _, a := range askers {
			if !errors.Is(a.err, errDown) {
				c.Wrong("One of two who ask for A gets %q and %s, but the load that both wait for fails with %q", a.value, verify.TheError(a.err), errDown)
			}
		}
	})
	again := &asker{key: "A"}
	ask(get, again)
	if errors.Is(again.err, errDown) {
		c.Wrong("A fails for ever: the error %q was kept, but the server is back", errDown)
	}
	have(c, again)
}

// alone gives up, and asks again when nobody can still be loading for it.
func alone(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	a := &asker{key: "A", patience: 300 * time.Millisecond}
	c.Takes(a.patience, func() { ask(get, a) }, func() { gaveUp(c, a) })
	time.Sleep(load)
	again := &asker{key: "A"}
	ask(get, again)
	have(c, again)
}

func first(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	a := &asker{key: "A", patience: 300 * time.Millisecond}
	b := &asker{key: "A", at: 100 * time.Millisecond}
	c.Takes(load, func() { ask(get, a, b) }, func() {
		gaveUp(c, a)
		if errors.Is(b.err, context.Canceled) {
			c.Wrong("Who asked for A first gave up after %v, and so did its load: the second, who did not give up, gets the error %q", a.patience, b.err)
		}
		have(c, b)
		loaded(c, "A", 1, "the second waits for the load that is under way")
		if a.took != a.patience {
			c.Wrong("Who asked for A first gives up after %v, and gets its error after %v", a.patience, a.took)
		}
	})
}

func second(c *verify.C) {
	get := flight.Shared(newServer(c, 0).load)
	a := &asker{key: "A"}
	b := &asker{key: "A", at: 100 * time.Millisecond, patience: 300 * time.Millisecond}
	c.Takes(load, func() { ask(get, a, b) }, func() {
		gaveUp(c, b)
		have(c, a)
		loaded(c, "A", 1, "the second waits for the load that is under way")
		if b.took != b.patience {
			c.Wrong("Who asked for A second gives up after %v, and gets its error after %v", b.patience, b.took)
		}
	})
}
