package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gosyncio/lessons/schedules"
	engine "gosyncio/lessons/verify/schedule"
	"gosyncio/runner/fault"
	"gosyncio/runner/schedule"
	"gosyncio/runner/terminal"
	"gosyncio/runner/turns"
)

func newScheduleCommand(out *output, player schedule.Player) *cobra.Command {
	var plain, asJSON bool
	var o orders
	cmd := &cobra.Command{
		Use:   "schedule [PROGRAM]",
		Short: "be the scheduler: find the order that breaks a program",
		Long: `Be the scheduler of a small program: choose which of its goroutines goes on,
one step at a time, until it breaks; then try the same with the mended version.
With --seed it is run in the order of that seed, always the same; with --all in
every order there is.`,
		Example: `  gosyncio schedule lostupdate
  gosyncio schedule lostupdate --seed 7
  gosyncio schedule lostupdate --all --mended`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fault.Usage(fmt.Sprintf("schedule takes one program, but got also %q", args[1]), "name one program at a time")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return programNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.seeded = cmd.Flags().Changed("seed")
			switch {
			case o.seeded && o.all:
				return fault.Usage("--seed is one order, --all are all of them", "leave one out")
			case o.mended && !o.seeded && !o.all:
				return fault.Usage("--mended goes with --seed or --all", "in the game, press v")
			case len(args) == 0 && asJSON:
				return printPrograms(out)
			case len(args) == 0 && (o.seeded || o.all):
				return fault.Usage("schedule needs a program", "the programs are "+strings.Join(programNames(), ", "))
			}
			if len(args) == 0 {
				return chooseProgram(cmd.Context(), out, player, plain)
			}
			p, err := schedule.Find(args[0])
			switch {
			case err != nil:
				return err
			case o.seeded || o.all:
				return o.print(cmd.Context(), out, player, p, asJSON)
			case asJSON:
				return fault.Usage("--json needs orders to tell of", "add --seed N, or --all")
			}
			return playProgram(cmd.Context(), out, player, p, plain)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&plain, "plain", false, "lines of text, without moving the cursor")
	cmd.Flags().BoolVar(&o.all, "all", false, "run it in every order")
	cmd.Flags().BoolVar(&o.mended, "mended", false, "the version that holds, with --seed or --all")
	cmd.Flags().Uint64Var(&o.seed, "seed", 0, "run it in the order of seed `N`")
	return cmd
}

func programNames() []string {
	var names []string
	for _, p := range schedules.All() {
		names = append(names, p.Name)
	}
	return names
}

// printPrograms prints a public interface: fields are added, never renamed.
func printPrograms(out *output) error {
	type program struct {
		Name  string   `json:"name"`
		Title string   `json:"title"`
		Goals []string `json:"goals"`
	}
	object := struct {
		Programs []program `json:"programs"`
	}{}
	for _, p := range schedules.All() {
		object.Programs = append(object.Programs, program{p.Name, p.Title, []string{"make " + p.Goal}})
	}
	return json.NewEncoder(out.Out).Encode(object)
}

// chooseProgram asks for a program and plays it.
func chooseProgram(ctx context.Context, out *output, player schedule.Player, plain bool) error {
	s, leave, err := out.screen(plain)
	if err != nil {
		return err
	}
	if s == nil {
		for _, p := range schedules.All() {
			fmt.Fprint(out.Out, out.hanging(p.Name, p.Title+": make "+p.Goal, 14))
		}
		_, err := fmt.Fprintln(out.Out, "\nTo play one: gosyncio schedule PROGRAM, in a terminal.")
		return err
	}
	defer leave()
	return turns.Choose(ctx, s, player)
}

// playProgram plays a program.
func playProgram(ctx context.Context, out *output, player schedule.Player, p schedules.Program, plain bool) error {
	s, leave, err := out.screen(plain)
	if err != nil {
		return err
	}
	if s == nil {
		return fault.Usage("there is no terminal to play in", "run it in one order, or in all: add --seed N, or --all")
	}
	defer leave()
	return turns.Play(ctx, s, player, p)
}

// orders are those in which a program is to be run.
type orders struct {
	seeded, all, mended bool
	seed                uint64
}

// A step is one of the JSON of schedule.
type step struct {
	Goroutine string `json:"goroutine"`
	Line      int    `json:"line"`
	Code      string `json:"code"`
}

// print runs a program in these orders and prints what comes of it. Its JSON
// is a public interface: fields are added, never renamed.
func (o orders) print(ctx context.Context, out *output, player schedule.Player, p schedules.Program, asJSON bool) error {
	object := struct {
		Program string `json:"program"`
		Mended  bool   `json:"mended"`
		Goal    string `json:"goal"`
		Seed    uint64 `json:"seed"`
		Steps   []step `json:"steps"`
		Outcome string `json:"outcome"`
		State   string `json:"state"`
		Broken  bool   `json:"broken"`
		Orders  int    `json:"orders"`
		Breaks  int    `json:"breaks"`
		More    bool   `json:"more"`
	}{Program: p.Name, Mended: o.mended, Goal: "make " + p.Goal, Seed: o.seed, Orders: 1}
	var r schedule.Report
	var err error
	if o.all {
		if r, err = player.All(ctx, p.Name, o.mended); err != nil {
			return err
		}
		object.Orders, object.Breaks, object.More = r.Orders, r.Reached, r.More
		if !asJSON {
			fmt.Fprintln(out.Out, turns.Orders(r, p))
		}
		if r.Example == nil {
			object.Steps = []step{}
			return o.end(out, object, asJSON)
		}
		if !asJSON {
			fmt.Fprintln(out.Out, "One of them:")
		}
		r, err = player.After(ctx, p.Name, o.mended, r.Example)
	} else {
		r, err = player.Seed(ctx, p.Name, o.mended, o.seed)
	}
	if err != nil {
		return err
	}
	object.Steps = steps(p, r.Steps)
	object.Outcome, object.State, object.Broken = string(r.Outcome.Kind), r.State, p.Reached(*r.Outcome)
	if !o.all && object.Broken {
		object.Breaks = 1
	}
	if !asJSON {
		for _, s := range object.Steps {
			fmt.Fprintf(out.Out, "  %-5s line %3d  %s\n", s.Goroutine, s.Line, terminal.Printable(s.Code))
		}
		fmt.Fprintf(out.Out, "%s %s\n", turns.Outcome(*r.Outcome), r.State)
	}
	return o.end(out, object, asJSON)
}

func (o orders) end(out *output, object any, asJSON bool) error {
	if !asJSON {
		return nil
	}
	return json.NewEncoder(out.Out).Encode(object)
}

func steps(p schedules.Program, all []engine.Step) []step {
	lines := strings.Split(string(p.Go()), "\n")
	found := []step{}
	for _, s := range all {
		found = append(found, step{turns.Goroutine(s.Goroutine), s.Line, strings.TrimSpace(lines[s.Line-1])})
	}
	return found
}
