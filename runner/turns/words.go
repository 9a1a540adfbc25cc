package turns

import (
	"fmt"
	"strings"

	"gosyncio/lessons/schedules"
	engine "gosyncio/lessons/verify/schedule"
	"gosyncio/runner/schedule"
)

// Orders says in a sentence what came of all orders.
func Orders(r schedule.Report, p schedules.Program) string {
	which := fmt.Sprintf("There are %d orders", r.Orders)
	if r.More {
		which = fmt.Sprintf("Of %d orders that were tried", r.Orders)
	}
	if r.Reached == 0 {
		return which + ": none makes " + p.Goal + "."
	}
	return fmt.Sprintf("%s: %d make %s.", which, r.Reached, p.Goal)
}

// Outcome says how a program has ended.
func Outcome(o schedules.Outcome) string {
	switch o.Kind {
	case schedules.Panicked:
		return "It panicked: " + o.Text + "."
	case schedules.Deadlock:
		return "Deadlock: those that are left wait for each other."
	case schedules.Leak:
		return "It returned, and a goroutine waits for ever."
	}
	return "It returned."
}

// Goroutine is what a goroutine is called: the one that calls the function, A,
// B and so on.
func Goroutine(number int) string {
	if number == 0 {
		return "main"
	}
	return string(rune('A' + number - 1))
}

// Steps are who went on, in a line.
func Steps(steps []engine.Step) string {
	names := make([]string, len(steps))
	for i, step := range steps {
		names[i] = fmt.Sprintf("%s:%d", Goroutine(step.Goroutine), step.Line)
	}
	return strings.Join(names, " ")
}

func version(mended bool) string {
	if mended {
		return "mended"
	}
	return "broken"
}
