package lessons

import (
	"context"
	_ "embed"

	"gosyncio/lessons/races"
)

//go:embed races/races.go
var racesSource string

type racesSettings struct{ workers, adds, writes int }

func (s *racesSettings) bind(b *bindings) {
	b.lanes(&s.workers, "workers", 2, MaxLanes/10, "how many workers there are")
	b.count(&s.adds, "adds", 10_000, "how often each of them adds 1")
	b.lanes(&s.writes, "writes", 20_000_000, 100_000_000, "how often each of them writes to the map")
}

func racesLesson() Lesson {
	run := func(program func(ctx context.Context, workers, adds int) error) func(context.Context, racesSettings) error {
		return func(ctx context.Context, s racesSettings) error { return program(ctx, s.workers, s.adds) }
	}
	return define(definition[racesSettings]{
		ID:        "races",
		Exercises: []string{"visits"},
		Source:    racesSource,
		Compared:  []string{"atomic", "mutex"},
		Variants: []variant[racesSettings]{
			{Name: "plain", Func: "Plain", Run: run(races.Plain)},
			{Name: "awaited"},
			{Name: "map", Func: "Map", Ignores: []string{"adds"}, Dies: "fatal error: concurrent map", Run: func(ctx context.Context, s racesSettings) error {
				return races.Map(ctx, s.workers, s.writes)
			}},
			{Name: "atomic", Func: "Atomic", Run: run(races.Atomic)},
			{Name: "mutex", Func: "Mutex", Run: run(races.Mutex)},
		},
	})
}
