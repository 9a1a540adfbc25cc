// Package check says what must hold of the exercise transfer.
package check

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	transfer "gosyncio/lessons/database/exercises/transfer/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "there is one transfer", Func: "Transfers", Run: one},
	{Name: "there is not enough money", Func: "Transfers", Run: short},
	{Name: "two transfers cross", Func: "Transfers", Run: crossed},
	{Name: "three transfers go round in a circle", Func: "Transfers", Run: circle},
	{Name: "two transfers leave one account", Func: "Transfers", Run: leave},
	{Name: "two transfers come to one account", Func: "Transfers", Run: arrive},
	{Name: "two transfers have no account in common", Func: "Transfers", Does: "Moving from 0 to 1, and from 2 to 3 at the same time,", Run: apart},
	{Name: "an account pays itself", Func: "Transfers", Run: same},
}

// A bank has four accounts with 100 each. A question takes a second.
type bank struct {
	c      *verify.C
	shared int          // the account that both transfers use, in the check of these; -1 if none is
	slow   map[int]bool // whose balance takes a second; nil: all that is asked does

	mu       sync.Mutex
	balances [4]int
	using    [4]int // how many questions about an account are under way
	begun    int    // how many questions there have been
}

const whole = 4 * 100

func newBank(c *verify.C) *bank {
	return &bank{c: c, shared: -1, balances: [4]int{100, 100, 100, 100}}
}

func (b *bank) transfers() func(from, to, amount int) error {
	return transfer.Transfers(len(b.balances), b.balance, b.set)
}

// balance says that a transfer begins with the shared account while money of
// the other one is on its way. The transfer whose money it is may ask as well,
// but then it asks nothing else meanwhile.
func (b *bank) balance(account int) int {
	onItsWay := b.sum() != whole
	before, alone := b.begin(account)
	if b.slow == nil || b.slow[account] {
		b.c.Wait(context.Background(), fmt.Sprintf("balance(%d)", account), time.Second)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if account == b.shared && onItsWay && !(alone && b.begun == before) {
		b.tooEarly()
	}
	b.using[account]--
	return b.balances[account]
}

func (b *bank) set(account, balance int) {
	b.begin(account)
	if b.slow == nil {
		b.c.Wait(context.Background(), fmt.Sprintf("set(%d)", account), time.Second)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.using[account]--
	b.balances[account] = balance
}

// begin counts a question. It returns how many there have been, this one
// too, and whether no other one is under way. It says that there are two about
// the shared account.
func (b *bank) begin(account int) (begun int, alone bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if account == b.shared && b.using[account] > 0 {
		b.tooEarly()
	}
	alone = b.using == [4]int{}
	b.using[account]++
	b.begun++
	return b.begun, alone
}

func (b *bank) tooEarly() {
	b.c.Wrong("A second transfer uses account %d before the first one is over", b.shared)
}

func (b *bank) sum() (sum int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, balance := range b.balances {
		sum += balance
	}
	return sum
}

// have says that the accounts have not what they should have.
func (b *bank) have(what string, want ...int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if got := b.balances[:len(want)]; !slices.Equal(got, want) {
		b.c.Wrong("After %s the accounts have %v, but should have %v: each had 100", what, got, want)
	}
}

// A move is a transfer that has enough money.
type move struct{ from, to, amount int }

func (m move) String() string { return fmt.Sprintf("%d from %d to %d", m.amount, m.from, m.to) }

// all makes several moves at once.
func (b *bank) all(transfer func(from, to, amount int) error, moves ...move) {
	var wg sync.WaitGroup
	for _, m := range moves {
		wg.Go(func() {
			if err := transfer(m.from, m.to, m.amount); err != nil {
				b.c.Wrong("Moving %v returns the error %q, but there is enough money", m, err)
			}
		})
	}
	wg.Wait()
}

func one(c *verify.C) {
	b := newBank(c)
	b.all(b.transfers(), move{0, 1, 30})
	b.have("moving 30 from 0 to 1", 70, 130, 100, 100)
	b = newBank(c)
	b.all(b.transfers(), move{3, 2, 100})
	b.have("moving 100 from 3 to 2", 100, 100, 200, 0)
}

func short(c *verify.C) {
	b := newBank(c)
	transfer := b.transfers()
	if err := transfer(0, 1, 101); err == nil {
		c.Wrong("Moving 101 from 0 to 1 returns no error, but account 0 has 100")
	}
	b.have("moving 101 from 0 to 1, which fails,", 100, 100, 100, 100)
	b.all(transfer, move{1, 0, 30}) // do both have their locks back?
	b.have("a transfer that fails, and 30 from 1 to 0,", 130, 70, 100, 100)
}

func crossed(c *verify.C) {
	b := newBank(c)
	b.all(b.transfers(), move{0, 1, 30}, move{1, 0, 20})
	b.have("moving 30 from 0 to 1, and 20 from 1 to 0,", 90, 110)
}

func circle(c *verify.C) {
	b := newBank(c)
	b.all(b.transfers(), move{0, 1, 30}, move{1, 2, 20}, move{2, 0, 10})
	b.have("moving 30 from 0 to 1, 20 from 1 to 2, and 10 from 2 to 0,", 80, 110, 110)
}

func leave(c *verify.C) {
	b := newBank(c)
	b.shared = 0
	b.all(b.transfers(), move{0, 1, 30}, move{0, 2, 20})
	b.have("moving 30 from 0 to 1, and 20 from 0 to 2,", 50, 130, 120)
}

// arrive has a third account that is paid by two: each asks for its balance
// in the middle, so what is on its way is the transfer's own.
func arrive(c *verify.C) {
	b := newBank(c)
	b.all(b.transfers(), move{0, 2, 30}, move{1, 2, 20})
	b.have("moving 30 from 0 to 2, and 20 from 1 to 2,", 70, 80, 150)
}

// apart has one question in each transfer that takes time, so that whichever
// begins late has waited for the other transfer.
func apart(c *verify.C) {
	slow := map[int]bool{0: true, 2: true}
	alone := newBank(c)
	alone.slow = slow
	before := time.Now()
	alone.all(alone.transfers(), move{0, 1, 30})
	took := time.Since(before)
	b := newBank(c)
	b.slow = slow
	transfer := b.transfers()
	c.Takes(took, func() { b.all(transfer, move{0, 1, 30}, move{2, 3, 20}) }, nil)
	b.have("moving 30 from 0 to 1, and 20 from 2 to 3,", 70, 130, 80, 120)
}

func same(c *verify.C) {
	b := newBank(c)
	b.all(b.transfers(), move{1, 1, 30})
	b.have("moving 30 from 1 to 1", 100, 100, 100, 100)
}
