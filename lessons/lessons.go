// Package lessons holds what the learner runs: for each lesson a package
// of plain Go, and here the list of them with what the runner must know.
// It neither runs nor shows anything.
package lessons

import (
	"context"
	"embed"
	"io"
	"maps"
	"slices"
	"time"
)

// A Lesson is a small program in several variants.
type Lesson struct {
	// ID is the lesson's name everywhere: on the command line, as folder
	// and as package.
	ID       string
	Settings []Setting
	Variants []Variant

	// Compared are the variants to run when none is named; nil is
	// sequential and concurrent.
	Compared []string

	// OneAtATime says that the variants would take the CPUs from each
	// other if they ran at the same time.
	OneAtATime bool

	// Serve, if it is not nil, starts what the variants talk to. It
	// returns the address for Values.Server, or "" if with these values
	// nothing need be started. The caller closes it after the runs.
	Serve func(Values) (addr string, server io.Closer, err error)

	// Python, if it is not nil, gives keyword arguments of the lesson's
	// Python functions beside the settings.
	Python func(Values) map[string]any
}

// A Variant is one way to write the lesson's program.
type Variant struct {
	Name string
	Func string // the function in <id>/<id>.go that Run calls; "" if Run is nil
	// Procs is the GOMAXPROCS it must run with; 0 leaves it as it is.
	Procs int
	// Ideal is how long perfect scheduling would take; 0 means unknown.
	Ideal func(Values) time.Duration
	// InPython is Ideal for Python if that differs; else nil.
	InPython func(Values) time.Duration
	// Partial says that it leaves work undone, so that its time is not to
	// be compared with that of the others.
	Partial bool
	// Untraced says that the tracer would change what the run is to show.
	// It then has no timeline.
	Untraced bool
	// Run is nil if Go has no such variant, only Python.
	Run func(context.Context, Values) error
}

//go:embed eventloop/eventloop.go coroutines/coroutines.go tasks/tasks.go gather/gather.go fetch/fetch.go
//go:embed cpubound/cpubound.go pools/pools.go sockets/sockets.go database/database.go rules/rules.go
var sources embed.FS

// Source is the file with the lesson's functions.
func (l Lesson) Source() []byte {
	src, err := sources.ReadFile(l.ID + "/" + l.ID + ".go")
	if err != nil {
		panic("lessons: " + err.Error()) // a lesson is missing in the embed line above
	}
	return src
}

// Find is the lesson of that id. The error is an *UnknownError.
func Find(id string) (Lesson, error) {
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

// Variant is the variant of that name. The error is an *UnknownError.
func (l Lesson) Variant(name string) (Variant, error) {
	i := slices.IndexFunc(l.Variants, func(v Variant) bool { return v.Name == name })
	if i < 0 {
		return Variant{}, &UnknownError{Kind: "variant", Name: name, Known: l.VariantNames()}
	}
	return l.Variants[i], nil
}

// Arguments are the values as the keyword arguments of the lesson's Python
// functions: durations in seconds, counts and lists as they are, and what
// Lesson.Python adds. They can be written as JSON.
func (l Lesson) Arguments(v Values) map[string]any {
	arguments := make(map[string]any, len(v.values))
	for name, value := range v.values {
		if d, ok := value.(time.Duration); ok {
			value = d.Seconds()
		}
		arguments[name] = value
	}
	if l.Python != nil {
		maps.Copy(arguments, l.Python(v))
	}
	return arguments
}

// VariantNames are the names of the variants in their order.
func (l Lesson) VariantNames() []string {
	names := make([]string, len(l.Variants))
	for i, v := range l.Variants {
		names[i] = v.Name
	}
	return names
}
