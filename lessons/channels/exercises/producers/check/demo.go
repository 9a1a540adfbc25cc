package check

import (
	"context"
	"fmt"
	"time"

	producers "gosyncio/lessons/channels/exercises/producers/given"
	"gosyncio/lessons/verify"
)

// Demo has two sources of two items each, and a slow receiver.
func Demo(ctx context.Context) error {
	source := func(name string, each time.Duration) func(send func(string)) {
		return func(send func(string)) {
			for n := range 2 {
				item := fmt.Sprint(name, n+1)
				verify.Take(ctx, item, each)
				send(item)
			}
			fmt.Println("source", name, "is done")
		}
	}
	items := producers.Merge(1, source("A", 200*time.Millisecond), source("B", 300*time.Millisecond))
	for item := range items {
		fmt.Println("received", item)
		time.Sleep(250 * time.Millisecond)
	}
	fmt.Println("the channel is closed")
	return ctx.Err()
}
