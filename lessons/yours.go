package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/yours"
)

//go:embed yours/yours.go
var yoursSource string

type yoursSettings struct {
	workers, jobs int
	wait          time.Duration
}

func (s *yoursSettings) bind(b *bindings) {
	b.lanes(&s.workers, "workers", 3, MaxLanes/10, "how many workers there are")
	b.lanes(&s.jobs, "jobs", 9, MaxLanes, "how many jobs there are")
	b.duration(&s.wait, "wait", 500*time.Millisecond, "how long a job waits")
}

// ideal is how long the jobs take, and then the report.
func (s yoursSettings) ideal() time.Duration {
	return time.Duration((s.jobs+s.workers-1)/s.workers)*s.wait + s.wait
}

func yoursLesson() Lesson {
	return define(definition[yoursSettings]{
		ID:        "yours",
		Exercises: []string{"port", "feed"},
		Work:      func(s yoursSettings) time.Duration { return time.Duration(s.jobs+s.workers) * time.Millisecond },
		Source:    yoursSource,
		Compared:  []string{"script", "closed"},
		Variants: []variant[yoursSettings]{
			{
				Name: "script", Func: "Script", Ideal: yoursSettings.ideal,
				Partial: true, // in Go the workers do not stop
				Run: func(ctx context.Context, s yoursSettings) error {
					return yours.Script(ctx, s.workers, s.jobs, s.wait)
				},
			},
			{
				Name: "closed", Func: "Closed", Ideal: yoursSettings.ideal,
				Run: func(ctx context.Context, s yoursSettings) error {
					return yours.Closed(ctx, s.workers, s.jobs, s.wait)
				},
			},
		},
	})
}
