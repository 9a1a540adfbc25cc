package follow

import (
	"fmt"
	"regexp"
	"strconv"

	"gosyncio/runner/findings"
	"gosyncio/runner/player"
)

// What a program in Go prints that dies of a panic: why, whose goroutine it was,
// and in it functions, each with its place in the next line.
var (
	panicWhy      = regexp.MustCompile(`^(panic|fatal error): (.*)$`)
	panicOf       = regexp.MustCompile(`^goroutine \d+ .*\[running`)
	panicFunction = regexp.MustCompile(`^(\S.*)\(.*\)$`)
	panicPlace    = regexp.MustCompile(`^\s+(\S.*):(\d+)( \+0x[0-9a-f]+)?( .*)?$`)
)

// panicStatus is the exit status of a program in Go that dies of a panic.
const panicStatus = 2

// panicked says of what a program has died that had a panic, by what it printed:
// ok is false if it has not, or that was not kept.
func (p *Program) panicked(s player.Status) (f findings.Finding, ok bool) {
	if p.own == nil || s.Phase != player.Ended || s.ExitCode != panicStatus {
		return f, false
	}
	var why []string
	running, function := false, ""
	for _, line := range s.Output {
		if m := panicWhy.FindStringSubmatch(line.Text); m != nil && why == nil {
			why = m
			continue
		}
		running = running || why != nil && panicOf.MatchString(line.Text)
		if !running {
			continue
		}
		if line.Text == "" { // others follow
			break
		}
		if m := panicFunction.FindStringSubmatch(line.Text); m != nil {
			function = m[1]
			continue
		}
		m := panicPlace.FindStringSubmatch(line.Text)
		if m == nil {
			continue
		}
		number, err := strconv.Atoi(m[2])
		if err != nil {
			continue
		}
		if name, place, own := p.own.Shown(function, m[1], number); own {
			return panicFinding(why[1], why[2], name, place), true
		}
	}
	return f, false
}

func panicFinding(what, why, name, place string) findings.Finding {
	f := findings.Finding{
		Kind: "panic", Line: place,
		Message: fmt.Sprintf("it panicked at %s: %s: %s", place, why, name),
		Why:     "Nobody recovered in that goroutine, and so the whole program ended, without what the others defer. Only a function that the goroutine itself has deferred can call recover for it.",
	}
	if what != "panic" {
		f.Message = fmt.Sprintf("the runtime ended it at %s: %s: %s", place, why, name)
		f.Why = "After a fatal error the program ends at once. It cannot be recovered, and nothing that is deferred is done."
	}
	return f
}
