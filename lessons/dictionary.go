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
	// takes is a program with the time that it takes ideally; 0 is unknown.
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
			program("broadcast", "Broadcast", 300*ms, dictionary.Broadcast),
			program("queueing", "Queueing", 600*ms, dictionary.Queueing),
		},
	})
}
