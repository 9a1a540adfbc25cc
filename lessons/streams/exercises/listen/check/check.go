// Package check says what must hold of the exercise listen.
package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	listen "gosyncio/lessons/streams/exercises/listen/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "something comes", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{time.Second, "hello"})
		s.hears(context.Background(), "hello", time.Second)
	}},
	{Name: "ctx is cancelled", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{3 * time.Second, "hello"}, word{5 * time.Second, "again"})
		s.givesUp(s.cancelled(time.Second), time.Second)
		s.hears(context.Background(), "hello", 3*time.Second)
		s.hears(context.Background(), "again", 5*time.Second)
	}},
	{Name: "ctx has a deadline", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{3 * time.Second, "hello"})
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s.givesUp(ctx, time.Second)
		s.hears(context.Background(), "hello", 3*time.Second)
	}},
	{Name: "it gives up three times", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{5 * time.Second, "hello"})
		for n := range 3 {
			at := time.Duration(n+1) * time.Second
			s.givesUp(s.cancelled(at), at)
		}
		s.hears(context.Background(), "hello", 5*time.Second)
	}},
	{Name: "ctx has ended before", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{2 * time.Second, "hello"})
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		s.givesUp(ctx, 0)
		s.hears(context.Background(), "hello", 2*time.Second)
	}},
	{Name: "ctx is cancelled after Read has returned", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{time.Second, "hello"}, word{3 * time.Second, "again"})
		s.hears(s.cancelled(2*time.Second), "hello", time.Second)
		s.hears(context.Background(), "again", 3*time.Second)
	}},
	{Name: "ctx has a deadline that is not needed", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{time.Second, "hello"}, word{3 * time.Second, "again"})
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		s.hears(ctx, "hello", time.Second)
		s.hears(context.Background(), "again", 3*time.Second)
	}},
	{Name: "the other side hangs up", Func: "Read", Run: func(c *verify.C) {
		s := begin(c, word{time.Second, ""})
		n, err := s.read(context.Background(), 8)
		if n > 0 || !errors.Is(err, io.EOF) {
			c.Wrong("The other side hangs up, and Read returns %d bytes and %s, not io.EOF", n, verify.TheError(err))
		}
	}},
	{Name: "something comes at the moment at which ctx ends", Func: "Read", AtOnce: true, Run: func(c *verify.C) {
		s := begin(c, word{time.Second, "hello"}, word{3 * time.Second, "again"})
		n, err := s.read(s.cancelled(time.Second), 5)
		if n == 0 && !errors.Is(err, context.Canceled) {
			c.Wrong("Read returns nothing and %s, and ctx has ended", verify.TheError(err))
		}
		if n == 0 {
			s.hears(context.Background(), "hello", time.Second)
		}
		s.hears(context.Background(), "again", 3*time.Second)
	}},
}

// A word is what the other side says at a time; "" hangs up.
type word struct {
	at   time.Duration
	text string
}

// A session is a connection that is read from.
type session struct {
	c     *verify.C
	start time.Time
	conn  net.Conn
}

// begin connects to somebody who says these words. The connection stays open:
// who is still there at the end, and reads, is left over.
func begin(c *verify.C, words ...word) *session {
	ours, theirs := net.Pipe()
	s := &session{c: c, start: time.Now(), conn: theirs}
	go func() {
		for _, w := range words {
			time.Sleep(time.Until(s.start.Add(w.at)))
			if w.text == "" {
				ours.Close()
				return
			}
			ours.SetWriteDeadline(time.Now().Add(time.Second)) // for those who never read
			fmt.Fprint(ours, w.text)
		}
	}()
	return s
}

// cancelled is a context that is cancelled at a time.
func (s *session) cancelled(at time.Duration) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Until(s.start.Add(at)), cancel)
	return ctx
}

func (s *session) read(ctx context.Context, size int) (n int, err error) {
	n, err = listen.Read(ctx, s.conn, make([]byte, size))
	if n < 0 || n > size {
		s.c.Wrong("Read returns %d bytes, and b has %d", n, size)
	}
	return n, err
}

// hears wants Read to return that word, at that time.
func (s *session) hears(ctx context.Context, want string, at time.Duration) {
	b := make([]byte, 100)
	n, err := listen.Read(ctx, s.conn, b)
	if n < 0 || n > len(b) {
		s.c.Wrong("Read returns %d bytes, and b has %d", n, len(b))
	}
	after := time.Since(s.start)
	switch got := string(b[:n]); {
	case n == 0 && err != nil:
		s.c.Wrong("At %v Read returns %s, but %q comes at %v, and this ctx has not ended", after, verify.TheError(err), want, at)
	case got != want:
		s.c.Wrong("At %v Read returns %q, but %q came at %v: somebody else has read it", after, got, want, at)
	case after != at:
		s.c.Wrong("Read returns %q at %v, but it came at %v", got, after, at)
	case err != nil && ctx.Err() == nil:
		s.c.Wrong("Read returns %q and %s; ctx has not ended", got, verify.TheError(err))
	}
}

// givesUp wants Read to return the error of ctx when that ends.
func (s *session) givesUp(ctx context.Context, at time.Duration) {
	n, err := s.read(ctx, 100)
	switch after := time.Since(s.start); {
	case after > at:
		s.c.Wrong("ctx ends at %v, and Read returns at %v", at, after)
	case ctx.Err() == nil:
		s.c.Wrong("Read returns at %v with %s, but ctx ends at %v", after, verify.TheError(err), at)
	case n > 0 || err == nil:
		s.c.Wrong("ctx has ended, and Read returns %d bytes and %s", n, verify.TheError(err))
	case !errors.Is(err, ctx.Err()):
		s.c.Wrong("ctx has ended, and Read returns %s, not that of ctx: %q", verify.TheError(err), ctx.Err())
	}
}
