package exercise

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// crash is where a panic, or a fatal error, of the runtime begins.
var crash = regexp.MustCompile(`(?m)^(panic: |fatal error: |SIG[A-Z]+: |runtime: goroutine stack exceeds|runtime: out of memory)`)

// runtimeLines are what the runtime says before a fatal error.
var runtimeLines = regexp.MustCompile(`(?m)(^runtime: .*\n)+\z`)

// ended makes the verdict of a process that ended by itself, without having
// reported anything, from what it printed. output is what the learner's
// program printed before.
func (src source) ended(name, printed string, status int) (v *Verdict, output string) {
	if before, report, ok := strings.Cut(printed, "==================\nWARNING: DATA RACE\n"); ok {
		return src.race(name, report), before
	}
	for _, at := range slices.Backward(crash.FindAllStringIndex(printed, -1)) {
		if goroutines := parseStacks(printed[at[0]:]); len(goroutines) > 0 {
			return src.crashed(name, printed[at[0]:], goroutines), runtimeLines.ReplaceAllString(printed[:at[0]], "")
		}
	}
	if status < 0 {
		return &Verdict{Kind: Wrong, Message: "The program is killed in the middle of the check: does it send itself a signal?"}, printed
	}
	return &Verdict{Kind: Wrong, Message: fmt.Sprintf("The program ends itself in the middle of the check, with exit status %d: does it call os.Exit or log.Fatal?", status)}, printed
}

func (src source) crashed(name, text string, goroutines []goroutine) *Verdict {
	first, _, _ := strings.Cut(text, "\n")
	first = regexp.MustCompile(` \[recovered(, repanicked)?\]$`).ReplaceAllString(first, "")
	v := &Verdict{Kind: Panic, Message: first, Detail: []string{first}}
	for _, g := range goroutines {
		if at, ok := g.at(name); ok {
			v.Line = at.line
			v.Detail = append(v.Detail, g.lines(name)...)
			break
		}
	}
	if strings.Contains(first, "test executed panic(nil) or runtime.Goexit") {
		v.Message = "The goroutine that called the function is ended in the middle: does it call runtime.Goexit?"
		v.Detail = nil
	}
	if outsideBubble.MatchString(first) {
		v.Message = "A channel or a timer is used outside the call that made it: by a signal, by a later call through a package variable, or by a goroutine that began before. In virtual time that cannot be checked"
		v.Detail = nil
	}
	if what, ok := strings.CutPrefix(first, "fatal error: concurrent map "); ok {
		v.Kind, v.Message = Race, fmt.Sprintf("Two goroutines use the same map at once (concurrent map %s)", what)
	}
	return v
}

// outsideBubble is what the runtime says when something from outside reaches
// into virtual time.
var outsideBubble = regexp.MustCompile(`^(?:panic|fatal error): .*synctest .*from outside bubble`)

// raceAccess begins what a report of the race detector says of one of the two
// accesses.
var raceAccess = regexp.MustCompile(`(?i)^(?:previous )?(?:atomic )?(read|write) at 0x[0-9a-f]+ by (?:goroutine \d+|main goroutine):$`)

// An access is one of the two that the race detector objects to.
type access struct {
	verb   string // "read" or "write"
	head   string // what the race detector says of it
	line   int    // of the learner's file; 0 if it is not there
	frames []string
}

// accesses are those in a report of the race detector, as far as they are in
// the learner's file.
func accesses(name, report string) (all []access) {
	in, function := false, ""
	for line := range strings.Lines(report) {
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(line, "=====") {
			break
		}
		if m := raceAccess.FindStringSubmatch(trimmed); m != nil {
			in = true
			all = append(all, access{verb: strings.ToLower(m[1]), head: regexp.MustCompile(` at 0x[0-9a-f]+`).ReplaceAllString(trimmed, "")})
			continue
		}
		if strings.HasPrefix(line, "Goroutine ") {
			in = false
		}
		at := frameAt.FindStringSubmatch("\t" + trimmed)
		if at == nil {
			function = strings.TrimSuffix(trimmed, "()")
			continue
		}
		number, _ := strconv.Atoi(at[2])
		f := frame{function: function, file: strings.ReplaceAll(at[1], `\`, "/"), line: number}
		if !in || !f.learners(name) || strings.Contains(function, ".gowrap") { // which the compiler made
			continue
		}
		last := &all[len(all)-1]
		last.line = cmp.Or(last.line, number)
		last.frames = append(last.frames, f.text(name))
	}
	return all
}

// race says which two accesses the race detector objects to.
func (src source) race(name, report string) *Verdict {
	v := &Verdict{Kind: Race, Voice: RaceDetector, Message: "Two goroutines use the same memory at once"}
	all := accesses(name, report)
	for _, a := range all {
		if len(a.frames) > 0 {
			v.Detail = append(append(v.Detail, a.head), a.frames...)
		}
	}
	if len(all) < 2 {
		return v
	}
	a, b := all[0], all[1]
	if a.line == 0 { // it is the check's own
		a, b = b, a
	}
	switch v.Line = a.line; {
	case a.line == 0:
	case b.line == 0:
		v.Message = fmt.Sprintf("A goroutine %ss here what whoever called the function %ss at the same time: does it go on when the function has returned?", a.verb, b.verb)
	case a.line == b.line:
		v.Message = fmt.Sprintf("A goroutine %ss here what another goroutine %ss at the same time, on the same line", a.verb, b.verb)
	default:
		v.Message = fmt.Sprintf("A goroutine %ss here what another goroutine %ss at the same time at line %d", a.verb, b.verb, b.line)
	}
	return v
}
