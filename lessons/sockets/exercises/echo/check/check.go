// Package check says what must hold of the exercise echo.
package check

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	echo "gosyncio/lessons/sockets/exercises/echo/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "one client connects", Func: "Serve", Run: serves(visit{0, time.Second})},
	{Name: "clients come while another is silent", Func: "Serve", Run: serves(
		visit{0, 4 * time.Second}, visit{time.Second, 2 * time.Second}, visit{2 * time.Second, 1500 * time.Millisecond})},
	{Name: "nobody connects", Func: "Serve", Run: serves()},
}

// A visit is what a client does: it says hello, is silent, says bye, and
// leaves. No two of them speak at the same moment, so that those who mix them
// up do so each time, or not at all.
type visit struct{ at, silent time.Duration }

// serves has clients visit Serve. The listener is closed half a second after
// the last has connected.
func serves(visits ...visit) func(*verify.C) {
	return func(c *verify.C) {
		l := &listener{dialed: make(chan net.Conn, len(visits)), closed: make(chan struct{})}
		closes := 500 * time.Millisecond
		last := closes
		for _, v := range visits {
			closes = max(closes, v.at+500*time.Millisecond)
			last = max(last, v.at+v.silent)
		}
		for i, v := range visits {
			go func() {
				time.Sleep(v.at)
				l.dial(fmt.Sprint("client ", i+1)).speaks(c, v.silent)
			}()
		}
		time.AfterFunc(closes, func() { close(l.closed) })
		c.Takes(last,
			func() { echo.Serve(l) },
			func() {
				for _, conn := range l.conns() {
					switch {
					case !conn.left.Load():
						c.Wrong("Serve has returned, but %s is still connected", conn.name)
					case !conn.closed.Load():
						c.Wrong("Serve has returned, but the connection of %s is not closed", conn.name)
					}
				}
			})
	}
}

// A listener is one whose connections are in memory.
type listener struct {
	dialed chan net.Conn
	closed chan struct{}

	mu     sync.Mutex
	served []*serverConn
}

// Accept lets in whoever has dialed, even if l is closed by now.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.dialed:
		return conn, nil
	default:
	}
	select {
	case conn := <-l.dialed:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close is for the one who listens, which is not Serve.
func (l *listener) Close() error { return nil }

func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

// dial connects.
func (l *listener) dial(name string) client {
	ours, theirs := net.Pipe()
	conn := &serverConn{Conn: theirs, name: name}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.served = append(l.served, conn)
	l.dialed <- conn
	return client{ours, conn}
}

func (l *listener) conns() []*serverConn {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.served
}

// A serverConn is the end of a connection that Serve has.
type serverConn struct {
	net.Conn
	name   string
	left   atomic.Bool // the client
	closed atomic.Bool // by Serve
}

func (s *serverConn) Close() error {
	s.closed.Store(true)
	return s.Conn.Close()
}

// A client is the other end.
type client struct {
	net.Conn
	server *serverConn
}

// speaks says something, is silent, says something again, and leaves.
func (conn client) speaks(c *verify.C, silent time.Duration) {
	heard := bufio.NewReader(conn)
	conn.says(c, heard, "hello")
	c.Wait(context.Background(), conn.server.name, silent)
	conn.says(c, heard, "bye")
	conn.server.left.Store(true)
	conn.Close()
}

// says says a line and hears it again.
func (conn client) says(c *verify.C, heard *bufio.Reader, what string) {
	name := conn.server.name
	line := fmt.Sprintf("%s from %s", what, name)
	if _, err := fmt.Fprintln(conn, line); err != nil {
		c.Wrong("Serve has closed the connection when %s says %q", name, line)
	}
	got, err := heard.ReadString('\n')
	if err != nil {
		c.Wrong("Serve closes the connection, but has not sent back %q to %s", line, name)
	}
	if got != line+"\n" {
		c.Wrong("Serve sends %q back to %s, who said %q", got, name, line+"\n")
	}
}
