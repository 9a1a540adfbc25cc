package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/gather"
)

//go:embed gather/gather.go
var gatherSource string

// gatherLesson has the workers of lesson tasks; here their results count.
func gatherLesson() Lesson {
	return define(definition[workerSettings]{
		ID:        "gather",
		Exercises: []string{"order", "failfast"},
		Source:    gatherSource,
		Variants: append(workerVariants(gather.Sequential, gather.Concurrent),
			variant[workerSettings]{
				Name: "failing", Func: "Failing",
				Ideal: workerSettings.longest,
				Run:   func(ctx context.Context, s workerSettings) error { return gather.Failing(ctx, s.a, s.b) },
			},
			variant[workerSettings]{
				Name: "grouped", Func: "Grouped", Partial: true,
				Ideal: func(s workerSettings) time.Duration { return s.b },
				Run:   func(ctx context.Context, s workerSettings) error { return gather.Grouped(ctx, s.a, s.b) },
			},
		),
	})
}
