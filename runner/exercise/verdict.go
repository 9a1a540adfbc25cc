package exercise

import (
	"gosyncio/lessons/verify"
)

// A Kind is what a check says of a file.
type Kind string

const (
	Compile  Kind = "compile" // it does not
	Vet      Kind = "vet"     // go vet objects
	Wrong         = Kind(verify.Wrong)
	Slow          = Kind(verify.Slow)
	Deadlock      = Kind(verify.Deadlock)
	Leak          = Kind(verify.Leak)
	Panic    Kind = "panic"
	Endless       = Kind(verify.Endless)
	Order    Kind = "order" // wrong in some order of what its goroutines do
	Race     Kind = "race"  // the race detector objects
	Solved   Kind = "solved"
)

// A Voice says whose words the details of a verdict are.
type Voice uint8

const (
	Runtime      Voice = iota // a goroutine, or a panic and then one
	Compiler                  // or the parser
	GoVet                     //
	RaceDetector              //
	Lanes                     // steps of goroutines, a column for each
	Ours                      // what is wrong, and how it should be
)

// A Verdict is what a check found, the first thing that is wrong.
type Verdict struct {
	Kind    Kind
	Check   string // what did not hold, a clause; "" if the kind says it
	Line    int    // of the learner's file; 0 if it is about none
	Code    string // that line, without what it is indented by
	Message string // a sentence, without its full stop
	// Detail is more, in lines, with the learner's file called by its name;
	// Voice says whose words they are.
	Detail []string
	Voice  Voice
	// Output is what the learner's program printed, in lines.
	Output []string
	// Unchecked says what could not be checked on this machine, and why, with
	// the next step; nil if all could be.
	Unchecked []string
	// Seed is that of the order in which it is wrong; 0 if it does not depend
	// on the order, or was seen in one that has no seed.
	Seed uint64
	// Given says that the file is as it was given.
	Given bool

	endless bool // whatever the kind, for it may hold in an order
}
