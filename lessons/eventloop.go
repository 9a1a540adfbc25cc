package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/eventloop"
)

//go:embed eventloop/eventloop.go
var eventloopSource string

// eventloopSettings say when three timers are due, and how long the callback
// of the first keeps the loop in blocked.
type eventloopSettings struct{ a, b, c, block time.Duration }

func (s *eventloopSettings) bind(b *bindings) {
	b.duration(&s.a, "a", 1*time.Second, "when timer a is due")
	b.duration(&s.b, "b", 2*time.Second, "when timer b is due")
	b.duration(&s.c, "c", 3*time.Second, "when timer c is due")
	b.duration(&s.block, "block", 3*time.Second, "how long the callback of a keeps the loop in blocked")
}

func (s eventloopSettings) sum() time.Duration     { return s.a + s.b + s.c }
func (s eventloopSettings) longest() time.Duration { return max(s.a, s.b, s.c) }

// blocked is when the last timer has fired: whoever is due while the callback
// of a keeps the loop fires when it lets go.
func (s eventloopSettings) blocked() time.Duration { return max(s.a+s.block, s.longest()) }

func eventloopLesson() Lesson {
	type program func(ctx context.Context, a, b, c time.Duration) error
	run := func(f program) func(context.Context, eventloopSettings) error {
		return func(ctx context.Context, s eventloopSettings) error { return f(ctx, s.a, s.b, s.c) }
	}
	return define(definition[eventloopSettings]{
		ID:        "eventloop",
		Exercises: []string{"punctual", "metronome"},
		Source:    eventloopSource,
		Variants: []variant[eventloopSettings]{
			{
				Name: "sequential", Func: "Sequential", Ignores: []string{"block"},
				Ideal: eventloopSettings.sum, Run: run(eventloop.Sequential),
			},
			{
				Name: "concurrent", Func: "Concurrent", Ignores: []string{"block"}, Procs: 1,
				Ideal: eventloopSettings.longest, Run: run(eventloop.Concurrent),
			},
			{
				Name: "loop", Func: "Loop", Ignores: []string{"block"},
				Ideal: eventloopSettings.longest, Run: run(eventloop.Loop),
			},
			{
				Name: "blocked", Func: "Blocked", Ideal: eventloopSettings.blocked,
				Run: func(ctx context.Context, s eventloopSettings) error {
					return eventloop.Blocked(ctx, s.a, s.b, s.c, s.block)
				},
			},
		},
	})
}
