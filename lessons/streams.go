package lessons

import (
	"context"
	_ "embed"
	"io"
	"time"

	"gosyncio/lessons/streams"
)

//go:embed streams/streams.go
var streamsSource string

type streamsSettings struct {
	silent, limit time.Duration
	size          int
	server        string
}

func (s *streamsSettings) bind(b *bindings) {
	b.duration(&s.silent, "silent", time.Second, "how long the server is silent before it answers")
	b.duration(&s.limit, "limit", 300*time.Millisecond, "how long the client means to wait")
	b.count(&s.size, "size", 70_000, "how many bytes the long line has")
	b.server(&s.server)
}

// answered is when the answer is there.
func (s streamsSettings) answered() time.Duration { return s.silent }

// limited is when the answer is there, or the client gives up.
func (s streamsSettings) limited() time.Duration { return min(s.silent, s.limit) }

func (s streamsSettings) serve() (string, io.Closer, error) {
	server, err := streams.Serve(s.silent)
	if err != nil {
		return "", nil, err
	}
	return server.Addr, server, nil
}

func streamsLesson() Lesson {
	limited := func(name, function string, ideal func(streamsSettings) time.Duration,
		f func(ctx context.Context, addr string, limit time.Duration) error) variant[streamsSettings] {
		return variant[streamsSettings]{
			Name: name, Func: function, Ignores: []string{"size"}, Partial: true, // they give up, if not in both languages
			Ideal: ideal, PythonIdeal: streamsSettings.limited,
			Run: func(ctx context.Context, s streamsSettings) error { return f(ctx, s.server, s.limit) },
		}
	}
	sized := func(name, function string, partial bool, f func(ctx context.Context, addr string, size int) error) variant[streamsSettings] {
		return variant[streamsSettings]{
			Name: name, Func: function, Ignores: []string{"limit"}, Ideal: streamsSettings.answered, Partial: partial,
			Run: func(ctx context.Context, s streamsSettings) error { return f(ctx, s.server, s.size) },
		}
	}
	return define(definition[streamsSettings]{
		ID:        "streams",
		Exercises: []string{"listen"},
		Source:    streamsSource,
		Compared:  []string{"context", "afterfunc"},
		Variants: []variant[streamsSettings]{
			limited("context", "Context", streamsSettings.answered, streams.Context),
			limited("deadline", "Deadline", streamsSettings.limited, streams.Deadline),
			limited("afterfunc", "AfterFunc", streamsSettings.limited, streams.AfterFunc),
			{
				Name: "halfclose", Func: "HalfClose", Ignores: []string{"limit", "size"}, Ideal: streamsSettings.answered,
				Run: func(ctx context.Context, s streamsSettings) error { return streams.HalfClose(ctx, s.server) },
			},
			sized("longline", "LongLine", true, streams.LongLine),
			sized("roomy", "Roomy", false, streams.Roomy),
		},
		Serve:  streamsSettings.serve,
		Python: func(s streamsSettings) map[string]any { return map[string]any{"address": s.server} },
	})
}
