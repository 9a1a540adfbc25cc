package check

import (
	"context"
	"fmt"
	"time"

	stage "gosyncio/lessons/pipelines/exercises/stage/given"
	"gosyncio/lessons/verify"
)

// Demo has four items pass two stages.
func Demo(ctx context.Context) error {
	in := make(chan int, 4)
	for n := range cap(in) {
		in <- n + 1
	}
	close(in)
	out := (<-chan int)(in)
	for _, name := range []string{"read", "store"} {
		out = stage.Stage(ctx, out, func(item int) int {
			verify.Take(ctx, fmt.Sprint(name, " ", item), 300*time.Millisecond)
			return item
		})
	}
	for item := range out {
		fmt.Println("item", item, "came out")
	}
	return ctx.Err()
}
