package check

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"runtime/trace"
	"sync"
	"time"

	echo "gosyncio/lessons/sockets/exercises/echo/given"
)

// Demo has three clients, each of which thinks between two lines.
func Demo(ctx context.Context) error {
	const think = 300 * time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { l.Close() })()
	var clients sync.WaitGroup
	for _, name := range []string{"A", "B", "C"} {
		clients.Go(func() {
			if err := say(ctx, l.Addr().String(), name, think); err != nil {
				fmt.Println(name, "failed:", err)
			}
		})
	}
	go func() {
		clients.Wait()
		l.Close()
	}()
	echo.Serve(l)
	fmt.Println("Serve returns")
	return ctx.Err()
}

// say is a client that says two lines, and leaves.
func say(ctx context.Context, address, name string, think time.Duration) error {
	defer trace.StartRegion(ctx, "client "+name).End()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	lines := bufio.NewReader(conn)
	for _, line := range []string{"hello", "bye"} {
		if _, err := fmt.Fprintln(conn, line); err != nil {
			return err
		}
		heard, err := lines.ReadString('\n')
		if err != nil {
			return err
		}
		fmt.Printf("%s hears %q\n", name, heard)
		time.Sleep(think)
	}
	return nil
}
