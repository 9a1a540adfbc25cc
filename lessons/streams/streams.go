// Package streams talks to a server over a connection,
// line by line. The server is silent for a while before
// it answers.
package streams

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"runtime/trace"
	"sync"
	"time"
)

// dial connects, unless ctx ends before.
func dial(ctx context.Context,
	addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

// limited is ctx with an end after limit, and a bar
// that shows it. Who is done calls the function.
func limited(ctx context.Context,
	limit time.Duration) (context.Context, func()) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer trace.StartRegion(ctx, "context").End()
		<-ctx.Done()
		fmt.Println("context ends")
	})
	return ctx, func() { cancel(); wg.Wait() }
}

// ask asks for a price, and waits for the answer.
func ask(ctx context.Context, name string,
	conn net.Conn) error {
	defer trace.StartRegion(ctx, name).End()
	_, err := fmt.Fprintln(conn, "price")
	if err != nil {
		return err
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return gaveUp(name, err)
	}
	fmt.Print(name, " hears: ", line)
	return nil
}

// gaveUp says so, if err is that the time is over: of
// a Read behind its deadline, or of a dial.
func gaveUp(name string, err error) error {
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		fmt.Println(name, "gives up: i/o timeout")
		return nil
	}
	return err
}

// Context hands its ctx to all that takes one.
func Context(ctx context.Context, addr string,
	limit time.Duration) error {
	ctx, stop := limited(ctx, limit)
	defer stop()
	conn, err := dial(ctx, addr)
	if err != nil {
		return gaveUp("client", err)
	}
	defer conn.Close()
	return ask(ctx, "client", conn)
}

// Deadline tells the connection when the ctx will end.
func Deadline(ctx context.Context, addr string,
	limit time.Duration) error {
	ctx, stop := limited(ctx, limit)
	defer stop()
	conn, err := dial(ctx, addr)
	if err != nil {
		return gaveUp("client", err)
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		err := conn.SetReadDeadline(end)
		if err != nil {
			return err
		}
	}
	return ask(ctx, "client", conn)
}

// wake ends a Read that waits, or the next one.
func wake(ctx context.Context, name string,
	conn net.Conn) {
	defer trace.StartRegion(ctx, name).End()
	conn.SetReadDeadline(time.Now())
}

// AfterFunc wakes the Read when the ctx ends.
func AfterFunc(ctx context.Context, addr string,
	limit time.Duration) error {
	ctx, stop := limited(ctx, limit)
	defer stop()
	conn, err := dial(ctx, addr)
	if err != nil {
		return gaveUp("client", err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() {
		wake(ctx, "wake", conn)
	})()
	return ask(ctx, "client", conn)
}

// count sends three lines, and hears how many.
func count(ctx context.Context, name string,
	conn net.Conn) error {
	defer trace.StartRegion(ctx, name).End()
	_, err := fmt.Fprint(conn, "count\na\nb\nc\n")
	if err != nil {
		return err
	}
	err = conn.(*net.TCPConn).CloseWrite()
	if err != nil {
		return err
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err
	}
	fmt.Print(name, " hears: ", line)
	return nil
}

// HalfClose closes one direction, and goes on reading.
func HalfClose(ctx context.Context, addr string) error {
	conn, err := dial(ctx, addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	return count(ctx, "client", conn)
}

// read asks for a log whose second line has size bytes.
func read(ctx context.Context, name string,
	conn net.Conn, lines *bufio.Scanner,
	size int) error {
	defer trace.StartRegion(ctx, name).End()
	_, err := fmt.Fprintln(conn, "log", size)
	if err != nil {
		return err
	}
	n := 0
	for lines.Scan() {
		n++
	}
	fmt.Println("lines read:", n)
	if err := lines.Err(); err != nil {
		fmt.Println(name, "gives up:", err)
	}
	return nil
}

// LongLine takes a Scanner as it is.
func LongLine(ctx context.Context, addr string,
	size int) error {
	conn, err := dial(ctx, addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	return read(ctx, "client", conn, lines, size)
}

// Roomy allows lines of up to a megabyte.
func Roomy(ctx context.Context, addr string,
	size int) error {
	conn, err := dial(ctx, addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, 1<<20)
	return read(ctx, "client", conn, lines, size)
}
