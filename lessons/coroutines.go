package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/coroutines"
)

//go:embed coroutines/coroutines.go
var coroutinesSource string

type coroutinesSettings struct {
	delay time.Duration
	count int
}

func (s *coroutinesSettings) bind(b *bindings) {
	b.duration(&s.delay, "delay", time.Second, "the pause between Hello and World")
	b.lanes(&s.count, "count", 3, MaxLanes, "how often to say hello")
}

// cost is nothing to speak of before there are thousands of them.
func (s coroutinesSettings) cost() Cost {
	if s.count < 1000 {
		return NoCost
	}
	return WholeCost
}

func coroutinesLesson() Lesson {
	type program func(ctx context.Context, delay time.Duration, count int) error
	run := func(f program) func(context.Context, coroutinesSettings) error {
		return func(ctx context.Context, s coroutinesSettings) error { return f(ctx, s.delay, s.count) }
	}
	return define(definition[coroutinesSettings]{
		ID:        "coroutines",
		Exercises: []string{"future", "either"},
		Work:      func(s coroutinesSettings) time.Duration { return time.Duration(s.count) * time.Millisecond },
		Source:    coroutinesSource,
		Variants: []variant[coroutinesSettings]{
			{
				Name: "sequential", Func: "Sequential", Run: run(coroutines.Sequential),
				Ideal: func(s coroutinesSettings) time.Duration { return time.Duration(s.count) * s.delay },
			},
			{
				Name: "concurrent", Func: "Concurrent", Run: run(coroutines.Concurrent),
				Ideal: func(s coroutinesSettings) time.Duration { return s.delay },
				Cost:  coroutinesSettings.cost,
			},
			{Name: "forgotten", Func: "Forgotten", Partial: true, Run: run(coroutines.Forgotten)},
		},
	})
}
