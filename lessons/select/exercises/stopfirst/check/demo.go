package check

import (
	"context"
	"fmt"
	"time"

	stopfirst "gosyncio/lessons/select/exercises/stopfirst/given"
	"gosyncio/lessons/verify"
)

// Demo stops a reader that has five messages, in the middle of the third.
func Demo(ctx context.Context) error {
	stopped, cancel := context.WithTimeout(ctx, 700*time.Millisecond)
	defer cancel()
	messages := []string{"A", "B", "C", "D", "E"}
	inbox := make(chan string, len(messages))
	for _, message := range messages {
		inbox <- message
	}
	stopfirst.Read(stopped, inbox, func(message string) {
		verify.Take(ctx, message, 300*time.Millisecond)
	})
	fmt.Println(len(inbox), "messages are left")
	return ctx.Err()
}
