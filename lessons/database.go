package lessons

import (
	"context"
	_ "embed"
	"io"
	"time"

	"gosyncio/lessons/database"
)

//go:embed database/database.go
var databaseSource string

type databaseSettings struct {
	queries int
	each    time.Duration
	limit   int
	path    string
	cpus    int
	folder  string
}

func (s *databaseSettings) bind(b *bindings) {
	b.lanes(&s.queries, "queries", 6, MaxLanes/10, "how many queries to ask")
	b.duration(&s.each, "each", 300*time.Millisecond, "how long each query takes")
	b.count(&s.limit, "limit", 2, "how many connections bounded has")
	b.server(&s.path)
	b.available(&s.cpus)
	b.folder(&s.folder)
}

// atOnce is how long the queries take with at most limit at a time.
func (s databaseSettings) atOnce(limit int) time.Duration {
	return makespan(s.queries, limit, func(int) time.Duration { return s.each })
}

func (s databaseSettings) oneByOne() time.Duration { return s.atOnce(1) }
func (s databaseSettings) bounded() time.Duration  { return s.atOnce(s.limit) }

// inThreads is how long the queries take in the threads of asyncio.to_thread.
func (s databaseSettings) inThreads() time.Duration {
	return s.atOnce(min(32, s.cpus+4)) // asyncio's own number of them
}

func (s databaseSettings) serve() (string, io.Closer, error) {
	file, err := database.ServeIn(s.folder)
	if err != nil {
		return "", nil, err
	}
	return file.Path, file, nil
}

func databaseLesson() Lesson {
	type program func(ctx context.Context, path string, queries int, each time.Duration) error
	run := func(f program) func(context.Context, databaseSettings) error {
		return func(ctx context.Context, s databaseSettings) error { return f(ctx, s.path, s.queries, s.each) }
	}
	return define(definition[databaseSettings]{
		ID:        "database",
		Exercises: []string{"connections", "abandon", "transfer"},
		Work:      func(s databaseSettings) time.Duration { return time.Duration(s.queries) * 20 * time.Millisecond },
		Source:    databaseSource,
		Variants: []variant[databaseSettings]{
			{Name: "sequential", Func: "Sequential", Ignores: []string{"limit"}, Run: run(database.Sequential), Ideal: databaseSettings.oneByOne},
			{
				Name: "concurrent", Func: "Concurrent", Ignores: []string{"limit"}, Run: run(database.Concurrent),
				Ideal:       func(s databaseSettings) time.Duration { return s.each },
				PythonIdeal: databaseSettings.oneByOne,
			},
			{Name: "to_thread", Ignores: []string{"limit"}, Ideal: databaseSettings.inThreads},
			{
				Name: "bounded", Func: "Bounded",
				Ideal:       databaseSettings.bounded,
				PythonIdeal: func(s databaseSettings) time.Duration { return max(s.bounded(), s.inThreads()) },
				Run: func(ctx context.Context, s databaseSettings) error {
					return database.Bounded(ctx, s.path, s.queries, s.each, s.limit)
				},
			},
		},
		Serve:  databaseSettings.serve,
		Python: func(s databaseSettings) map[string]any { return map[string]any{"path": s.path} },
	})
}
