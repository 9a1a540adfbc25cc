package lessons

import (
	"context"
	"io"
	"runtime"
	"time"

	"gosyncio/lessons/coroutines"
	"gosyncio/lessons/cpubound"
	"gosyncio/lessons/database"
	"gosyncio/lessons/eventloop"
	"gosyncio/lessons/fetch"
	"gosyncio/lessons/gather"
	"gosyncio/lessons/pools"
	"gosyncio/lessons/rules"
	"gosyncio/lessons/sockets"
	"gosyncio/lessons/tasks"
)

// All are the lessons in teaching order.
func All() []Lesson {
	return []Lesson{
		eventloopLesson(), coroutinesLesson(), tasksLesson(), gatherLesson(), fetchLesson(),
		cpuboundLesson(), poolsLesson(), socketsLesson(), databaseLesson(), rulesLesson(),
	}
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

func cpuboundLesson() Lesson {
	unknown := func(Values) time.Duration { return 0 }
	concurrent := func(ctx context.Context, v Values) error {
		return cpubound.Concurrent(ctx, v.count("n"), v.count("size"))
	}
	return Lesson{
		ID: "cpubound",
		Settings: []Setting{
			countSetting("n", "4", "how many jobs there are"),
			countSetting("size", "200000", "how many hashes a job computes"),
		},
		OneAtATime: true,
		Compared:   []string{"sequential", "concurrent", "parallel"},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential", Ideal: unknown,
				Run: func(ctx context.Context, v Values) error {
					return cpubound.Sequential(ctx, v.count("n"), v.count("size"))
				}},
			{Name: "concurrent", Func: "Concurrent", Procs: 1, Ideal: unknown, Run: concurrent},
			{Name: "threads", Ideal: unknown},
			{Name: "parallel", Func: "Concurrent", Ideal: unknown, Run: concurrent},
			{Name: "ticker", Func: "Ticker", Procs: 1, Partial: true, Ideal: unknown,
				Run: func(ctx context.Context, v Values) error {
					return cpubound.Ticker(ctx, v.count("size"))
				}},
		},
	}
}

func poolsLesson() Lesson {
	// rounds is how long the jobs take in a pool of that size.
	rounds := func(v Values, size int) time.Duration {
		return time.Duration((v.count("jobs")+size-1)/size) * v.duration("each")
	}
	return Lesson{
		ID: "pools",
		Settings: []Setting{
			countSetting("jobs", "100", "how many jobs there are"),
			durationSetting("each", "50ms", "how long a job waits"),
			countSetting("size", "4", "how many workers the pool has"),
		},
		Compared: []string{"pool", "concurrent"},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential",
				Ideal: func(v Values) time.Duration { return rounds(v, 1) },
				Run: func(ctx context.Context, v Values) error {
					return pools.Sequential(ctx, v.count("jobs"), v.duration("each"))
				}},
			{Name: "pool", Func: "Pool",
				Ideal: func(v Values) time.Duration { return rounds(v, v.count("size")) },
				Run: func(ctx context.Context, v Values) error {
					return pools.Pool(ctx, v.count("jobs"), v.count("size"), v.duration("each"))
				}},
			{Name: "concurrent", Func: "Concurrent",
				Ideal: func(v Values) time.Duration { return v.duration("each") },
				Run: func(ctx context.Context, v Values) error {
					return pools.Concurrent(ctx, v.count("jobs"), v.duration("each"))
				}},
			{Name: "sizes", Func: "Sizes", Untraced: true,
				Ideal: func(v Values) time.Duration {
					var sum time.Duration
					for size := 1; size <= 64; size *= 2 {
						sum += rounds(v, size)
					}
					return sum
				},
				Run: func(ctx context.Context, v Values) error {
					return pools.Sizes(ctx, v.count("jobs"), v.duration("each"))
				}},
		},
	}
}

func socketsLesson() Lesson {
	type program func(ctx context.Context, addr string, clients int, pause time.Duration) error
	run := func(f program) func(context.Context, Values) error {
		return func(ctx context.Context, v Values) error {
			return f(ctx, v.Server, v.count("clients"), v.duration("pause"))
		}
	}
	return Lesson{
		ID: "sockets",
		Settings: []Setting{
			countSetting("clients", "2000", "how many clients connect"),
			durationSetting("pause", "1ms", "how long each is quiet before it speaks"),
		},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential", Run: run(sockets.Sequential),
				Ideal: func(v Values) time.Duration { return time.Duration(v.count("clients")) * v.duration("pause") }},
			{Name: "concurrent", Func: "Concurrent", Run: run(sockets.Concurrent),
				Ideal: func(v Values) time.Duration { return v.duration("pause") }},
		},
		Serve: func(v Values) (string, io.Closer, error) {
			server, err := sockets.Serve(v.count("clients"))
			if err != nil {
				return "", nil, err
			}
			return server.Addr, server, nil
		},
		Python: func(v Values) map[string]any { return map[string]any{"address": v.Server} },
	}
}

func databaseLesson() Lesson {
	type program func(ctx context.Context, path string, queries int, each time.Duration) error
	run := func(f program) func(context.Context, Values) error {
		return func(ctx context.Context, v Values) error {
			return f(ctx, v.Server, v.count("queries"), v.duration("each"))
		}
	}
	// atOnce is how long the queries take with at most limit at a time.
	atOnce := func(v Values, limit int) time.Duration {
		return makespan(v.count("queries"), limit, func(int) time.Duration { return v.duration("each") })
	}
	sequential := func(v Values) time.Duration { return atOnce(v, 1) }
	// asyncio.to_thread has a pool of so many threads: min(32, CPUs + 4).
	inThreads := func(v Values) time.Duration { return atOnce(v, min(32, runtime.NumCPU()+4)) }
	return Lesson{
		ID: "database",
		Settings: []Setting{
			countSetting("queries", "6", "how many queries to ask"),
			durationSetting("each", "300ms", "how long each query takes"),
			countSetting("limit", "2", "how many connections bounded has"),
		},
		Variants: []Variant{
			{Name: "sequential", Func: "Sequential", Run: run(database.Sequential), Ideal: sequential},
			{Name: "concurrent", Func: "Concurrent", Run: run(database.Concurrent),
				Ideal: func(v Values) time.Duration { return v.duration("each") }, InPython: sequential},
			{Name: "to_thread", Ideal: inThreads},
			{Name: "bounded", Func: "Bounded",
				Ideal: func(v Values) time.Duration { return atOnce(v, v.count("limit")) },
				InPython: func(v Values) time.Duration {
					return max(atOnce(v, v.count("limit")), inThreads(v))
				},
				Run: func(ctx context.Context, v Values) error {
					return database.Bounded(ctx, v.Server, v.count("queries"), v.duration("each"), v.count("limit"))
				}},
		},
		Serve: func(Values) (string, io.Closer, error) {
			file, err := database.Serve()
			if err != nil {
				return "", nil, err
			}
			return file.Path, file, nil
		},
		Python: func(v Values) map[string]any { return map[string]any{"path": v.Server} },
	}
}

func rulesLesson() Lesson {
	delay := func(v Values) time.Duration { return v.duration("delay") }
	return Lesson{
		ID: "rules",
		Settings: []Setting{
			durationSetting("delay", "1s", "how long a pause is"),
			countSetting("count", "100", "how many MiB to hash, and how many adders to start"),
		},
		Compared: []string{"start", "anywhere", "elsewhere", "shared"},
		Variants: []Variant{
			{Name: "start", Func: "Start", Partial: true, Ideal: delay,
				Run: func(ctx context.Context, v Values) error { return rules.Start(ctx, v.duration("delay")) }},
			{Name: "anywhere", Func: "Anywhere", Ideal: delay,
				Run: func(ctx context.Context, v Values) error { return rules.Anywhere(ctx, v.duration("delay")) }},
			{Name: "elsewhere", Func: "Elsewhere", Ideal: delay,
				Run: func(ctx context.Context, v Values) error {
					return rules.Elsewhere(ctx, v.duration("delay"), v.count("count"))
				}},
			{Name: "shared", Func: "Shared", Ideal: func(Values) time.Duration { return 0 },
				Run: func(ctx context.Context, v Values) error { return rules.Shared(ctx, v.count("count")) }},
		},
	}
}
