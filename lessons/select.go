package lessons

import (
	"context"
	_ "embed"
	"time"

	selects "gosyncio/lessons/select"
)

//go:embed select/select.go
var selectSource string

type selectSettings struct {
	messages, rounds int
	every, limit     time.Duration
}

func (s *selectSettings) bind(b *bindings) {
	b.count(&s.messages, "messages", 8, "how many messages come")
	b.duration(&s.every, "every", 300*time.Millisecond, "how long it is from one message to the next")
	b.duration(&s.limit, "limit", time.Second, "how long the reader waits")
	b.count(&s.rounds, "rounds", 1000, "how often it is chosen between two that are ready")
}

// all is when the last message has come.
func (s selectSettings) all() time.Duration { return time.Duration(s.messages) * s.every }

// idle is the limit if not even one message comes within it, and not known if
// each comes just as it ends.
func (s selectSettings) idle() time.Duration {
	switch {
	case s.limit < s.every:
		return s.limit
	case s.limit == s.every:
		return 0
	}
	return s.all()
}

func selectLesson() Lesson {
	waits := []string{"messages", "every", "limit"}
	return define(definition[selectSettings]{
		ID:      "select",
		Package: "selects", // select is a word of Go's, and a module of Python's
		Work: func(s selectSettings) time.Duration {
			return time.Duration(s.messages)*time.Millisecond + time.Duration(s.rounds)*100*time.Microsecond
		},
		Exercises: []string{"stopfirst"},
		Source:    selectSource,
		Compared:  []string{"idle", "overall"},
		Variants: []variant[selectSettings]{
			{
				Name: "fair", Func: "Fair", Ignores: waits, Untraced: true, Partial: true, // half of the values are left
				Run: func(ctx context.Context, s selectSettings) error { return selects.Fair(ctx, s.rounds) },
			},
			{
				Name: "first", Func: "First", Ignores: waits, Untraced: true, Partial: true, // half of the values are left
				Run: func(ctx context.Context, s selectSettings) error { return selects.First(ctx, s.rounds) },
			},
			{
				Name: "idle", Func: "Idle", Ignores: []string{"rounds"},
				Ideal: selectSettings.idle,
				Run: func(ctx context.Context, s selectSettings) error {
					return selects.Idle(ctx, s.messages, s.every, s.limit)
				},
			},
			{
				Name: "overall", Func: "Overall", Ignores: []string{"rounds"},
				Ideal:   func(s selectSettings) time.Duration { return min(s.limit, s.all()) },
				Partial: true, // it gives up
				Run: func(ctx context.Context, s selectSettings) error {
					return selects.Overall(ctx, s.messages, s.every, s.limit)
				},
			},
		},
	})
}
