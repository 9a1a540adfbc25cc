// Package schedules has small programs that some orders of their goroutines
// break. Each is a package of plain Go, <name>/<name>.go, with its state in
// package variables, and functions Broken, Mended and State. What runs is a
// copy in pointed/<name>, with a point wherever another goroutine could go
// first: package runner/schedule makes it, and a test holds that it did.
package schedules

import (
	"embed"
	"strings"

	"gosyncio/lessons/schedules/pointed/addtoolate"
	"gosyncio/lessons/schedules/pointed/checkthenact"
	"gosyncio/lessons/schedules/pointed/closetwice"
	"gosyncio/lessons/schedules/pointed/earlyreturn"
	"gosyncio/lessons/schedules/pointed/lockorder"
	"gosyncio/lessons/schedules/pointed/lostupdate"
)

//go:embed */*.go */*.py
var files embed.FS

// A Program is one of the small programs.
type Program struct {
	Name  string
	Title string
	// Goal is what the learner tries to make happen, to be read behind
	// "make".
	Goal string
	// Differs is what differs in Python.
	Differs string
	// Broken and Mended run it, with points.
	Broken, Mended func()
	// State is what its goroutines share, in a line.
	State func() string
	// Reached reports whether an outcome is the goal.
	Reached func(Outcome) bool
}

// An Outcome is how a program has ended.
type Outcome struct {
	Kind  Kind
	Text  string // what a panic says
	State string // what its goroutines share in the end
}

// A Kind is a way to end.
type Kind string

const (
	Returned Kind = "returned"
	Panicked Kind = "panic"
	Deadlock Kind = "deadlock"
	Leak     Kind = "leak" // it returned, and a goroutine waits for ever
)

// All returns the programs in the order in which they are taught.
func All() []Program {
	return []Program{
		{
			Name: "lostupdate", Title: "The lost update", Goal: "the counter end at 1",
			Differs: "counter += 1 has no await in it, so no other task runs in the middle of it. With an await between the read and the write, the update is lost in Python, too.",
			Broken:  lostupdate.Broken, Mended: lostupdate.Mended, State: lostupdate.State,
			Reached: func(o Outcome) bool { return o.Kind == Returned && o.State == "counter = 1" },
		},
		{
			Name: "checkthenact", Title: "Check, then act", Goal: "the balance negative",
			Differs: "The same happens if there is an await between the check and the act. A lock around each of them mends nothing in either language; one lock around both does.",
			Broken:  checkthenact.Broken, Mended: checkthenact.Mended, State: checkthenact.State,
			Reached: func(o Outcome) bool { return strings.Contains(o.State, "-") },
		},
		{
			Name: "lockorder", Title: "The order of locks", Goal: "both wait for ever",
			Differs: "asyncio.Lock waits for ever in the same way, and nothing tells you. Go tells you, but only if every goroutine of the program waits for ever.",
			Broken:  lockorder.Broken, Mended: lockorder.Mended, State: lockorder.State,
			Reached: func(o Outcome) bool { return o.Kind == Deadlock },
		},
		{
			Name: "earlyreturn", Title: "An early return", Goal: "a goroutine wait for ever",
			Differs: "asyncio.run cancels a task that still waits when the program ends, but a server goes on. Nobody ever cancels a goroutine.",
			Broken:  earlyreturn.Broken, Mended: earlyreturn.Mended, State: earlyreturn.State,
			Reached: func(o Outcome) bool { return o.Kind == Leak },
		},
		{
			Name: "closetwice", Title: "Close once", Goal: "it close the channel twice",
			Differs: "Event.set may be called twice. And there is no await between the check and the set, so no other task runs there.",
			Broken:  closetwice.Broken, Mended: closetwice.Mended, State: closetwice.State,
			Reached: func(o Outcome) bool { return o.Kind == Panicked },
		},
		{
			Name: "addtoolate", Title: "Add too late", Goal: "Wait return before any work is done",
			Differs: "gather waits only for the tasks that it is given, so the same happens. A TaskGroup knows each task from create_task on, so none can come too late.",
			Broken:  addtoolate.Broken, Mended: addtoolate.Mended, State: addtoolate.State,
			Reached: func(o Outcome) bool { return strings.HasSuffix(o.State, "seen after Wait = 0") },
		},
	}
}

// Go is the program as it is shown, Python its twin.
func (p Program) Go() []byte     { return p.file(".go") }
func (p Program) Python() []byte { return p.file(".py") }

func (p Program) file(extension string) []byte {
	text, err := files.ReadFile(p.Name + "/" + p.Name + extension)
	if err != nil {
		panic("lessons: " + err.Error()) // a test reads all of them
	}
	return text
}
