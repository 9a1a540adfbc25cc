package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/channels"
)

//go:embed channels/channels.go
var channelsSource string

type channelsSettings struct {
	items, size, waiters int
	each                 time.Duration
}

func (s *channelsSettings) bind(b *bindings) {
	b.count(&s.items, "items", 5, "how many items are handed over")
	b.count(&s.size, "size", 2, "how many items the channel of buffered has room for")
	b.duration(&s.each, "each", 300*time.Millisecond, "how long an item takes, and how long the waiters wait")
	b.lanes(&s.waiters, "waiters", 3, MaxLanes/2, "how many waiters there are, in broadcast")
}

// ideal is how long the consumer takes, with whatever room.
func (s channelsSettings) ideal() time.Duration { return time.Duration(s.items) * s.each }

func channelsLesson() Lesson {
	return define(definition[channelsSettings]{
		ID:        "channels",
		Exercises: []string{"producers"},
		Work:      func(s channelsSettings) time.Duration { return time.Duration(s.items+s.waiters) * time.Millisecond },
		Source:    channelsSource,
		Compared:  []string{"unbuffered", "buffered"},
		Variants: []variant[channelsSettings]{
			{
				Name: "unbuffered", Func: "Unbuffered", Ignores: []string{"size", "waiters"},
				Ideal: channelsSettings.ideal,
				Run: func(ctx context.Context, s channelsSettings) error {
					return channels.Unbuffered(ctx, s.items, s.each)
				},
			},
			{
				Name: "buffered", Func: "Buffered", Ignores: []string{"waiters"},
				Ideal: channelsSettings.ideal,
				Run: func(ctx context.Context, s channelsSettings) error {
					return channels.Buffered(ctx, s.items, s.size, s.each)
				},
			},
			{
				Name: "broadcast", Func: "Broadcast", Ignores: []string{"items", "size"},
				Ideal: func(s channelsSettings) time.Duration { return s.each },
				Run: func(ctx context.Context, s channelsSettings) error {
					return channels.Broadcast(ctx, s.waiters, s.each)
				},
			},
		},
	})
}
