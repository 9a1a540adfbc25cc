package check

import (
	"context"
	"fmt"
	"net"
	"runtime/trace"
	"sync"
	"time"

	listen "gosyncio/lessons/streams/exercises/listen/given"
)

// Demo has a client that waits 0.3 s at a time, for a server that says
// something every 0.5 s.
func Demo(ctx context.Context) error {
	ours, theirs := net.Pipe()
	defer ours.Close()
	defer context.AfterFunc(ctx, func() { ours.Close(); theirs.Close() })()
	var serving sync.WaitGroup
	defer serving.Wait()
	defer theirs.Close()
	serving.Go(func() {
		defer trace.StartRegion(ctx, "server").End()
		for _, word := range []string{"one", "two"} {
			time.Sleep(500 * time.Millisecond)
			fmt.Println("server says", word)
			if _, err := fmt.Fprint(ours, word); err != nil {
				return
			}
		}
	})
	defer trace.StartRegion(ctx, "client").End()
	for heard := 0; heard < 2; {
		limited, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
		word := make([]byte, 100)
		n, err := listen.Read(limited, theirs, word)
		expired := limited.Err() != nil
		cancel()
		switch {
		case err == nil:
			fmt.Printf("client hears %s\n", word[:n])
			heard++
		case ctx.Err() != nil:
			return ctx.Err()
		case expired:
			fmt.Println("client gives up")
		default:
			return err
		}
	}
	return nil
}
