package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/leaks"
)

//go:embed leaks/leaks.go
var leaksSource string

type leaksSettings struct {
	rounds, servers, room int
	each                  time.Duration
}

func (s *leaksSettings) bind(b *bindings) {
	b.lanes(&s.rounds, "rounds", 20, MaxLanes/100, "how many answers are wanted, one after the other")
	b.lanes(&s.servers, "servers", 3, MaxLanes/1000, "how many servers are asked for each")
	b.duration(&s.each, "each", 50*time.Millisecond, "how long the first server takes; the second takes twice that")
	b.count(&s.room, "room", 2, "how many answers buffered has room for")
}

// ideal is how long the rounds take, and then the slowest server.
func (s leaksSettings) ideal() time.Duration { return time.Duration(s.rounds+s.servers) * s.each }

func leaksLesson() Lesson {
	return define(definition[leaksSettings]{
		ID:        "leaks",
		Exercises: []string{"first"},
		Work:      func(s leaksSettings) time.Duration { return time.Duration(s.rounds*s.servers) * time.Millisecond },
		Source:    leaksSource,
		Compared:  []string{"abandoned", "cancelled"},
		Variants: []variant[leaksSettings]{
			{
				Name: "abandoned", Func: "Abandoned", Ideal: leaksSettings.ideal, Ignores: []string{"room"},
				Partial: true, // in Go its losers do not end
				Run: func(ctx context.Context, s leaksSettings) error {
					leaks.Abandoned(ctx, s.rounds, s.servers, s.each)
					return nil
				},
			},
			{
				Name: "buffered", Func: "Buffered", Ideal: leaksSettings.ideal,
				Partial: true, // with little room they do not, either
				Run: func(ctx context.Context, s leaksSettings) error {
					leaks.Buffered(ctx, s.rounds, s.servers, s.room, s.each)
					return nil
				},
			},
			{
				Name: "cancelled", Func: "Cancelled", Ideal: leaksSettings.ideal, Ignores: []string{"room"},
				Partial: true, // the losers are told to stop
				Run: func(ctx context.Context, s leaksSettings) error {
					leaks.Cancelled(ctx, s.rounds, s.servers, s.each)
					return nil
				},
			},
		},
	})
}
