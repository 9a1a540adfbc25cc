package check

import (
	"context"
	"fmt"
	"runtime/trace"
	"time"

	abandon "gosyncio/lessons/database/exercises/abandon/given"
	"gosyncio/lessons/verify"
)

// Demo asks for longer than it wants to know.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	over := make(chan bool)
	query := func() (string, error) {
		defer close(over)
		return "the answer", verify.Take(ctx, "query", 9*unit)
	}
	patient, stop := context.WithTimeout(ctx, 4*unit)
	defer stop()
	region := trace.StartRegion(ctx, "who asks")
	answer, err := abandon.Query(patient, query)
	region.End()
	fmt.Printf("Query returns %q, error %v\n", answer, err)
	<-over
	return ctx.Err()
}
