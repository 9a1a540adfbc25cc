package check

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	graceful "gosyncio/lessons/shutdown/exercises/graceful/given"
	"gosyncio/lessons/verify"
)

// Demo has three clients, told to stop after half a second, with a limit of
// 0.4 s; a fourth comes after 0.7 s.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	l := newListener()
	told, cancel := context.WithTimeout(ctx, 5*unit)
	defer cancel()
	var clients sync.WaitGroup
	for _, g := range []*guest{
		{name: "A", visit: visit{0, 3 * unit, 0}}, {name: "B", visit: visit{0, 7 * unit, 0}},
		{name: "C", visit: visit{0, 20 * unit, 0}}, {name: "D", visit: visit{7 * unit, 3 * unit, 0}},
	} {
		clients.Go(func() {
			time.Sleep(g.at)
			if !l.dial(g) {
				fmt.Println(g.name, "is refused")
			}
		})
	}
	graceful.Serve(told, l, 4*unit, func(ctx context.Context, conn net.Conn) {
		g := conn.(*guest)
		verify.Take(ctx, g.name, g.takes)
	})
	fmt.Println("Serve returns")
	clients.Wait()
	return ctx.Err()
}
