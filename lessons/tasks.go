package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/tasks"
)

//go:embed tasks/tasks.go
var tasksSource string

func tasksLesson() Lesson {
	return define(definition[workerSettings]{
		ID:        "tasks",
		Exercises: []string{"both", "winner"},
		Source:    tasksSource,
		Variants: append(workerVariants(tasks.Sequential, tasks.Concurrent),
			variant[workerSettings]{
				Name: "cancelled", Func: "Cancelled", Partial: true,
				Ideal:       workerSettings.longest, // A does not listen
				PythonIdeal: func(s workerSettings) time.Duration { return s.b },
				Run:         func(ctx context.Context, s workerSettings) error { return tasks.Cancelled(ctx, s.a, s.b) },
			},
			variant[workerSettings]{
				Name: "listening", Func: "Listening", Partial: true,
				Ideal: func(s workerSettings) time.Duration { return s.b },
				Run:   func(ctx context.Context, s workerSettings) error { return tasks.Listening(ctx, s.a, s.b) },
			},
		),
	})
}

// workerSettings are the settings of a lesson with two workers, A and B.
type workerSettings struct{ a, b time.Duration }

func (s *workerSettings) bind(b *bindings) {
	b.duration(&s.a, "a", 2*time.Second, "how long worker A takes")
	b.duration(&s.b, "b", 1*time.Second, "how long worker B takes")
}

func (s workerSettings) longest() time.Duration { return max(s.a, s.b) }

// workerVariants are two workers, one after the other, and at the same time.
func workerVariants(sequential, concurrent func(ctx context.Context, a, b time.Duration) error) []variant[workerSettings] {
	return []variant[workerSettings]{
		{
			Name: "sequential", Func: "Sequential",
			Ideal: func(s workerSettings) time.Duration { return s.a + s.b },
			Run:   func(ctx context.Context, s workerSettings) error { return sequential(ctx, s.a, s.b) },
		},
		{
			Name: "concurrent", Func: "Concurrent",
			Ideal: workerSettings.longest,
			Run:   func(ctx context.Context, s workerSettings) error { return concurrent(ctx, s.a, s.b) },
		},
	}
}
