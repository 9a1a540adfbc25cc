// Package sockets opens thousands of connections to an
// echo server: one at a time, and all at once with a
// goroutine for each.
package sockets

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"runtime/trace"
	"time"

	"golang.org/x/sync/errgroup"
)

// dial connects, unless ctx ends before.
func dial(ctx context.Context,
	addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

// speak pauses, says the client's name and hears it
// again. An answer may take a minute.
func speak(conn net.Conn, name string,
	pause time.Duration) error {
	time.Sleep(pause)
	err := conn.SetDeadline(time.Now().Add(time.Minute))
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(conn, name); err != nil {
		return err
	}
	heard, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return fmt.Errorf("%s: no echo: %w", name, err)
	}
	if heard != name+"\n" {
		return fmt.Errorf("%s heard %q", name, heard)
	}
	return nil
}

// visit connects, speaks, and leaves.
func visit(ctx context.Context, name, addr string,
	pause time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	conn, err := dial(ctx, addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	return speak(conn, name, pause)
}

// Sequential has one connection open at a time.
func Sequential(ctx context.Context, addr string,
	clients int, pause time.Duration) error {
	for n := range clients {
		name := fmt.Sprint("client ", n+1)
		err := visit(ctx, name, addr, pause)
		if err != nil {
			return explain(err, clients)
		}
	}
	fmt.Println("connections open at once: 1")
	fmt.Println("threads:", threads())
	fmt.Println("echoes heard:", clients)
	return nil
}

// A crowd is what the clients of Concurrent share.
type crowd struct {
	door   chan struct{} // who is connecting
	opened chan bool     // whether one could connect
	turn   chan struct{} // closed when all may speak
}

// join connects, waits until everybody has done so,
// speaks, and leaves.
func join(ctx context.Context, name, addr string,
	pause time.Duration, c crowd) error {
	defer trace.StartRegion(ctx, name).End()
	c.door <- struct{}{}
	conn, err := dial(ctx, addr)
	<-c.door
	c.opened <- err == nil
	if err != nil {
		return err
	}
	defer conn.Close()
	<-c.turn
	return speak(conn, name, pause)
}

// Concurrent has all connections open at once. Nobody
// speaks before all are open.
func Concurrent(ctx context.Context, addr string,
	clients int, pause time.Duration) error {
	before := resident()
	c := crowd{
		door:   make(chan struct{}, 50),
		opened: make(chan bool),
		turn:   make(chan struct{}),
	}
	var group errgroup.Group
	for n := range clients {
		name := fmt.Sprint("client ", n+1)
		group.Go(func() error {
			return join(ctx, name, addr, pause, c)
		})
	}
	open := 0
	for range clients {
		if <-c.opened {
			open++
		}
	}
	fmt.Println("connections open at once:", open)
	fmt.Println("memory per connection:",
		share(before, resident(), open))
	fmt.Println("threads:", threads())
	close(c.turn)
	if err := group.Wait(); err != nil {
		return explain(err, clients)
	}
	fmt.Println("echoes heard:", clients)
	return nil
}
