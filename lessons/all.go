package lessons

import (
	"context"
	"io"
	"time"

	"gosyncio/lessons/coroutines"
	"gosyncio/lessons/eventloop"
	"gosyncio/lessons/fetch"
	"gosyncio/lessons/gather"
	"gosyncio/lessons/tasks"
)

// All are the lessons in teaching order.
func All() []Lesson {
	return []Lesson{eventloopLesson(), coroutinesLesson(), tasksLesson(), gatherLesson(), fetchLesson()}
}

func eventloopLesson() Lesson {
	type program func(ctx context.Context, a, b, c time.Duration) error
	run := func(f program) func(context.Context, Values) error {
		return func(ctx context.Context, v Values) error {
			return f(ctx, v.duration("a"), v.duration("b"), v.duration("c"))
		}
	}
	sum := func(v Values) time.Duration { return v.duration("a") + v.duration("b") + v.duration("c") }
	longest := func(v Values) time.Duration { return max(v.duration("a"), v.duration("b"), v.duration("c")) }
	// The callback of a sleeps for c; whoever is due by then waits for it.
	blocked := func(v Values) time.Duration { return max(v.duration("a")+v.duration("c"), v.duration("b")) }
	return Lesson{
		ID: "eventloop",
		Settings: []Setting{
			durationSetting("a", "1s", "when timer a is due"),
			durationSetting("b", "2s", "when timer b is due"),
			durationSetting("c", "3s", "when timer c is due"),
		},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential", Ideal: sum, Run: run(eventloop.Sequential)},
			{Name: "concurrent", Func: "Concurrent", Procs: 1, Ideal: longest, Run: run(eventloop.Concurrent)},
			{Name: "loop", Func: "Loop", Ideal: longest, Run: run(eventloop.Loop)},
			{Name: "blocked", Func: "Blocked", Ideal: blocked, Run: run(eventloop.Blocked)},
		},
	}
}

func coroutinesLesson() Lesson {
	type program func(ctx context.Context, delay time.Duration, count int) error
	run := func(f program) func(context.Context, Values) error {
		return func(ctx context.Context, v Values) error { return f(ctx, v.duration("delay"), v.count("count")) }
	}
	return Lesson{
		ID: "coroutines",
		Settings: []Setting{
			durationSetting("delay", "1s", "the pause between Hello and World"),
			countSetting("count", "3", "how often to say hello"),
		},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential", Run: run(coroutines.Sequential),
				Ideal: func(v Values) time.Duration { return time.Duration(v.count("count")) * v.duration("delay") }},
			{Name: "concurrent", Func: "Concurrent", Run: run(coroutines.Concurrent),
				Ideal: func(v Values) time.Duration { return v.duration("delay") }},
			{Name: "forgotten", Func: "Forgotten", Partial: true, Run: run(coroutines.Forgotten),
				Ideal: func(Values) time.Duration { return 0 }},
		},
	}
}

func tasksLesson() Lesson { return workersLesson("tasks", tasks.Sequential, tasks.Concurrent) }

func gatherLesson() Lesson { return workersLesson("gather", gather.Sequential, gather.Concurrent) }

// workersLesson is a lesson with two workers, A and B.
func workersLesson(id string, sequential, concurrent func(ctx context.Context, a, b time.Duration) error) Lesson {
	return Lesson{
		ID: id,
		Settings: []Setting{
			durationSetting("a", "2s", "how long worker A takes"),
			durationSetting("b", "1s", "how long worker B takes"),
		},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential",
				Ideal: func(v Values) time.Duration { return v.duration("a") + v.duration("b") },
				Run: func(ctx context.Context, v Values) error {
					return sequential(ctx, v.duration("a"), v.duration("b"))
				}},
			{Name: "concurrent", Func: "Concurrent",
				Ideal: func(v Values) time.Duration { return max(v.duration("a"), v.duration("b")) },
				Run: func(ctx context.Context, v Values) error {
					return concurrent(ctx, v.duration("a"), v.duration("b"))
				}},
		},
	}
}

func fetchLesson() Lesson {
	pages := func(v Values) []string {
		if urls := v.urls("urls"); urls != nil {
			return urls
		}
		return fetch.Pages(v.Server, v.count("pages"))
	}
	// inFlight is how long the pages of the server on loopback take with at
	// most limit at a time, each starting as soon as there is room for it.
	inFlight := func(v Values, limit int) time.Duration {
		if v.urls("urls") != nil {
			return 0
		}
		return makespan(v.count("pages"), limit, func(i int) time.Duration {
			return fetch.Latency(i+1, v.duration("latency"))
		})
	}
	return Lesson{
		ID: "fetch",
		Settings: []Setting{
			countSetting("pages", "3", "how many pages to fetch"),
			durationSetting("latency", "400ms", "about how long a page takes to answer"),
			countSetting("limit", "10", "how many requests bounded has in flight"),
			urlsSetting("urls", "your own addresses in place of the pages on loopback"),
		},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential",
				Ideal: func(v Values) time.Duration { return inFlight(v, 1) },
				Run:   func(ctx context.Context, v Values) error { return fetch.Sequential(ctx, pages(v)) }},
			{Name: "concurrent", Func: "Concurrent",
				Ideal: func(v Values) time.Duration { return inFlight(v, v.count("pages")) },
				Run:   func(ctx context.Context, v Values) error { return fetch.Concurrent(ctx, pages(v)) }},
			{Name: "bounded", Func: "Bounded",
				Ideal: func(v Values) time.Duration { return inFlight(v, v.count("limit")) },
				Run: func(ctx context.Context, v Values) error {
					return fetch.Bounded(ctx, pages(v), v.count("limit"))
				}},
		},
		Serve: func(v Values) (string, io.Closer, error) {
			if v.urls("urls") != nil {
				return "", nil, nil
			}
			server, err := fetch.Serve(v.duration("latency"))
			if err != nil {
				return "", nil, err
			}
			return server.URL, server, nil
		},
		Python: func(v Values) map[string]any { return map[string]any{"urls": pages(v)} },
	}
}
