// Package check says what must hold of the exercise stopfirst.
package check

import (
	"context"
	"errors"
	"slices"
	"time"

	stopfirst "gosyncio/lessons/select/exercises/stopfirst/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "three messages come, and inbox is closed", Func: "Read", Run: all},
	{Name: "inbox is closed, with messages in it", Func: "Read", Run: left},
	{Name: "ctx ends while Read waits for a message", Func: "Read", Run: waits},
	{Name: "ctx has ended before, and a thousand messages are ready", Func: "Read", Run: before},
	{Name: "ctx ends while a message is handled", Func: "Read", Run: handling},
}

// A reader is one call of Read.
type reader struct {
	c       *verify.C
	inbox   chan string
	handled []string
	err     error
}

// read calls Read.
func (r *reader) read(ctx context.Context, each time.Duration) {
	r.err = stopfirst.Read(ctx, r.inbox, func(message string) {
		r.handled = append(r.handled, message)
		if each > 0 {
			r.c.Wait(context.Background(), "handling "+message, each)
		}
	})
}

// holds says what was not handled, or in another order.
func (r *reader) holds(want ...string) {
	for i, message := range want {
		switch {
		case len(r.handled) <= i:
			r.c.Wrong("Read returns, and the message %q is not handled", message)
		case r.handled[i] != message:
			r.c.Wrong("Read handles the message %q, and %q should come before it", r.handled[i], message)
		}
	}
	if len(r.handled) > len(want) {
		r.c.Wrong("Read handles %d messages, and %d should be handled", len(r.handled), len(want))
	}
}

// all has messages come one after the other, one of them without text.
func all(c *verify.C) {
	messages := []string{"A", "", "C"}
	r := &reader{c: c, inbox: make(chan string)}
	go func() {
		for _, message := range messages {
			time.Sleep(time.Second)
			r.inbox <- message
		}
		time.Sleep(time.Second)
		close(r.inbox)
	}()
	r.read(context.Background(), 0)
	r.holds(messages...)
	if r.err != nil {
		c.Wrong("Inbox is closed, and ctx has not ended: Read should return nil, and returns %s", verify.TheError(r.err))
	}
}

func left(c *verify.C) {
	messages := []string{"A", "B", "C"}
	r := &reader{c: c, inbox: make(chan string, len(messages))}
	for _, message := range messages {
		r.inbox <- message
	}
	close(r.inbox)
	c.Takes(3*time.Second, func() { r.read(context.Background(), time.Second) }, func() { r.holds(messages...) })
}

// ended says that the error is not that of ctx.
func (r *reader) ended() {
	if !errors.Is(r.err, context.DeadlineExceeded) && !errors.Is(r.err, context.Canceled) {
		r.c.Wrong("Read should return the error of ctx, and returns %s", verify.TheError(r.err))
	}
}

// waits has ctx end at a moment at which nobody looks by chance.
func waits(c *verify.C) {
	const end = 1234567 * time.Microsecond
	ctx, cancel := context.WithTimeout(context.Background(), end)
	defer cancel()
	r := &reader{c: c, inbox: make(chan string, 1)}
	r.inbox <- "A"
	c.Takes(end, func() { r.read(ctx, 0) }, func() { r.holds("A"); r.ended() })
}

// before is tried often, for a select takes either of two that are ready.
func before(c *verify.C) {
	const messages, tries = 1000, 50
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	inbox := make(chan string, messages)
	for range messages {
		inbox <- "A"
	}
	for range tries {
		r := &reader{c: c, inbox: inbox}
		r.read(ctx, 0)
		if len(r.handled) > 0 {
			c.Wrong("ctx has ended before Read is called, and Read handles a message")
		}
		if len(inbox) < messages {
			c.Wrong("ctx has ended, and Read takes a message out of inbox that it does not handle: it is lost")
		}
		r.ended()
	}
}

// handling is tried often, too.
func handling(c *verify.C) {
	const messages, tries = 1000, 50
	for range tries {
		ctx, cancel := context.WithTimeout(context.Background(), 2500*time.Millisecond)
		r := &reader{c: c, inbox: make(chan string, messages)}
		for range messages {
			r.inbox <- "A"
		}
		c.Takes(3*time.Second, func() { r.read(ctx, time.Second) }, func() {
			if n := len(r.handled); n > 3 {
				c.Wrong("Read handles a message though ctx has ended: %d, and ctx ended in the middle of the third", n)
			}
			r.holds(slices.Repeat([]string{"A"}, 3)...)
			if left := len(r.inbox); left < messages-3 {
				c.Wrong("ctx has ended, and Read takes a message out of inbox that it does not handle: it is lost")
			}
			r.ended()
		})
		cancel()
	}
}
