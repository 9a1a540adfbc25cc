// Package doctor looks whether this machine is ready for the lessons. It
// returns findings and prints nothing.
package doctor

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"

	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
)

// A Finding is what was found of one thing. As JSON it is a public
// interface: fields are added, never renamed, and so are names.
type Finding struct {
	Name  string `json:"name"`  // go, python, aiohttp, terminal, colours, utf-8, loopback, run or progress
	OK    bool   `json:"ok"`    // whether there is nothing to improve
	Found string `json:"found"` // in one line
	Next  string `json:"next"`  // what to do, in one line; "" if OK
	// Needed says that nothing can be run without it.
	Needed bool `json:"-"`
}

// A Machine is what is looked at.
type Machine struct {
	Streams terminal.Streams
	Player  *player.Player
	Colours bool // whether what is printed has colours
	NoColor bool // whether --no-color was given
}

// patience is how long a check may take.
const patience = 30 * time.Second

// Examine makes all checks at the same time. The findings are in a fixed
// order.
func (m Machine) Examine(ctx context.Context) []Finding {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	checks := []struct {
		name   string
		needed bool
		look   func(context.Context) (found, next string)
	}{
		{"go", false, m.checkGo},
		{"python", false, m.checkPython},
		{"aiohttp", false, m.checkAiohttp},
		{"terminal", false, func(context.Context) (string, string) {
			columns, rows := m.Streams.Size()
			return checkTerminal(term.IsTerminal(m.Streams.Out.Fd()), m.Streams.Live(), m.Streams.Interactive(), columns, rows)
		}},
		{"colours", false, m.checkColours},
		{"utf-8", false, m.checkUTF8},
		{"loopback", true, checkLoopback},
		{"run", true, m.checkRun},
		{"progress", false, m.checkProgress},
	}
	findings := make([]Finding, len(checks))
	var looking sync.WaitGroup
	for i, check := range checks {
		looking.Go(func() {
			found, next := check.look(ctx)
			findings[i] = Finding{check.name, next == "", line(found), line(next), check.needed}
		})
	}
	looking.Wait()
	return findings
}

// Ready reports whether lessons can be run on a machine with these findings.
func Ready(findings []Finding) bool {
	for _, f := range findings {
		if f.Needed && !f.OK {
			return false
		}
	}
	return true
}

// line is text in one line that can be shown: others had a say in it.
func line(text string) string { return terminal.Printable(strings.TrimSpace(text)) }
