package check

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"gosyncio/lessons/verify"
	port "gosyncio/lessons/yours/exercises/port/given"
)

// Demo has two workers do five jobs.
func Demo(ctx context.Context) error {
	var opened atomic.Int32
	open := func() port.Conn { return &shown{ctx, opened.Add(1)} }
	results := port.Run([]string{"A", "B", "C", "D", "E"}, 2, open)
	fmt.Println("there are", len(results), "results")
	return ctx.Err()
}

// shown is a connection that says what it does.
type shown struct {
	ctx    context.Context
	number int32
}

func (s *shown) Do(job string) string {
	verify.Take(s.ctx, job, 300*time.Millisecond)
	return "result of " + job
}

func (s *shown) Close() { fmt.Println("connection", s.number, "is closed") }
