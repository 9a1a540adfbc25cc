package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/groups"
)

//go:embed groups/groups.go
var groupsSource string

// groupsSettings are how long three workers take. B is the one that fails,
// and where all do, they do so when it does.
type groupsSettings struct{ a, b, c time.Duration }

func (s *groupsSettings) bind(b *bindings) {
	b.duration(&s.a, "a", 2500*time.Millisecond, "how long worker A takes")
	b.duration(&s.b, "b", 1*time.Second, "when B fails, and with it all, where all fail")
	b.duration(&s.c, "c", 1500*time.Millisecond, "how long worker C takes")
}

func (s groupsSettings) longest() time.Duration { return max(s.a, s.b, s.c) }

func groupsLesson() Lesson {
	failure := func(s groupsSettings) time.Duration { return s.b }
	return define(definition[groupsSettings]{
		ID:        "groups",
		Exercises: []string{"fetchall"},
		Source:    groupsSource,
		Compared:  []string{"plain", "stopping"},
		Variants: []variant[groupsSettings]{
			{
				Name: "plain", Func: "Plain", Ideal: groupsSettings.longest,
				Run: func(ctx context.Context, s groupsSettings) error { return groups.Plain(ctx, s.a, s.b, s.c) },
			},
			{
				Name: "stopping", Func: "Stopping", Ideal: failure, Partial: true,
				Run: func(ctx context.Context, s groupsSettings) error { return groups.Stopping(ctx, s.a, s.b, s.c) },
			},
			{
				Name: "deaf", Func: "Deaf", Ideal: groupsSettings.longest,
				Run: func(ctx context.Context, s groupsSettings) error { return groups.Deaf(ctx, s.a, s.b, s.c) },
			},
			{
				Name: "three", Func: "Three", Ideal: failure, Ignores: []string{"a", "c"},
				Run: func(ctx context.Context, s groupsSettings) error { return groups.Three(ctx, s.b) },
			},
			{
				Name: "joined", Func: "Joined", Ideal: failure, Ignores: []string{"a", "c"},
				Run: func(ctx context.Context, s groupsSettings) error { return groups.Joined(ctx, s.b) },
			},
		},
	})
}
