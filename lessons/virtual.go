package lessons

import (
	"context"
	_ "embed"
	"io"
	"testing"
	"time"

	"gosyncio/lessons/virtual"
)

//go:embed virtual/virtual.go
var virtualSource string

type virtualSettings struct {
	wait, short time.Duration
	server      string
}

func (s *virtualSettings) bind(b *bindings) {
	b.duration(&s.wait, "wait", time.Hour, "how long the backup waits in virtual time")
	b.duration(&s.short, "short", time.Second, "how long it waits in real, and the server of socket")
	b.server(&s.server)
}

func (s virtualSettings) serve() (string, io.Closer, error) {
	server, err := virtual.Serve()
	if err != nil {
		return "", nil, err
	}
	return server.Addr, server, nil
}

func virtualLesson() Lesson {
	// Nobody but go test makes a test. An empty one is enough for a bubble, as
	// long as nothing is logged to it, and it does not fail.
	empty := func() *testing.T { return new(testing.T) }
	short := func(s virtualSettings) time.Duration { return s.short }
	return define(definition[virtualSettings]{
		ID:        "virtual",
		Exercises: []string{"proof"},
		Source:    virtualSource,
		Compared:  []string{"real", "virtual"},
		Variants: []variant[virtualSettings]{
			{
				Name: "real", Func: "Real", Ignores: []string{"wait"}, Ideal: short,
				Partial: true, // it waits for less
				Run:     func(ctx context.Context, s virtualSettings) error { return virtual.Real(ctx, s.short) },
			},
			{
				Name: "virtual", Func: "Virtual", Ignores: []string{"short"}, Ideal: nil, // it waits for nothing
				Run: func(_ context.Context, s virtualSettings) error {
					virtual.Virtual(empty(), s.wait)
					return nil
				},
			},
			{
				Name: "socket", Func: "Socket", Ideal: short,
				Run: func(_ context.Context, s virtualSettings) error {
					return virtual.Socket(empty(), s.server, s.wait, s.short)
				},
			},
		},
		Serve:  virtualSettings.serve,
		Python: func(s virtualSettings) map[string]any { return map[string]any{"address": s.server} },
	})
}
