package lessons

import (
	"context"
	_ "embed"
	"io"
	"time"

	"gosyncio/lessons/sockets"
)

//go:embed sockets/sockets.go
var socketsSource string

type socketsSettings struct {
	clients int
	pause   time.Duration
	server  string
}

func (s *socketsSettings) bind(b *bindings) {
	b.lanes(&s.clients, "clients", 2000, MaxLanes, "how many clients connect")
	b.duration(&s.pause, "pause", time.Millisecond, "how long each is quiet before it speaks")
	b.server(&s.server)
}

func (s socketsSettings) serve() (string, io.Closer, error) {
	server, err := sockets.Serve(s.clients)
	if err != nil {
		return "", nil, err
	}
	return server.Addr, server, nil
}

func socketsLesson() Lesson {
	type program func(ctx context.Context, addr string, clients int, pause time.Duration) error
	run := func(f program) func(context.Context, socketsSettings) error {
		return func(ctx context.Context, s socketsSettings) error { return f(ctx, s.server, s.clients, s.pause) }
	}
	return define(definition[socketsSettings]{
		ID:         "sockets",
		Exercises:  []string{"echo", "hub"},
		Work:       func(s socketsSettings) time.Duration { return time.Duration(s.clients) * 5 * time.Millisecond },
		Source:     socketsSource,
		OneAtATime: true,
		Variants: []variant[socketsSettings]{
			{
				Name: "sequential", Func: "Sequential", Run: run(sockets.Sequential),
				Ideal: func(s socketsSettings) time.Duration { return time.Duration(s.clients) * s.pause },
			},
			{
				Name: "concurrent", Func: "Concurrent", Run: run(sockets.Concurrent),
				Ideal: func(s socketsSettings) time.Duration { return s.pause },
				Cost:  func(socketsSettings) Cost { return WholeCost },
			},
		},
		Serve:  socketsSettings.serve,
		Python: func(s socketsSettings) map[string]any { return map[string]any{"address": s.server} },
	})
}
