package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/pools"
)

//go:embed pools/pools.go
var poolsSource string

type poolsSettings struct {
	jobs int
	each time.Duration
	size int
}

func (s *poolsSettings) bind(b *bindings) {
	b.lanes(&s.jobs, "jobs", 100, MaxLanes, "how many jobs there are")
	b.duration(&s.each, "each", 50*time.Millisecond, "how long a job waits")
	b.count(&s.size, "size", 4, "how many workers the pool has")
}

// rounds is how long the jobs take in a pool of that size.
func (s poolsSettings) rounds(size int) time.Duration {
	return time.Duration((s.jobs+size-1)/size) * s.each
}

// sizes is how long the jobs take in pools of 1, 2, 4, ... 64, one pool after
// the other.
func (s poolsSettings) sizes() time.Duration {
	var sum time.Duration
	for size := 1; size <= 64; size *= 2 {
		sum += s.rounds(size)
	}
	return sum
}

// cost is nothing to speak of before there are thousands of them.
func (s poolsSettings) cost() Cost {
	if s.jobs < 1000 {
		return NoCost
	}
	return WholeCost
}

func poolsLesson() Lesson {
	return define(definition[poolsSettings]{
		ID:        "pools",
		Exercises: []string{"rounds", "closing"},
		Work:      func(s poolsSettings) time.Duration { return time.Duration(s.jobs) * time.Millisecond },
		Source:    poolsSource,
		Compared:  []string{"pool", "concurrent"},
		Variants: []variant[poolsSettings]{
			{
				Name: "sequential", Func: "Sequential", Ignores: []string{"size"},
				Ideal: func(s poolsSettings) time.Duration { return s.rounds(1) },
				Run:   func(ctx context.Context, s poolsSettings) error { return pools.Sequential(ctx, s.jobs, s.each) },
			},
			{
				Name: "pool", Func: "Pool",
				Ideal: func(s poolsSettings) time.Duration { return s.rounds(s.size) },
				Run:   func(ctx context.Context, s poolsSettings) error { return pools.Pool(ctx, s.jobs, s.size, s.each) },
			},
			{
				Name: "concurrent", Func: "Concurrent", Ignores: []string{"size"},
				Ideal: func(s poolsSettings) time.Duration { return s.each },
				Cost:  poolsSettings.cost,
				Run:   func(ctx context.Context, s poolsSettings) error { return pools.Concurrent(ctx, s.jobs, s.each) },
			},
			{
				Name: "sizes", Func: "Sizes", Ignores: []string{"size"}, Untraced: true,
				Ideal: poolsSettings.sizes,
				Run:   func(ctx context.Context, s poolsSettings) error { return pools.Sizes(ctx, s.jobs, s.each) },
			},
		},
	})
}
