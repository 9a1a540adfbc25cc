// Package check says what must hold of the exercise proof.
package check

import (
	"errors"
	"fmt"
	"time"

	"gosyncio/lessons/verify"
	"gosyncio/lessons/virtual/exercises/proof/given"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	right("retry is right, and waits a minute at first", time.Minute),
	right("retry is right, and waits an hour at first", time.Hour),
	right("retry is right, and waits a millisecond at first", time.Millisecond),
	wrong("waits as long each time", how{calls: 4, factor: 1}),
	wrong("waits three times as long each time", how{calls: 4, factor: 3}),
	wrong("gives up after three calls", how{calls: 3, factor: 2}),
	wrong("calls a fifth time", how{calls: 5, factor: 2}),
	wrong("waits after its last call, too", how{calls: 4, factor: 2, late: true}),
	wrong("waits before its first call, too", how{calls: 4, factor: 2, early: true}),
	wrong("returns nil when it gives up", how{calls: 4, factor: 2, gives: silence}),
	wrong("returns the error of the first call when it gives up", how{calls: 4, factor: 2, gives: firstError}),
	wrong("goes on after a call that was fine", how{calls: 4, factor: 2, stubborn: true}),
}

// how says how a retry does it. The right one calls four times, with a factor
// of 2.
type how struct {
	calls       int
	factor      time.Duration
	late, early bool
	stubborn    bool
	gives       gives
}

// gives is what it gives back when all calls have failed.
type gives int

const (
	lastError gives = iota
	silence
	firstError
)

// retry is a retry that does it so.
func (h how) retry(first time.Duration, call func() error) error {
	if h.early {
		time.Sleep(first)
	}
	var errs []error
	for n := range h.calls {
		err := call()
		errs = append(errs, err)
		if err == nil && !h.stubborn {
			return nil
		}
		if n < h.calls-1 || h.late {
			time.Sleep(first)
		}
		first *= h.factor
	}
	switch h.gives {
	case silence:
		return nil
	case firstError:
		return errs[0]
	}
	return errs[len(errs)-1]
}

// tested has Check test a retry, which may not call without an end.
func tested(c *verify.C, first time.Duration, h how) error {
	called := false
	err := proof.Check(first, func(call func() error) error {
		called = true
		return h.retry(first, call)
	})
	if !called {
		c.Wrong("Check does not call retry at all")
	}
	return err
}

func right(name string, first time.Duration) verify.Check {
	return verify.Check{Name: name, Func: "Check", Run: func(c *verify.C) {
		if err := tested(c, first, how{calls: 4, factor: 2}); err != nil {
			c.Wrong("Check finds fault with a retry that is right: %v", oneLine(err))
		}
	}}
}

func wrong(does string, h how) verify.Check {
	return verify.Check{Name: "retry " + does, Func: "Check", Run: func(c *verify.C) {
		if err := tested(c, time.Minute, h); err == nil {
			c.Wrong("Check finds nothing wrong with a retry that %s", does)
		}
	}}
}

// oneLine is what the error says, in a line of a screen.
func oneLine(err error) error {
	const most = 120
	text := []rune(fmt.Sprintf("%q", err))
	if len(text) > most {
		text = append(text[:most], '…')
	}
	return errors.New(string(text))
}
