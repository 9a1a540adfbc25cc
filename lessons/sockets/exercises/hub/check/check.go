// Package check says what must hold of the exercise hub.
package check

import (
	"fmt"
	"net"
	"slices"
	"sync/atomic"
	"time"

	hub "gosyncio/lessons/sockets/exercises/hub/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "all clients are quick", Func: "Broadcast", Run: func(c *verify.C) {
		broadcast(c, 3, 2, 3500*time.Millisecond, quick(), quick(), quick())
	}},
	{Name: "a client is slow", Func: "Broadcast", Run: func(c *verify.C) {
		broadcast(c, 3, 4, 9*time.Second, quick(), slow(4*time.Second), quick()) // which takes a line at 1 s, 5 s and 9 s
	}},
	{Name: "a client takes nothing", Func: "Broadcast", Run: func(c *verify.C) {
		asleep := takes(0)
		broadcast(c, 8, 2, 8500*time.Millisecond, quick(), asleep, quick())
		if asleep.conn.closedAt.Load() > int64(4*time.Second) { // one is being written, two are in the queue
			c.Wrong("The queue has room for 2 messages, but after 4 a client that takes none is still connected")
		}
	}},
	{Name: "a client leaves", Func: "Broadcast", Run: func(c *verify.C) {
		broadcast(c, 8, 2, 8500*time.Millisecond, quick(), takes(2), quick())
	}},
	{Name: "the last message just fits in the queue of a client", Func: "Broadcast", Run: func(c *verify.C) {
		// It takes a line at 1 s, 5.5 s and so on. At 5 s one is being written, and three are in the queue.
		broadcast(c, 5, 3, 19*time.Second, quick(), slow(4500*time.Millisecond), quick())
	}},
	{Name: "there are no messages", Func: "Broadcast", Run: func(c *verify.C) { broadcast(c, 0, 1, 500*time.Millisecond, quick()) }},
	{Name: "there are no clients", Func: "Broadcast", Run: func(c *verify.C) { broadcast(c, 3, 1, 3500*time.Millisecond) }},
}

// broadcast says what must hold of so many messages. They come at 1 s, 2 s and
// so on, and that was all half a second after the last.
func broadcast(c *verify.C, messages, room int, want time.Duration, clients ...*client) {
	start := time.Now()
	conns := make([]net.Conn, len(clients))
	for i, cl := range clients {
		cl.connect(fmt.Sprint("client ", i+1), start)
		conns[i] = cl.conn
	}
	said := make(chan string)
	var all atomic.Bool
	go func() {
		for i := range messages {
			time.Sleep(time.Second)
			said <- message(i)
		}
		time.Sleep(500 * time.Millisecond)
		all.Store(true)
		close(said)
	}()
	c.Takes(want, func() {
		hub.Broadcast(said, conns, room)
		c.Over() // the clients have heard what they hear at this moment
		if !all.Load() {
			c.Wrong("Broadcast returns before messages is closed")
		}
		for _, cl := range clients {
			cl.holds(c, messages, room)
		}
	}, nil)
	time.Sleep(time.Minute) // a client may still think about what it heard
}

func message(i int) string { return fmt.Sprint("message ", i+1) }

// A client is one that listens.
type client struct {
	most  int           // lines that it takes; all if negative
	pause time.Duration // after each

	net.Conn
	conn  *serverConn
	heard []line
}

// A line is what a client heard, and when.
type line struct {
	text string
	at   time.Duration
}

func quick() *client                   { return &client{most: -1} }
func slow(pause time.Duration) *client { return &client{most: -1, pause: pause} }

// takes is a client that reads so many lines and leaves; with 0 it stays, and
// reads nothing.
func takes(lines int) *client { return &client{most: lines} }

func (cl *client) connect(name string, start time.Time) {
	ours, theirs := net.Pipe()
	cl.Conn, cl.conn = ours, newServerConn(theirs, name, start)
	if cl.most != 0 {
		go cl.listen(start)
	}
}

func (cl *client) listen(start time.Time) {
	defer cl.Close()
	for len(cl.heard) != cl.most {
		text, err := readLine(cl.Conn)
		if err != nil {
			return
		}
		cl.heard = append(cl.heard, line{text, time.Since(start)})
		time.Sleep(cl.pause)
	}
}

// readLine reads a line and nothing behind it.
func readLine(conn net.Conn) (string, error) {
	var text []byte
	for one := make([]byte, 1); ; text = append(text, one[0]) {
		if _, err := conn.Read(one); err != nil {
			return "", err
		}
		if one[0] == '\n' {
			return string(text), nil
		}
	}
}

// holds says what is wrong with what a client heard of all messages.
func (cl *client) holds(c *verify.C, messages, room int) {
	name := cl.conn.name
	for i := range cl.heard {
		heard, due := cl.heard[i], time.Duration(i+1)*time.Second
		switch {
		case i >= messages:
			c.Wrong("Broadcast writes %d messages to %s, but there are %d", len(cl.heard), name, messages)
		case heard.text != message(i):
			c.Wrong("Broadcast writes %q to %s, but it should be %q", heard.text, name, message(i))
		case cl.pause == 0 && heard.at > due:
			c.Wrong("Broadcast writes %q to %s at %v, but the message came at %v", heard.text, name, heard.at, due)
		}
	}
	if cl.most < 0 && len(cl.heard) < messages {
		cl.hadRoom(c, messages, room)
		c.Wrong("Broadcast has returned, but %s has not heard %q", name, message(len(cl.heard)))
	}
	if cl.conn.closedAt.Load() < 0 {
		c.Wrong("Broadcast has returned, but the connection of %s is not closed", name)
	}
}

// hadRoom says that a client was disconnected when a message came for which
// its queue had room.
func (cl *client) hadRoom(c *verify.C, messages, room int) {
	at := time.Duration(cl.conn.closedAt.Load())
	next := int(at/time.Second) - 1 // the message
	if at%time.Second != 0 || next < 1 || next >= messages {
		return
	}
	heard := slices.IndexFunc(cl.heard, func(l line) bool { return l.at >= at })
	if heard < 0 {
		heard = len(cl.heard)
	}
	if queued := max(next-heard-1, 0); queued < room { // one is being written
		c.Wrong("Broadcast disconnects %s when %q comes, with only %d of the %d places in its queue taken", cl.conn.name, message(next), queued, room)
	}
}

// A serverConn is the end of a connection that Broadcast has.
type serverConn struct {
	net.Conn
	name     string
	start    time.Time
	closedAt atomic.Int64  // since start; negative if it is open
	writing  chan struct{} // who waits for it waits in virtual time, and a pipe has a lock
}

func newServerConn(conn net.Conn, name string, start time.Time) *serverConn {
	s := &serverConn{Conn: conn, name: name, start: start, writing: make(chan struct{}, 1)}
	s.closedAt.Store(-1)
	return s
}

func (s *serverConn) Write(p []byte) (int, error) {
	s.writing <- struct{}{}
	defer func() { <-s.writing }()
	return s.Conn.Write(p)
}

func (s *serverConn) Close() error {
	s.closedAt.CompareAndSwap(-1, int64(time.Since(s.start)))
	return s.Conn.Close()
}
