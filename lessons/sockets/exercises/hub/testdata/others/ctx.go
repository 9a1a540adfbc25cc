package hub

import (
	"context"
	"fmt"
	"net"
)

func Broadcast(messages <-chan string, clients []net.Conn, room int) {
	type box struct {
		in   chan string
		stop context.CancelFunc
		ctx  context.Context
		done chan struct{}
	}
	boxes := make([]box, 0, len(clients))
	for _, conn := range clients {
		ctx, cancel := context.WithCancel(context.Background())
		b := box{make(chan string, room), cancel, ctx, make(chan struct{})}
		boxes = append(boxes, b)
		unhook := context.AfterFunc(ctx, func() { conn.Close() })
		go func() {
			defer close(b.done)
			defer conn.Close()
			defer unhook()
			for {
				select {
				case <-ctx.Done():
					return
				case m, ok := <-b.in:
					if !ok {
						return
					}
					if _, err := fmt.Fprintf(conn, "%s\n", m); err != nil {
						cancel()
						return
					}
				}
			}
		}()
	}
	for m := range messages {
		for _, b := range boxes {
			if b.ctx.Err() != nil {
				continue
			}
			select {
			case b.in <- m:
			default:
				b.stop()
			}
		}
	}
	for _, b := range boxes {
		close(b.in)
	}
	for _, b := range boxes {
		<-b.done
		b.stop()
	}
}
