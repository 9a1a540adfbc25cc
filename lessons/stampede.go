package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/stampede"
)

//go:embed stampede/stampede.go
var stampedeSource string

type stampedeSettings struct {
	callers, keys, rounds int
	each                  time.Duration
}

func (s *stampedeSettings) bind(b *bindings) {
	b.lanes(&s.callers, "callers", 100, MaxLanes/10, "how many callers ask at the same moment")
	b.lanes(&s.keys, "keys", 4, MaxLanes/10, "how many keys they ask for")
	b.lanes(&s.rounds, "rounds", 1, MaxLanes/10, "how often each of them asks, one answer after the other")
	b.duration(&s.each, "each", 300*time.Millisecond, "how long a load takes")
}

func (s stampedeSettings) once() time.Duration { return s.each }

// oneByOne is how long it takes to load all keys that are asked for, one after
// the other.
func (s stampedeSettings) oneByOne() time.Duration {
	return time.Duration(min(s.keys, s.callers)) * s.each
}

// eachRound is how long it takes if nothing is kept.
func (s stampedeSettings) eachRound() time.Duration { return time.Duration(s.rounds) * s.each }

func stampedeLesson() Lesson {
	return define(definition[stampedeSettings]{
		ID:        "stampede",
		Exercises: []string{"flight"},
		Work: func(s stampedeSettings) time.Duration {
			return time.Duration(s.callers*s.rounds) * 100 * time.Microsecond
		},
		Source:   stampedeSource,
		Compared: []string{"cached", "shared"},
		Variants: []variant[stampedeSettings]{
			{
				Name: "cached", Func: "Cached", Ideal: stampedeSettings.once,
				Run: func(ctx context.Context, s stampedeSettings) error {
					return stampede.Cached(ctx, s.callers, s.keys, s.rounds, s.each)
				},
			},
			{
				Name: "held", Func: "Held", Ideal: stampedeSettings.oneByOne,
				Run: func(ctx context.Context, s stampedeSettings) error {
					return stampede.Held(ctx, s.callers, s.keys, s.rounds, s.each)
				},
			},
			{
				Name: "shared", Func: "Shared", Ideal: stampedeSettings.once,
				Run: func(ctx context.Context, s stampedeSettings) error {
					return stampede.Shared(ctx, s.callers, s.keys, s.rounds, s.each)
				},
			},
			{
				Name: "flight", Func: "Flight", Ideal: stampedeSettings.eachRound,
				Run: func(ctx context.Context, s stampedeSettings) error {
					return stampede.Flight(ctx, s.callers, s.keys, s.rounds, s.each)
				},
			},
		},
	})
}
