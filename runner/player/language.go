package player

import (
	"context"
	"io"
	"os/exec"
	"time"

	"gosyncio/lessons"
)

// Language is what a run is written in: a source of timelines.
type Language uint8

const (
	Go Language = iota
	Python
)

// A source is all that the player must know of a language: how a run is
// started, and how what it reports is read. Another one is a file, a constant
// and a line in Language.source.
type source struct {
	name string // as people write it
	id   string // in JSON and on the command line
	// column is the one in which its runs stand where several languages
	// are shown beside each other.
	column int
	// twin is the language whose runs they are compared with; ok is false
	// if there is none.
	twin func() (twin Language, ok bool)
	// ideal is how long perfect scheduling would take.
	ideal func(lessons.Variant, lessons.Values) time.Duration
	// file is the lesson's file in the language.
	file func(Setup) []byte
	// command is the child that makes the job.
	command func(ctx context.Context, p *Player, job Job) (process, error)
	// read follows the child's stdout and calls isReady, perhaps several
	// times. What is wrong with the events ends the timeline but not the run.
	read func(r *Run, stdout io.Reader, isReady func()) error
}

func (l Language) source() source {
	return [...]func() source{Go: goSource, Python: pythonSource}[l]()
}

// LanguageOf is the language of that ID; ok is false if there is none.
func LanguageOf(id string) (l Language, ok bool) {
	for _, l := range []Language{Go, Python} {
		if l.ID() == id {
			return l, true
		}
	}
	return Go, false
}

// String is the language's name, such as "Python".
func (l Language) String() string { return l.source().name }

// ID is the language's name in JSON and on the command line, such as
// "python".
func (l Language) ID() string { return l.source().id }

// Column is where its runs stand, counted from 0, if runs in several
// languages are shown beside each other.
func (l Language) Column() int { return l.source().column }

// Twin is the language whose runs of the same variant its runs are compared
// with; ok is false if there is none.
func (l Language) Twin() (twin Language, ok bool) { return l.source().twin() }

// A process is a child that is going to make a run.
type process struct {
	cmd     *exec.Cmd
	request []byte // what it is told first
	clear   func() // removes what it needed, once it has ended
}
