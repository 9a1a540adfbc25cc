package exercise

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gosyncio/lessons/verify"
)

// explain makes the verdict of what a check reported.
func (src source) explain(name string, event verify.Event) *Verdict {
	v := &Verdict{Kind: Kind(event.Kind), endless: event.Kind == verify.Endless, Line: cmp.Or(event.Line, src.functions[event.Func].line), Message: event.Message}
	goroutines := parseStacks(event.Stacks)
	switch event.Kind {
	case verify.Deadlock:
		v.Line, v.Message, v.Detail = deadlock(name, event.Func, goroutines, v.Line)
		if beganBefore(name, goroutines) {
			v.Message += fmt.Sprintf(". Goroutines that began before %s was called, as in init, cannot take part in virtual time: start them inside", event.Func)
		}
	case verify.Leak:
		v.Line, v.Message, v.Detail = leak(name, goroutines, v.Line)
	case verify.Endless:
		if g, at, ok := stoppedTime(name, goroutines); ok {
			v.Line, v.Detail = at.line, g.lines(name)
			v.Message = fmt.Sprintf("Here it waits %s, which was made before %s was called, as a package variable is: virtual time stands still then, so make it inside %[2]s", g.waitsFor(), event.Func)
		} else if g, at, ok := busyGoroutine(name, goroutines); ok {
			v.Line, v.Detail = max(v.Line, at.line), g.lines(name)
			if looksAgain.Match(src.text) {
				v.Message += "; does it look at a clock, or a lock, until it is time? In virtual time that comes only while all wait"
			}
			if at.line == noLine && g.creator.learners(name) {
				v.Line = g.creator.line
			}
		}
	}
	if event.Seed > 0 {
		src.ordered(v, event)
	}
	return v
}

// looksAgain finds what a program may look at again and again.
var looksAgain = regexp.MustCompile(`\btime\.(Now|Since|Until)\(|\.TryR?Lock\(|\bCompareAndSwap|\.Load\(`)

// ordered says of a verdict that it holds in some orders of the goroutines,
// and who went on in one of them.
func (src source) ordered(v *Verdict, event verify.Event) {
	v.inOrder(event.Seed)
	v.Voice, v.Detail = Lanes, src.lanes(event)
}

// inOrder says of a verdict that it holds in the order of a seed; 0 is for one
// that has none.
func (v *Verdict) inOrder(seed uint64) {
	v.Kind, v.Seed = Order, seed
	v.Message = "In some runs only, depending on which goroutine goes when: " + v.Message
}

// lanes draws the last steps of a schedule: a column for each goroutine, in it
// the line that it did in its turn, and beside that the line's code. The first
// column is the function's own goroutine; the others are G1, G2 and so on, for
// A and B are whom the checks ask.
func (src source) lanes(event verify.Event) []string {
	const most, widest = 14, 8 // steps, columns
	steps := event.Steps[max(len(event.Steps)-most, 0):]
	names, columns := []string{cmp.Or(event.Func, "main")}, map[int]int{0: 0}
	for _, step := range steps {
		if _, ok := columns[step.Goroutine]; !ok {
			columns[step.Goroutine] = len(names)
			names = append(names, fmt.Sprint("G", len(names)))
		}
	}
	head := ""
	starts := make([]int, len(names))
	for i, name := range names[:min(len(names), widest)] {
		starts[i] = len(head)
		head += fmt.Sprintf("%-*s", max(len(name), 3)+2, name)
	}
	lines := []string{strings.TrimRight(head, " ")}
	if len(steps) < len(event.Steps) {
		lines = append(lines, "...")
	}
	for _, step := range steps {
		at := starts[min(columns[step.Goroutine], widest-1)]
		number := strconv.Itoa(step.Line)
		lines = append(lines, fmt.Sprintf("%*s%-*s%s", at, "", len(head)-at, number, code(src.text, step.Line)))
	}
	return lines
}

// A place is where goroutines wait for the same.
type place struct {
	line  int
	waits string // what for
	count int
	one   goroutine
}

// places are those where goroutines of the bubble wait in the learner's file.
func places(name string, goroutines []goroutine) []place {
	var all []place
	for _, g := range goroutines {
		at, ok := g.at(name)
		if !ok || !g.bubble {
			continue
		}
		i := slices.IndexFunc(all, func(p place) bool { return p.line == at.line && p.waits == g.waitsFor() })
		if i < 0 {
			i, all = len(all), append(all, place{at.line, g.waitsFor(), 0, g})
		}
		all[i].count++
	}
	slices.SortFunc(all, func(a, b place) int { // who waits for others is told last
		return cmp.Or(cmp.Compare(fromCheck(b.one), fromCheck(a.one)), cmp.Compare(forOthers(a), forOthers(b)), cmp.Compare(a.line, b.line))
	})
	return all
}

// forOthers is 1 for who waits for other goroutines to end.
func forOthers(p place) int {
	if p.one.runtimeState() == "sync.WaitGroup.Wait" {
		return 1
	}
	return 0
}

// deadlock says who waits for what, the learner's function first: its own
// goroutine comes from the check.
func deadlock(name, function string, goroutines []goroutine, line int) (int, string, []string) {
	message := "Nobody can go on"
	var detail []string
	for i, p := range places(name, goroutines) {
		who := several(p.count, "goroutine waits", "goroutines wait")
		if i == 0 {
			line = p.line
			switch {
			case fromCheck(p.one) == 0:
			case p.one.calls(name, function):
				who = function + " waits"
			default: // the function has returned
				who = "the function that " + function + " returned waits"
			}
			message += fmt.Sprintf(": here %s %s", who, p.waits)
		} else {
			message += fmt.Sprintf(", and %s %s at line %d", who, p.waits, p.line)
		}
		detail = append(detail, p.one.lines(name)...)
	}
	return line, message, detail
}

// beganBefore reports whether goroutines of the learner's file live outside
// virtual time.
func beganBefore(name string, goroutines []goroutine) bool {
	return slices.ContainsFunc(goroutines, func(g goroutine) bool {
		_, learners := g.at(name)
		return learners && !g.bubble
	})
}

// fromCheck is 1 for the goroutine that the check runs in.
func fromCheck(g goroutine) int {
	if g.in("lessons/verify.(*C).run.func") {
		return 1
	}
	return 0
}

// calls reports whether the learner's function of that name is under way in g.
func (g goroutine) calls(name, function string) bool {
	return slices.ContainsFunc(g.frames, func(f frame) bool {
		return f.learners(name) && strings.HasSuffix(f.function, "."+function)
	})
}

// leak says which goroutines are left over.
func leak(name string, goroutines []goroutine, line int) (int, string, []string) {
	message := "Goroutines are left over that wait for ever"
	var detail []string
	for i, p := range places(name, goroutines) {
		who := several(p.count, "goroutine is left over that waits", "goroutines are left over that wait")
		if i == 0 {
			line, message = p.line, capital(who)+" "+p.waits
			if p.waits != "in a sleep" && p.waits != "in a select" {
				message += " for ever"
			}
		} else {
			message += fmt.Sprintf(", and %s %s at line %d", who, p.waits, p.line)
		}
		detail = append(detail, p.one.lines(name)...)
	}
	return line, message, detail
}

// stoppedTime is the goroutine, in the learner's file, that waits for a
// channel or a WaitGroup from outside virtual time, if none computes.
func stoppedTime(name string, goroutines []goroutine) (stopped goroutine, where frame, ok bool) {
	waits := []string{"chan receive", "chan send", "select", "sync.WaitGroup.Wait"}
	for _, g := range goroutines {
		at, learners := g.at(name)
		switch {
		case !learners || !g.bubble || g.durable:
		case g.state == "running" || g.state == "runnable":
			return goroutine{}, frame{}, false
		case !ok && slices.Contains(waits, g.state):
			stopped, where, ok = g, at, true
		}
	}
	return stopped, where, ok
}

// noLine is the line of a loop with nothing in it.
const noLine = 1

// busyGoroutine is the one that computes, or waits for something outside, in
// the learner's file.
func busyGoroutine(name string, goroutines []goroutine) (goroutine, frame, bool) {
	for _, computes := range []bool{true, false} {
		for _, g := range goroutines {
			at, ok := g.at(name)
			if ok && computes == (g.state == "running" || g.state == "runnable") {
				return g, at, true
			}
		}
	}
	return goroutine{}, frame{}, false
}

func several(n int, one, more string) string {
	if n == 1 {
		return "a " + one
	}
	return strconv.Itoa(n) + " " + more
}

// capital is a sentence of which text is the beginning.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// lines are what the runtime says of a goroutine, as far as it is about the
// learner's file.
func (g goroutine) lines(name string) []string {
	const most = 6 // of who calls whom
	lines := []string{"goroutine [" + g.runtimeState() + "]:"}
	for _, f := range g.frames {
		if f.learners(name) && len(lines) <= most {
			lines = append(lines, f.text(name))
		}
	}
	if g.creator.learners(name) {
		lines = append(lines, "created by "+g.creator.text(name))
	}
	return lines
}

func (f frame) text(name string) string {
	function := f.function
	if i := strings.LastIndex(function, "/"); i >= 0 {
		function = function[i+1:]
	}
	if _, after, ok := strings.Cut(function, "."); ok {
		function = after
	}
	if f.line == noLine {
		return function + "  " + name
	}
	return fmt.Sprintf("%s  %s:%d", function, name, f.line)
}
