package schedule

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"gosyncio/lessons/schedules"
	engine "gosyncio/lessons/verify/schedule"
)

// ChildCommand is the first argument with which the program starts itself
// again to run one of the small programs: once in an order that is given, or
// in all.
const ChildCommand = "__schedule"

// MostOrders is how many orders of a program are tried at most.
const MostOrders = 20_000

// A Report is what the child says, in JSON.
type Report struct {
	// Steps are who went on so far, At who is at a point now, in a fixed
	// order, and Waits who waits for others, at their last step. If At is empty
	// the program is over, and Outcome says how.
	Steps   []engine.Step      `json:"steps"`
	At      []engine.Step      `json:"at"`
	Waits   []engine.Step      `json:"waits"`
	State   string             `json:"state"`
	Outcome *schedules.Outcome `json:"outcome,omitempty"`

	// Of all orders: how many there are, how many reach the goal, whether
	// there are more that were not tried, and the choices of one that reaches
	// the goal, the shortest; nil if none does.
	Orders  int   `json:"orders"`
	Reached int   `json:"reached"`
	More    bool  `json:"more"`
	Example []int `json:"example"`
}

// Child is the program in its role as a child. It does not return: it ends the
// process, and must be all that that does. args are the arguments after
// ChildCommand: the program's name, "broken" or "mended", and "all", or
// "seed" and a number, or "choices" and the choices, one after the other,
// after which it stops.
func Child(args []string, out io.Writer) int {
	p, run, err := parse(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	how, rest := args[2], args[3:]
	return inTest(func(t *testing.T) {
		var report Report
		switch how {
		case "all":
			report = explore(t, p, run)
		case "seed":
			seed, _ := strconv.ParseUint(strings.Join(rest, ""), 10, 64)
			report = withWaits(once(t, p, run, engine.BySeed(seed)))
		default:
			report = withWaits(once(t, p, run, follow(p, rest, out)))
		}
		reply(out, report)
	})
}

func parse(args []string) (p schedules.Program, run func(), err error) {
	if len(args) < 3 {
		return p, nil, errors.New("this is for the program itself; see gosyncio help schedule")
	}
	i := slices.IndexFunc(schedules.All(), func(p schedules.Program) bool { return p.Name == args[0] })
	if i < 0 {
		return p, nil, fmt.Errorf("no program %q", args[0])
	}
	p = schedules.All()[i]
	if args[1] == "mended" {
		return p, p.Mended, nil
	}
	return p, p.Broken, nil
}

// inTest calls f in a test, without which there is no virtual time, and ends
// the process.
func inTest(f func(t *testing.T)) int {
	os.Args = os.Args[:1] // package testing reads the rest
	testing.Main(func(string, string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: "schedule", F: func(t *testing.T) { f(t); os.Exit(0) }}}, nil, nil)
	return 1
}

// reply says what there is to say, and ends the process.
func reply(out io.Writer, r Report) {
	if err := json.NewEncoder(out).Encode(r); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// once runs the program in one order.
func once(t *testing.T, p schedules.Program, run func(), choose func([]engine.Step) int) (r Report, s *engine.Schedule) {
	outcome := schedules.Outcome{Kind: schedules.Returned}
	func() {
		defer func() {
			if v := recover(); v != nil { // of synctest
				outcome.Kind = schedules.Deadlock
				if strings.Contains(fmt.Sprint(v), "main bubble goroutine has exited") {
					outcome.Kind = schedules.Leak
				}
			}
		}()
		synctest.Test(t, func(*testing.T) {
			s = engine.Begin(choose)
			run()
			s.Finish()
			outcome.State = p.State()
		})
	}()
	if outcome.State == "" {
		outcome.State = p.State()
	}
	if v := s.Panicked(); v != nil {
		outcome.Kind, outcome.Text = schedules.Panicked, fmt.Sprint(v)
	}
	return Report{Steps: s.Steps(), State: outcome.State, Outcome: &outcome}, s
}

// withWaits is a report of a program that is over with who waits for ever.
func withWaits(r Report, s *engine.Schedule) Report {
	r.Waits = s.Waiting()
	if r.Outcome.Kind != schedules.Deadlock { // the one that called the program is over
		r.Waits = slices.DeleteFunc(r.Waits, func(step engine.Step) bool { return step.Goroutine == 0 })
	}
	return r
}

// follow makes the choices one after the other, and then stops the program.
func follow(p schedules.Program, choices []string, out io.Writer) func([]engine.Step) int {
	var steps []engine.Step
	return func(at []engine.Step) int {
		if len(steps) == len(choices) {
			reply(out, Report{Steps: steps, At: at, Waits: engine.Waiting(), State: p.State()})
		}
		chosen, err := strconv.Atoi(choices[len(steps)])
		if err != nil || chosen < 0 || chosen >= len(at) {
			fmt.Fprintf(os.Stderr, "choice %q of %d\n", choices[len(steps)], len(at))
			os.Exit(2)
		}
		steps = append(steps, at[chosen])
		return chosen
	}
}

// explore runs the program in all orders, each choice after the other.
func explore(t *testing.T, p schedules.Program, run func()) (r Report) {
	var choices, open []int // what is chosen, and of how many
	for {
		step := 0
		report, _ := once(t, p, run, func(at []engine.Step) int {
			if step == len(choices) {
				choices, open = append(choices, 0), append(open, len(at))
			}
			step++
			return choices[step-1]
		})
		outcome := report.Outcome
		r.Orders++
		if p.Reached(*outcome) {
			r.Reached++
			if r.Example == nil || step < len(r.Example) {
				r.Example = slices.Clone(choices[:step])
			}
		}
		choices, open = choices[:step], open[:step]
		for len(choices) > 0 && choices[len(choices)-1]+1 == open[len(open)-1] {
			choices, open = choices[:len(choices)-1], open[:len(open)-1]
		}
		switch {
		case len(choices) == 0:
			return r
		case r.Orders == MostOrders:
			r.More = true
			return r
		}
		choices[len(choices)-1]++
	}
}
