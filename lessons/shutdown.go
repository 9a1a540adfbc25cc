package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/shutdown"
)

//go:embed shutdown/shutdown.go
var shutdownSource string

type shutdownSettings struct {
	inflight              int
	each, at, late, limit time.Duration
}

func (s *shutdownSettings) bind(b *bindings) {
	b.lanes(&s.inflight, "inflight", 3, MaxLanes/10, "how many requests come at once")
	b.duration(&s.each, "each", time.Second, "how long a request takes")
	b.duration(&s.at, "at", 500*time.Millisecond, "when the signal comes")
	b.duration(&s.late, "late", 800*time.Millisecond, "when one more request comes")
	b.duration(&s.limit, "limit", 2*time.Second, "how long to wait for requests then")
}

// drained is when all requests are answered, or the limit is over.
func (s shutdownSettings) drained() time.Duration {
	last := s.each
	if s.late < s.at { // it is let in
		last += s.late
	}
	return max(s.at, min(last, s.at+s.limit), s.refused())
}

// refused is when a request comes that is not let in, and all clients are
// gone; or when the signal comes, if that is later.
func (s shutdownSettings) refused() time.Duration { return max(s.at, s.late) }

func shutdownLesson() Lesson {
	return define(definition[shutdownSettings]{
		ID:        "shutdown",
		Exercises: []string{"graceful"},
		Work:      func(s shutdownSettings) time.Duration { return time.Duration(s.inflight) * 5 * time.Millisecond },
		Source:    shutdownSource,
		Compared:  []string{"drain", "abrupt"},
		Variants: []variant[shutdownSettings]{
			{
				Name: "drain", Func: "Drain", Ideal: shutdownSettings.drained,
				Run: func(ctx context.Context, s shutdownSettings) error {
					return shutdown.Drain(ctx, s.inflight, s.each, s.at, s.late, s.limit)
				},
			},
			{
				Name: "abrupt", Func: "Abrupt", Ideal: shutdownSettings.refused,
				Partial: true, // it loses requests
				Run: func(ctx context.Context, s shutdownSettings) error {
					return shutdown.Abrupt(ctx, s.inflight, s.each, s.at, s.late, s.limit)
				},
			},
		},
	})
}
