// Package check says what must hold of the exercise accounts.
package check

import (
	"context"
	"slices"
	"sync"
	"time"

	accounts "gosyncio/lessons/deadlock/exercises/accounts/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "one call has one account", Func: "With", Run: calls(time.Second, call{"A", 0, []int{0}})},
	{Name: "two calls need the same account", Func: "With", Run: calls(2*time.Second, call{"A", 0, []int{1}}, call{"B", 0, []int{1}})},
	{Name: "two calls have no account in common", Func: "With", Run: calls(time.Second, call{"A", 0, []int{0, 1}}, call{"B", 0, []int{3, 2}})},
	{Name: "three calls need two accounts each", Func: "With", Run: circle},
	{Name: "two calls name the same accounts in opposite order", Func: "With", Run: crossed, AtOnce: true},
	{Name: "an account is named twice", Func: "With", Run: calls(time.Second, call{"A", 0, []int{2, 0, 2}})},
	{Name: "the accounts are in no order", Func: "With", Run: unchanged},
}

// A call is made after a while, and has its accounts for a second.
type call struct {
	name     string
	after    time.Duration
	accounts []int
}

// A bank is where calls are made.
type bank struct {
	c    *verify.C
	with func([]int, func())

	mu  sync.Mutex // never held while anybody waits
	has map[int]string
}

func newBank(c *verify.C) *bank {
	return &bank{c: c, with: accounts.With(4), has: map[int]string{}}
}

// all makes calls, each in a goroutine, and waits for them.
func (b *bank) all(calls ...call) {
	var wg sync.WaitGroup
	for _, call := range calls {
		wg.Go(func() {
			time.Sleep(call.after)
			b.make(call, time.Second)
		})
	}
	wg.Wait()
}

// make makes a call that has its accounts for a time.
func (b *bank) make(call call, d time.Duration) {
	called := false
	b.with(call.accounts, func() {
		called = true
		b.take(call)
		if d > 0 {
			b.c.Wait(context.Background(), call.name, d)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, account := range call.accounts {
			delete(b.has, account)
		}
	})
	if !called {
		b.c.Wrong("The function that With returns has not called f")
	}
}

func (b *bank) take(call call) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, account := range call.accounts {
		if other, ok := b.has[account]; ok && other != call.name {
			b.c.Wrong("Two calls have account %d at the same time", account)
		}
		b.has[account] = call.name
	}
}

func calls(want time.Duration, calls ...call) func(*verify.C) {
	return func(c *verify.C) {
		b := newBank(c)
		c.Takes(want, func() { b.all(calls...) }, nil)
	}
}

// circle has two calls in the way of three others, so that each of those gets
// its first account before any gets its second, if they go by the order in
// which they name them.
func circle(c *verify.C) {
	b := newBank(c)
	var wg sync.WaitGroup
	wg.Go(func() { b.make(call{name: "D", accounts: []int{1}}, 2*time.Second) })
	wg.Go(func() { b.make(call{name: "E", accounts: []int{2}}, time.Second) })
	const soon = time.Millisecond
	b.all(
		call{"A", soon, []int{1, 2}},
		call{"B", 2 * soon, []int{0, 1}},
		call{"C", 3 * soon, []int{2, 0}},
	)
	wg.Wait()
}

func crossed(c *verify.C) {
	b := newBank(c)
	var wg sync.WaitGroup
	wg.Go(func() { b.make(call{name: "A", accounts: []int{0, 1}}, 0) })
	wg.Go(func() { b.make(call{name: "B", accounts: []int{1, 0}}, 0) })
	wg.Wait()
}

func unchanged(c *verify.C) {
	named := []int{2, 0, 3, 0}
	newBank(c).make(call{name: "A", accounts: named}, 0)
	if want := []int{2, 0, 3, 0}; !slices.Equal(named, want) {
		c.Wrong("The slice of the caller was %v, and now it is %v", want, named)
	}
}
