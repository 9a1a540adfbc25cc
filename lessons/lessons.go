// Package lessons holds what the learner runs: for each lesson a package
// of plain Go, and here, in <id>.go, what the runner must know of it. It
// neither runs nor shows anything.
//
// A Lesson has Variants, the ways to write its program, and Settings, what
// the learner may change before a run. Values hold one value for each
// Setting: a Variant runs with them and says how long it should take with
// them. A lesson's own file states all that with a struct of its settings
// in place of Values (see definition), so that the compiler checks it.
package lessons

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"time"
)

// All returns the lessons in teaching order.
func All() []Lesson {
	return []Lesson{
		eventloopLesson(),
		coroutinesLesson(),
		tasksLesson(),
		gatherLesson(),
		fetchLesson(),
		timeoutsLesson(),
		groupsLesson(),
		leaksLesson(),
		cpuboundLesson(),
		poolsLesson(),
		socketsLesson(),
		databaseLesson(),
		rulesLesson(),
		channelsLesson(),
		selectLesson(),
		pipelinesLesson(),
		rateLesson(),
		stampedeLesson(),
		streamsLesson(),
		panicsLesson(),
		racesLesson(),
		deadlockLesson(),
		shutdownLesson(),
		virtualLesson(),
		yoursLesson(),
	}
}

// Find returns the lesson with that id, or the programs of the dictionary. The
// error is an *UnknownError.
func Find(id string) (Lesson, error) {
	if id == dictionaryID {
		return Dictionary(), nil
	}
	all := All()
	i := slices.IndexFunc(all, func(l Lesson) bool { return l.ID == id })
	if i < 0 {
		known := make([]string, len(all))
		for i, l := range all {
			known[i] = l.ID
		}
		return Lesson{}, &UnknownError{Kind: "lesson", Name: id, Known: known}
	}
	return all[i], nil
}

// A Lesson is a small program in several variants.
type Lesson struct {
	// ID is the lesson's name everywhere: on the command line, as file and
	// folder, and as package unless Package says otherwise.
	ID string

	Settings []Setting
	Variants []Variant

	// Compared names the variants to run when the learner names none.
	Compared []string

	// OneAtATime says that the variants would take the CPUs from each
	// other if they ran at the same time.
	OneAtATime bool

	// Exercises are the names of its exercises, each on the one before.
	Exercises []string

	// Work is about how long a run may compute on a slow machine, besides what
	// it waits; nil is nothing to speak of.
	Work func(Values) time.Duration

	// KeepsFiles says that what Serve starts keeps files, in Values.Folder.
	KeepsFiles bool

	// Serve, if it is not nil, starts what the variants talk to. It
	// returns the address for Values.Server, or "" and a nil server if
	// with these values nothing needs to be started. The caller closes the
	// server after the runs.
	Serve func(Values) (addr string, server io.Closer, err error)

	// Python, if it is not nil, returns keyword arguments of the lesson's
	// Python functions besides the settings.
	Python func(Values) map[string]any

	pkg      string // "": the id
	source   string
	defaults Values
}

// A Variant is one way to write the lesson's program.
type Variant struct {
	Name string
	Func string // the function in <id>/<id>.go that Run calls; "" if Run is nil

	// Procs is the GOMAXPROCS that the variant must run with; 0 leaves it
	// as it is.
	Procs int

	// Ideal is how long the variant would take with perfect scheduling, 0
	// if that is unknown; PythonIdeal is the same for Python. Neither is nil.
	Ideal       func(Values) time.Duration
	PythonIdeal func(Values) time.Duration

	// Ignores are the names of the settings that other variants of the lesson
	// go by, and this one does not.
	Ignores []string

	// Partial says that the variant leaves work undone, so that its time is
	// not to be compared with that of the others.
	Partial bool

	// Computes is how many jobs, as long as each other, compute at the same
	// time for as long as the variant runs; 0 says that it waits. It is not
	// nil.
	Computes func(Values) int

	// Cost is what of its cost the lesson is about; it is not nil.
	Cost func(Values) Cost

	// Dies is how the line begins in which Go says why the whole process dies
	// of the variant, such as "panic: no route"; "" if it returns. That it dies
	// is what the run shows, and no failure. If it is Untraced, too, the process
	// has no goroutines but its own, so that Go can see that all are asleep.
	Dies string

	// Untraced says that the tracer would change what the run is to show.
	// The variant then has no timeline.
	Untraced bool

	// Run runs the variant to its end, or until the context is done. It is
	// nil if there is no such variant in Go, only in Python.
	Run func(context.Context, Values) error
}

// A Cost says what of a run's cost is to be shown.
type Cost uint8

const (
	NoCost    Cost = iota
	CPUCost        // its CPU time
	WholeCost      // its CPU time and its memory
)

// Package returns the name of the lesson's package in Go and of its module in
// Python: its id, unless that is a word of Go's, or a module that asyncio itself
// imports and would find this one instead of.
func (l Lesson) Package() string { return cmp.Or(l.pkg, l.ID) }

// Source returns the file with the lesson's functions.
func (l Lesson) Source() []byte { return []byte(l.source) }

// Variant returns the variant with that name. The error is an *UnknownError.
func (l Lesson) Variant(name string) (Variant, error) {
	i := slices.IndexFunc(l.Variants, func(v Variant) bool { return v.Name == name })
	if i < 0 {
		return Variant{}, &UnknownError{Kind: "variant", Name: name, Known: l.VariantNames()}
	}
	return l.Variants[i], nil
}

// VariantNames returns the names of the variants in their order.
func (l Lesson) VariantNames() []string {
	names := make([]string, len(l.Variants))
	for i, v := range l.Variants {
		names[i] = v.Name
	}
	return names
}

// Defaults returns the values that hold until the learner changes them.
func (l Lesson) Defaults() Values { return l.defaults }

// Arguments returns the values as the keyword arguments of the lesson's
// Python functions: durations in seconds, counts and lists as they are, and
// what Lesson.Python adds. They can be written as JSON.
func (l Lesson) Arguments(v Values) map[string]any {
	arguments := make(map[string]any)
	for _, s := range v.all() {
		if value := s.argument(); value != nil {
			arguments[s.Name] = value
		}
	}
	if l.Python != nil {
		maps.Copy(arguments, l.Python(v))
	}
	return arguments
}
