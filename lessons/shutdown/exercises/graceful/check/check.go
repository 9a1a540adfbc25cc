// Package check says what must hold of the exercise graceful.
package check

import (
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	graceful "gosyncio/lessons/shutdown/exercises/graceful/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "ctx ends while two are served", Func: "Serve", Run: serves(time.Second, 10*time.Second, 3*time.Second,
		visit{takes: 3 * time.Second}, visit{at: 500 * time.Millisecond, takes: 2 * time.Second})},
	{Name: "all have been served", Func: "Serve", Run: serves(2*time.Second, 10*time.Second, 2*time.Second,
		visit{takes: time.Second}, visit{at: 500 * time.Millisecond, takes: time.Second})},
	{Name: "a client comes after the end of ctx", Func: "Serve", Run: serves(time.Second, 10*time.Second, 4*time.Second,
		visit{takes: 4 * time.Second}, visit{at: 2 * time.Second, takes: time.Second})},
	{Name: "the limit is over, and one is still served", Func: "Serve", Run: serves(time.Second, 2*time.Second, 3500*time.Millisecond,
		visit{takes: 2 * time.Second}, visit{takes: time.Hour, goes: 500 * time.Millisecond})},
	{Name: "nobody is there", Func: "Serve", Run: serves(time.Second, time.Second, time.Second)},
	{Name: "ctx has ended before", Func: "Serve", Run: serves(0, time.Second, 0, visit{at: time.Second, takes: time.Second})},
}

// A visit is a client: when it comes, how long it is served, and how long its
// handler takes to stop when it is told to.
type visit struct{ at, takes, goes time.Duration }

// serves has clients visit Serve, whose ctx ends at a time.
func serves(ends, limit, want time.Duration, visits ...visit) func(*verify.C) {
	return func(c *verify.C) {
		start := time.Now()
		ctx, cancel := context.WithCancel(context.Background())
		if ends == 0 {
			cancel()
		} else {
			time.AfterFunc(ends, cancel)
		}
		l := newListener()
		handle := func(ctx context.Context, conn net.Conn) {
			guest, ok := conn.(*guest)
			if !ok {
				c.Wrong("Serve calls handle with a connection that Accept has not returned")
			}
			if c.Wait(ctx, guest.name, guest.takes) == nil {
				return
			}
			if told := time.Since(start); told < ends+limit {
				c.Wrong("%s is told to stop at %v, but ctx ends at %v, and the limit is %v", guest.name, told, ends, limit)
			}
			if guest.goes > 0 {
				c.Wait(context.Background(), "the end of "+guest.name, guest.goes)
			}
		}
		var coming sync.WaitGroup
		for i, v := range visits {
			coming.Go(func() {
				time.Sleep(v.at)
				guest := &guest{name: fmt.Sprint("client ", i+1), visit: v}
				in := l.dial(guest)
				switch at := time.Since(start); {
				case v.at < ends && !in:
					c.Wrong("%s comes at %v, and is not let in; ctx ends at %v", guest.name, v.at, ends)
				case v.at > ends && in:
					c.Wrong("%s comes at %v, and is let in; ctx ends at %v", guest.name, v.at, ends)
				case at > v.at:
					c.Wrong("%s comes at %v, and waits: l is open, and nobody accepts", guest.name, v.at)
				}
			})
		}
		c.Takes(want, func() { graceful.Serve(ctx, l, limit, handle) }, func() {
			for _, guest := range l.guests() {
				if !guest.closed.Load() {
					c.Wrong("Serve has returned, and the connection of %s is not closed", guest.name)
				}
			}
		})
		coming.Wait()
	}
}

// A listener lets in who dials, until it is closed.
type listener struct {
	dialed chan *guest
	closed chan struct{}
	once   sync.Once

	mu sync.Mutex // never held while anybody waits
	in []*guest
}

func newListener() *listener {
	return &listener{dialed: make(chan *guest), closed: make(chan struct{})}
}

// dial reports whether a guest is let in. Who is neither let in nor refused
// gives up after a second.
func (l *listener) dial(g *guest) bool {
	select {
	case <-l.closed:
		return false
	default:
	}
	select {
	case l.dialed <- g:
		return true
	case <-l.closed:
		return false
	case <-time.After(time.Second):
		return false
	}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case <-l.closed:
		return nil, net.ErrClosed
	default:
	}
	select {
	case g := <-l.dialed:
		l.mu.Lock()
		defer l.mu.Unlock()
		l.in = append(l.in, g)
		return g, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

func (l *listener) guests() []*guest {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.in
}

// A guest is the connection of a client, which says nothing.
type guest struct {
	net.Conn
	visit
	name   string
	closed atomic.Bool
}

func (g *guest) Close() error {
	g.closed.Store(true)
	return nil
}
