package lessons

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime"
	"time"
)

// A definition is a Lesson as its file states it: what Lesson and Variant
// take from Values it takes from S, a struct with a field for each setting.
// What is left out of it is as the comments say, else as in Lesson.
type definition[S any] struct {
	ID         string
	Package    string // "": the id
	Source     string // <id>/<id>.go
	Variants   []variant[S]
	Compared   []string // nil: sequential and concurrent
	OneAtATime bool
	Exercises  []string              // nil: none
	Work       func(S) time.Duration // nil: nothing to speak of
	Serve      func(S) (addr string, server io.Closer, err error)
	Python     func(S) map[string]any
}

// A variant is a Variant as a definition states it.
type variant[S any] struct {
	Name        string
	Func        string
	Procs       int
	Ideal       func(S) time.Duration // nil: unknown
	PythonIdeal func(S) time.Duration // nil: as Ideal
	Ignores     []string
	Partial     bool
	Untraced    bool
	Dies        string       // and then it is Partial, too
	Computes    func(S) int  // nil: it waits
	Cost        func(S) Cost // nil: NoCost
	Run         func(context.Context, S) error
}

// bindable is a pointer to a struct of settings, *S: bind tells the names,
// defaults and usages of its fields.
type bindable[S any] interface {
	*S
	bind(*bindings)
}

// define makes the Lesson of a definition. Its functions panic when they are
// called with Values of a lesson that has other settings.
func define[S any, P bindable[S]](d definition[S]) Lesson {
	defaults := new(typed[S, P])
	l := Lesson{
		ID:         d.ID,
		pkg:        d.Package,
		Compared:   d.Compared,
		OneAtATime: d.OneAtATime,
		Exercises:  d.Exercises,
		source:     d.Source,
		defaults:   Values{settings: defaults},
	}
	bindings := defaults.bindings()
	l.KeepsFiles = bindings.files != nil
	for _, s := range bindings.settings {
		s.reset()
		l.Settings = append(l.Settings, s.Setting)
	}
	if l.Compared == nil {
		l.Compared = []string{"sequential", "concurrent"}
	}

	read := func(v Values) S {
		t, ok := v.settings.(*typed[S, P])
		if !ok {
			panic(fmt.Sprintf("lessons: %s was called with values of another lesson", d.ID))
		}
		return t.with(v.Server, v.Folder, cmp.Or(v.CPUs, runtime.NumCPU()))
	}
	for _, v := range d.Variants {
		l.Variants = append(l.Variants, v.of(read))
	}
	if d.Work != nil {
		l.Work = func(v Values) time.Duration { return d.Work(read(v)) }
	}
	if d.Serve != nil {
		l.Serve = func(v Values) (string, io.Closer, error) { return d.Serve(read(v)) }
	}
	if d.Python != nil {
		l.Python = func(v Values) map[string]any { return d.Python(read(v)) }
	}
	return l
}

// of returns the Variant whose functions call those of v with what read makes
// of their Values.
func (v variant[S]) of(read func(Values) S) Variant {
	ideal := func(of func(S) time.Duration) func(Values) time.Duration {
		if of == nil {
			return func(Values) time.Duration { return 0 }
		}
		return func(values Values) time.Duration { return of(read(values)) }
	}
	made := Variant{
		Name:        v.Name,
		Func:        v.Func,
		Procs:       v.Procs,
		Ideal:       ideal(v.Ideal),
		PythonIdeal: ideal(v.Ideal),
		Ignores:     v.Ignores,
		Partial:     v.Partial || v.Dies != "",
		Dies:        v.Dies,
		Untraced:    v.Untraced,
		Computes:    func(Values) int { return 0 },
		Cost:        func(Values) Cost { return NoCost },
	}
	if v.Computes != nil {
		made.Computes = func(values Values) int { return v.Computes(read(values)) }
	}
	if v.Cost != nil {
		made.Cost = func(values Values) Cost { return v.Cost(read(values)) }
	}
	if v.PythonIdeal != nil {
		made.PythonIdeal = ideal(v.PythonIdeal)
	}
	if v.Run != nil {
		made.Run = func(ctx context.Context, values Values) error { return v.Run(ctx, read(values)) }
	}
	return made
}

// typed is a struct of settings in Values, which do not know its type.
type typed[S any, P bindable[S]] struct{ fields S }

func (t *typed[S, P]) bindings() *bindings {
	var b bindings
	P(&t.fields).bind(&b)
	return &b
}

func (t *typed[S, P]) clone() settings {
	c := *t
	return &c
}

// with returns the struct, with addr as the address of the server, folder for
// its files and cpus as the number of CPUs.
func (t *typed[S, P]) with(addr, folder string, cpus int) S {
	c := *t
	b := c.bindings()
	if b.address != nil {
		*b.address = addr
	}
	if b.files != nil {
		*b.files = folder
	}
	if b.cpus != nil {
		*b.cpus = cpus
	}
	return c.fields
}
