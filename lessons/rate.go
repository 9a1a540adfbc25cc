package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/rate"
)

//go:embed rate/rate.go
var rateSource string

type rateSettings struct {
	jobs, limit, rate int
	each              time.Duration
}

func (s *rateSettings) bind(b *bindings) {
	b.lanes(&s.jobs, "jobs", 10, 1000, "how many calls there are")
	b.lanes(&s.limit, "limit", 4, 1000, "how many of them are under way at once, at most")
	b.lanes(&s.rate, "rate", 4, 1000, "how many of them begin in a second")
	b.duration(&s.each, "each", 600*time.Millisecond, "how long a call takes")
}

// limited is how long the calls take, so many at once.
func (s rateSettings) limited() time.Duration {
	return time.Duration((s.jobs+s.limit-1)/s.limit) * s.each
}

// paced is how long they take if the first few begin at once, and then one at
// each tick.
func (s rateSettings) paced(first int) time.Duration {
	every := time.Second / time.Duration(s.rate)
	return time.Duration(max(s.jobs-first, 0))*every + s.each
}

func rateLesson() Lesson {
	return define(definition[rateSettings]{
		ID:        "rate",
		Exercises: []string{"paced"},
		Work:      func(s rateSettings) time.Duration { return time.Duration(s.jobs) * time.Millisecond },
		Source:    rateSource,
		Compared:  []string{"limited", "ticked"},
		Variants: []variant[rateSettings]{
			{
				Name: "limited", Func: "Limited", Ignores: []string{"rate"},
				Ideal: rateSettings.limited,
				Run: func(ctx context.Context, s rateSettings) error {
					return rate.Limited(ctx, s.jobs, s.limit, s.each)
				},
			},
			{
				Name: "ticked", Func: "Ticked", Ignores: []string{"limit"},
				Ideal: func(s rateSettings) time.Duration { return s.paced(1) },
				Run: func(ctx context.Context, s rateSettings) error {
					return rate.Ticked(ctx, s.jobs, s.rate, s.each)
				},
			},
			{
				Name: "burst", Func: "Burst", Ignores: []string{"limit"},
				Ideal: func(s rateSettings) time.Duration { return s.paced(s.rate) },
				Run: func(ctx context.Context, s rateSettings) error {
					return rate.Burst(ctx, s.jobs, s.rate, s.each)
				},
			},
		},
	})
}
