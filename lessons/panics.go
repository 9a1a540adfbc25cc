package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/panics"
)

//go:embed panics/panics.go
var panicsSource string

type panicsSettings struct{ fails, other time.Duration }

func (s *panicsSettings) bind(b *bindings) {
	b.duration(&s.fails, "fails", time.Second, "after how long the bad worker fails")
	b.duration(&s.other, "other", 2*time.Second, "after how long the good worker is done")
}

// dies is when the process dies, if it has not come to its end by then.
func (s panicsSettings) dies() time.Duration { return min(s.fails, s.other) }

func (s panicsSettings) good() time.Duration { return s.other }

func (s panicsSettings) both() time.Duration { return max(s.fails, s.other) }

func panicsLesson() Lesson {
	run := func(program func(ctx context.Context, fails, other time.Duration) error) func(context.Context, panicsSettings) error {
		return func(ctx context.Context, s panicsSettings) error { return program(ctx, s.fails, s.other) }
	}
	return define(definition[panicsSettings]{
		ID:        "panics",
		Exercises: []string{"safely"},
		Source:    panicsSource,
		Compared:  []string{"recovered", "handed"},
		Variants: []variant[panicsSettings]{
			{
				Name: "goroutine", Func: "Goroutine", Dies: "panic: runtime error: index out of range",
				Ideal: panicsSettings.dies, PythonIdeal: panicsSettings.good, Run: run(panics.Goroutine),
			},
			{Name: "recovered", Func: "Recovered", Ideal: panicsSettings.good, Run: run(panics.Recovered)},
			{Name: "handed", Func: "Handed", Ideal: panicsSettings.both, Run: run(panics.Handed)},
		},
	})
}
