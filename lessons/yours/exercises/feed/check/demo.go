package check

import (
	"context"
	"fmt"
	"time"

	"gosyncio/lessons/verify"
	feed "gosyncio/lessons/yours/exercises/feed/given"
)

// Demo has two workers do five jobs.
func Demo(ctx context.Context) error {
	jobs := []string{"A", "B", "C", "D", "E"}
	next := func() (string, bool) {
		if len(jobs) == 0 {
			return "", false
		}
		job := jobs[0]
		jobs = jobs[1:]
		return job, true
	}
	do := func(job string) string {
		verify.Take(ctx, job, 300*time.Millisecond)
		return "result of " + job
	}
	feed.Run(next, 2, do, func(result string) { fmt.Println("saved the", result) })
	fmt.Println("all are saved")
	return ctx.Err()
}
