package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/deadlock"
)

//go:embed deadlock/deadlock.go
var deadlockSource string

type deadlockSettings struct{ hold, patience time.Duration }

func (s *deadlockSettings) bind(b *bindings) {
	b.duration(&s.hold, "hold", 300*time.Millisecond, "how long a transfer has one account before it locks the other")
	b.duration(&s.patience, "patience", 2*time.Second, "after how long a program that hangs is given up")
}

// stuck is how long a run takes that ends because it is given up.
func (s deadlockSettings) stuck() time.Duration { return s.patience }

func deadlockLesson() Lesson {
	return define(definition[deadlockSettings]{
		ID:        "deadlock",
		Exercises: []string{"accounts"},
		Source:    deadlockSource,
		Compared:  []string{"withticker", "ordered"},
		Variants: []variant[deadlockSettings]{
			{
				Name: "locks", Func: "Locks", Dies: "fatal error: all goroutines are asleep", Untraced: true,
				Ideal:       func(s deadlockSettings) time.Duration { return s.hold },
				PythonIdeal: deadlockSettings.stuck,
				Run: func(ctx context.Context, s deadlockSettings) error {
					return deadlock.Locks(ctx, s.hold)
				},
			},
			{
				Name: "withticker", Func: "WithTicker", Partial: true, Ideal: deadlockSettings.stuck,
				Run: func(ctx context.Context, s deadlockSettings) error {
					return deadlock.WithTicker(ctx, s.hold, s.patience)
				},
			},
			{
				Name: "ordered", Func: "Ordered", Ignores: []string{"patience"},
				Ideal: func(s deadlockSettings) time.Duration { return 2 * s.hold },
				Run: func(ctx context.Context, s deadlockSettings) error {
					return deadlock.Ordered(ctx, s.hold)
				},
			},
		},
	})
}
