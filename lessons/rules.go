package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/rules"
)

//go:embed rules/rules.go
var rulesSource string

type rulesSettings struct {
	delay time.Duration
	count int
}

func (s *rulesSettings) bind(b *bindings) {
	b.duration(&s.delay, "delay", time.Second, "how long a pause is")
	b.lanes(&s.count, "count", 100, MaxLanes, "how many MiB to hash, and how many adders to start")
}

func rulesLesson() Lesson {
	delay := func(s rulesSettings) time.Duration { return s.delay }
	return define(definition[rulesSettings]{
		ID:        "rules",
		Exercises: []string{"tally", "cache"},
		Work:      func(s rulesSettings) time.Duration { return time.Duration(s.count) * 10 * time.Millisecond },
		Source:    rulesSource,
		Compared:  []string{"start", "anywhere", "elsewhere", "shared"},
		Variants: []variant[rulesSettings]{
			{
				Name: "start", Func: "Start", Ignores: []string{"count"}, Partial: true, Ideal: delay,
				Run: func(ctx context.Context, s rulesSettings) error { return rules.Start(ctx, s.delay) },
			},
			{
				Name: "anywhere", Func: "Anywhere", Ignores: []string{"count"}, Ideal: delay,
				Run: func(ctx context.Context, s rulesSettings) error { return rules.Anywhere(ctx, s.delay) },
			},
			{
				Name: "elsewhere", Func: "Elsewhere", Ideal: delay,
				Run: func(ctx context.Context, s rulesSettings) error { return rules.Elsewhere(ctx, s.delay, s.count) },
			},
			{
				Name: "shared", Func: "Shared", Ignores: []string{"delay"},
				Run: func(ctx context.Context, s rulesSettings) error { return rules.Shared(ctx, s.count) },
			},
		},
	})
}
