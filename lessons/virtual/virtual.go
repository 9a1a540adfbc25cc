// Package virtual tests a backup that waits: by the clock
// on the wall, in virtual time, and with a socket beside
// it.
package virtual

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"runtime/trace"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// backup waits, and is made: this is to be tested.
func backup(ctx context.Context, name string,
	wait time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(wait)
	fmt.Println(name, "made")
}

// Real tests it with a wait that is short enough.
func Real(ctx context.Context, short time.Duration) error {
	start := time.Now()
	backup(ctx, "backup", short)
	fmt.Println("by its clock:", time.Since(start))
	return nil
}

// Virtual does the same in a bubble, with the whole wait.
func Virtual(t *testing.T, wait time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		backup(t.Context(), "backup", wait)
		fmt.Println("by its clock:", time.Since(start))
	})
}

// ask asks a server that answers after a short while.
func ask(ctx context.Context, name, addr string,
	short time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	fmt.Fprintln(conn, short)
	_, err = bufio.NewReader(conn).ReadString('\n')
	if err == nil {
		fmt.Println(name, "there")
	}
	return err
}

// Socket waits for a backup and a server, both at once.
func Socket(t *testing.T, addr string,
	wait, short time.Duration) (err error) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var wg sync.WaitGroup
		wg.Go(func() { backup(t.Context(), "backup", wait) })
		err = ask(t.Context(), "answer", addr, short)
		fmt.Println("by its clock:", time.Since(start))
		wg.Wait()
	})
	return err
}
