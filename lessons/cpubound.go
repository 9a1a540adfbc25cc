package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/cpubound"
)

//go:embed cpubound/cpubound.go
var cpuboundSource string

type cpuboundSettings struct{ n, size int }

func (s *cpuboundSettings) bind(b *bindings) {
	b.lanes(&s.n, "n", 4, MaxLanes/2, "how many jobs there are")
	b.count(&s.size, "size", 200_000, "how many hashes a job computes")
}

func cpuboundLesson() Lesson {
	sequential := func(ctx context.Context, s cpuboundSettings) error { return cpubound.Sequential(ctx, s.n, s.size) }
	concurrent := func(ctx context.Context, s cpuboundSettings) error { return cpubound.Concurrent(ctx, s.n, s.size) }
	ticker := func(ctx context.Context, s cpuboundSettings) error { return cpubound.Ticker(ctx, s.size) }
	one := func(cpuboundSettings) int { return 1 }
	all := func(s cpuboundSettings) int { return s.n }
	cost := func(cpuboundSettings) Cost { return CPUCost }
	return define(definition[cpuboundSettings]{
		ID:        "cpubound",
		Exercises: []string{"parts", "search"},
		Work: func(s cpuboundSettings) time.Duration {
			return time.Duration(s.n) * time.Duration(s.size) * 10 * time.Microsecond
		},
		Source:     cpuboundSource,
		OneAtATime: true,
		Compared:   []string{"sequential", "concurrent", "parallel"},
		Variants: []variant[cpuboundSettings]{ // how long they take depends on the CPU
			{Name: "sequential", Func: "Sequential", Computes: one, Cost: cost, Run: sequential},
			{Name: "concurrent", Func: "Concurrent", Procs: 1, Computes: one, Cost: cost, Run: concurrent},
			{Name: "threads", Computes: one, Cost: cost},
			{Name: "parallel", Func: "Concurrent", Computes: all, Cost: cost, Run: concurrent},
			{Name: "ticker", Func: "Ticker", Procs: 1, Computes: one, Ignores: []string{"n"}, Partial: true, Run: ticker},
		},
	})
}
