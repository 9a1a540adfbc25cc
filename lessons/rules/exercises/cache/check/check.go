// Package check says what must hold of the exercise cache.
package check

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	cache "gosyncio/lessons/rules/exercises/cache/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "a key is asked for twice", Func: "Cached", Run: twice},
	{Name: "there are two caches", Func: "Cached", Run: caches},
	{Name: "three ask for a key while it is being loaded", Func: "Cached", Does: "Asking for A three times within a second", Run: together},
	{Name: "three ask for a key at the same moment", Func: "Cached", Does: "Asking for A three times at once", Run: atOnce, AtOnce: true},
	{Name: "two keys are loaded at once", Func: "Cached", Does: "Asking for A, and for B 300ms later,", Run: apart},
	{Name: "one key is there while another is being loaded", Func: "Cached", Does: "Asking for B, which is there, while A is being loaded", Run: known},
	{Name: "a load fails", Func: "Cached", Does: "Asking for A twice, which fails,", Run: fails},
	{Name: "all who waited for a load that failed ask again at once", Func: "Cached", Run: again, AtOnce: true},
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

func (s *server) load(key string) (string, error) {
	s.mu.Lock()
	down := s.down > 0
	s.down--
	if s.busy[key] {
		s.c.Wrong("%s is loaded a second time, while the first load is under way", key)
	}
	s.busy[key] = true
	s.mu.Unlock()
	s.c.Wait(context.Background(), "the load of "+key, load)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy[key] = false
	if down {
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

// An asker asks for a key at a time.
type asker struct {
	at    time.Duration
	key   string
	value string
	err   error
}

// ask lets askers ask, and returns when all have an answer. Nothing but the
// cache is between them, so that the race detector sees what it does.
func ask(get func(string) (string, error), askers ...*asker) {
	var wg sync.WaitGroup
	for _, a := range askers {
		wg.Go(func() {
			time.Sleep(a.at)
			a.value, a.err = get(a.key)
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

func twice(c *verify.C) {
	get := cache.Cached(newServer(c, 0).load)
	for range 2 {
		a := &asker{key: "A"}
		ask(get, a)
		have(c, a)
	}
	loaded(c, "A", 1, "the second time it is there")
}

// caches has a second cache whose load gives other values.
func caches(c *verify.C) {
	first := cache.Cached(newServer(c, 0).load)
	second := cache.Cached(func(key string) (string, error) { return "second value of " + key, nil })
	a, b := &asker{key: "A"}, &asker{key: "A"}
	ask(first, a)
	ask(second, b)
	have(c, a)
	if want := "second value of A"; b.value != want || b.err != nil {
		c.Wrong("Two caches share what they keep: whoever asks the second for A gets %q and %s, but should get %q", b.value, verify.TheError(b.err), want)
	}
}

func together(c *verify.C) {
	get := cache.Cached(newServer(c, 0).load)
	askers := []*asker{{key: "A"}, {key: "A", at: 300 * time.Millisecond}, {key: "A", at: 600 * time.Millisecond}}
	c.Takes(load, func() { ask(get, askers...) }, func() { have(c, askers...) })
}

func atOnce(c *verify.C) {
	get := cache.Cached(newServer(c, 0).load)
	askers := []*asker{{key: "A"}, {key: "A"}, {key: "A"}}
	c.Takes(load, func() { ask(get, askers...) }, func() { have(c, askers...) })
}

func apart(c *verify.C) {
	get := cache.Cached(newServer(c, 0).load)
	a, b := &asker{key: "A"}, &asker{key: "B", at: 300 * time.Millisecond}
	c.Takes(b.at+load, func() { ask(get, a, b) }, func() { have(c, a, b) })
}

func known(c *verify.C) {
	get := cache.Cached(newServer(c, 0).load)
	ask(get, &asker{key: "B"})
	var wg sync.WaitGroup
	wg.Go(func() { ask(get, &asker{key: "A"}) })
	time.Sleep(300 * time.Millisecond)
	b := &asker{key: "B"}
	c.Takes(0, func() { ask(get, b) }, func() { have(c, b) })
	wg.Wait()
}

func fails(c *verify.C) {
	get := cache.Cached(newServer(c, 1).load)
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
	loaded(c, "A", 2, "it failed once, and is there then")
}

// again has two who get the error of one load, and at that moment ask again.
func again(c *verify.C) {
	get := cache.Cached(newServer(c, 1).load)
	first := []*asker{{key: "A"}, {key: "A", at: 300 * time.Millisecond}}
	second := []*asker{{key: "A"}, {key: "A"}}
	var wg sync.WaitGroup
	for i := range first {
		wg.Go(func() {
			ask(get, first[i])
			ask(get, second[i])
		})
	}
	wg.Wait()
	for _, a := range second {
		if errors.Is(a.err, errDown) {
			c.Wrong("Whoever asks for A as soon as its load has failed gets %q once more: the failure was still kept", errDown)
		}
	}
	have(c, second...)
	loaded(c, "A", 2, "it failed once, and is there then")
}
