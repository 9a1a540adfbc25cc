package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/dictionary"
)

//go:embed dictionary/dictionary.go
var dictionarySource string

// dictionaryID is the id of the dictionary, which is no lesson: Find knows it,
// All does not.
const dictionaryID = "dictionary"

// dictionarySettings are none: its programs are examples.
type dictionarySettings struct{}

func (*dictionarySettings) bind(*bindings) {}

// Dictionary returns the programs of the dictionary.
func Dictionary() Lesson {
	// A program takes so long ideally; 0 is hardly any time.
	program := func(name, function string, ideal time.Duration, run func(context.Context) error) variant[dictionarySettings] {
		return variant[dictionarySettings]{
			Name: name, Func: function,
			Ideal: func(dictionarySettings) time.Duration { return ideal },
			Run:   func(ctx context.Context, _ dictionarySettings) error { return run(ctx) },
		}
	}
	const ms = time.Millisecond
	return define(definition[dictionarySettings]{
		ID:       dictionaryID,
		Source:   dictionarySource,
		Compared: []string{"deadline"},
		Variants: []variant[dictionarySettings]{
			program("deadline", "Deadline", 300*ms, dictionary.Deadline),
			program("reschedule", "Reschedule", 300*ms, dictionary.Reschedule),
			program("first_done", "FirstDone", 200*ms, dictionary.FirstDone),
			program("as_they_come", "AsTheyCome", 300*ms, dictionary.AsTheyCome),
			program("shielded", "Shielded", 400*ms, dictionary.Shielded),
			program("callbacks", "Callbacks", 200*ms, dictionary.Callbacks),
			program("promise", "Promise", 300*ms, dictionary.Promise),
			program("cause", "Cause", 200*ms, dictionary.Cause),
			program("queueing", "Queueing", 600*ms, dictionary.Queueing),
			program("no_wait", "NoWait", 750*ms, dictionary.NoWait),
			program("priorities", "Priorities", 300*ms, dictionary.Priorities),
			program("draining", "Draining", 300*ms, dictionary.Draining),
			program("locking", "Locking", 400*ms, dictionary.Locking),
			program("broadcast", "Broadcast", 300*ms, dictionary.Broadcast),
			program("conditions", "Conditions", 400*ms, dictionary.Conditions),
			program("limiting", "Limiting", 400*ms, dictionary.Limiting),
			program("meeting", "Meeting", 300*ms, dictionary.Meeting),
			program("once", "Once", 300*ms, dictionary.Once),
			program("shared_map", "SharedMap", 300*ms, dictionary.SharedMap),
			program("reuse", "Reuse", 300*ms, dictionary.Reuse),
			program("context_values", "ContextValues", 200*ms, dictionary.ContextValues),
			program("names", "Names", 300*ms, dictionary.Names),
			program("dump", "Dump", 300*ms, dictionary.Dump),
			program("timers", "Timers", 300*ms, dictionary.Timers),
			program("from_thread", "FromThread", 300*ms, dictionary.FromThread),
			program("blocking", "Blocking", 300*ms, dictionary.Blocking),
			program("lines", "Lines", 0, dictionary.Lines),
			program("exact", "Exact", 0, dictionary.Exact),
			program("backpressure", "Backpressure", 300*ms, dictionary.Backpressure),
			program("protocols", "Protocols", 0, dictionary.Protocols),
			program("datagrams", "Datagrams", 0, dictionary.Datagrams),
			program("process", "Process", 0, dictionary.Process),
			program("signals", "Signals", 200*ms, dictionary.Signals),
			program("iterating", "Iterating", 200*ms, dictionary.Iterating),
			program("unhandled", "Unhandled", 200*ms, dictionary.Unhandled),
			program("watch_file", "WatchFile", 200*ms, dictionary.WatchFile),
			program("resolving", "Resolving", 0, dictionary.Resolving),
			{Name: "eager"}, // Go has no such thing
		},
	})
}
