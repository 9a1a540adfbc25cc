package lessons

import (
	"context"
	_ "embed"
	"io"
	"time"

	"gosyncio/lessons/timeouts"
)

//go:embed timeouts/timeouts.go
var timeoutsSource string

type timeoutsSettings struct {
	limit, work time.Duration
	server      string
}

func (s *timeoutsSettings) bind(b *bindings) {
	b.duration(&s.limit, "limit", time.Second, "how long it may take")
	b.duration(&s.work, "work", 3*time.Second, "how long it would take")
	b.server(&s.server)
}

func (s timeoutsSettings) serve() (string, io.Closer, error) {
	server, err := timeouts.Serve()
	if err != nil {
		return "", nil, err
	}
	return server.URL, server, nil
}

func timeoutsLesson() Lesson {
	return define(definition[timeoutsSettings]{
		ID:        "timeouts",
		Exercises: []string{"nap"},
		Source:    timeoutsSource,
		Compared:  []string{"deaf", "listening"},
		Variants: []variant[timeoutsSettings]{
			{
				Name: "deaf", Func: "Deaf",
				Ideal: func(s timeoutsSettings) time.Duration { return s.work },
				Run:   func(ctx context.Context, s timeoutsSettings) error { return timeouts.Deaf(ctx, s.limit, s.work) },
			},
			{
				Name: "listening", Func: "Listening",
				Partial: true, // it is cut off
				Ideal:   func(s timeoutsSettings) time.Duration { return min(s.limit, s.work) },
				Run:     func(ctx context.Context, s timeoutsSettings) error { return timeouts.Listening(ctx, s.limit, s.work) },
			},
			{
				Name: "client", Func: "Client",
				Ideal: func(s timeoutsSettings) time.Duration { return s.work },
				Run: func(ctx context.Context, s timeoutsSettings) error {
					return timeouts.Client(ctx, s.server, s.limit, s.work)
				},
			},
		},
		Serve:  timeoutsSettings.serve,
		Python: func(s timeoutsSettings) map[string]any { return map[string]any{"page": s.server} },
	})
}
