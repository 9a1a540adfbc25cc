package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/lessons"
	"gosyncio/runner/course"
	"gosyncio/runner/export"
	"gosyncio/runner/fault"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/screen"
	"gosyncio/runner/stage"
	"gosyncio/runner/walk"
)

func newRunCommand(out *output, p *player.Player) *cobra.Command {
	var set []string
	var with string
	var procs, rounds int
	var asJSON, plain bool
	cmd := &cobra.Command{
		Use:   "run LESSON [VARIANT...]",
		Short: "run a lesson's program in several variants, side by side",
		Long: `Run variants of a lesson's program, each in a process of its own, and show
what their goroutines do. Without variants: those that the lesson compares.

In text, (ideal 2.00 s) is what a run would take if its waits took time, and
nothing else did.`,
		Example: `  gosyncio run tasks
  gosyncio run tasks --with both
  gosyncio run tasks --set a=700ms --set b=1300ms
  gosyncio run fetch sequential concurrent bounded --set pages=100
  gosyncio run eventloop loop blocked --plain
  gosyncio run tasks --repeat 10`,
		Args:              lessonFirst,
		ValidArgsFunction: completeLesson(lessons.Lesson.VariantNames),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && plain {
				return fault.Usage("--json and --plain exclude each other", "choose one of them")
			}
			languages, err := plan.ParseLanguages(with)
			if err != nil {
				return err
			}
			r, err := plan.New(args[0], args[1:], set, languages)
			if err != nil {
				return err
			}
			if len(r.Parts()) == 0 {
				return fault.Usage(fmt.Sprintf("%s has nothing of that in %s", r.Lesson.ID, with), "choose --with both")
			}
			if cmd.Flags().Changed("procs") && (procs < 1 || procs > plan.MaxProcs) {
				return fault.Usage(fmt.Sprintf("--procs %d is out of range", procs), fmt.Sprintf("choose a number of CPUs from 1 to %d", plan.MaxProcs))
			}
			r.Procs = procs
			repeated := cmd.Flags().Changed("repeat")
			if repeated && (rounds < minRepeat || rounds > maxRepeat) {
				return fault.Usage(fmt.Sprintf("--repeat %d is out of range", rounds), fmt.Sprintf("choose a number of rounds from %d to %d", minRepeat, maxRepeat))
			}
			switch {
			case repeated:
				return repeat(cmd.Context(), out, p, r, rounds, asJSON)
			case asJSON:
				return runJSON(cmd.Context(), out, p, r)
			case plain || !out.Live() || out.Accessible():
				return runPlain(cmd.Context(), out, p, r)
			}
			return walk.Watch(cmd.Context(), screen.New(out.Streams, out.Colours()), p, r, out.Interactive())
		},
	}
	cmd.Flags().StringArrayVar(&set, "set", nil, "change a setting: `name=value`; can be given several times")
	cmd.Flags().StringVar(&with, "with", string(plan.Go), "run it in `go`, python or both")
	cmd.Flags().IntVar(&procs, "procs", 0, "run with that many CPUs (GOMAXPROCS)")
	cmd.Flags().IntVar(&rounds, "repeat", 0, "do it all `N` times, one after the other, and tell how the times vary")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object at the end")
	cmd.Flags().BoolVar(&plain, "plain", false, "print lines of text, without moving the cursor")
	cmd.RegisterFlagCompletionFunc("set", completeSetting)
	cmd.RegisterFlagCompletionFunc("with", cobra.FixedCompletions(plan.LanguageNames(), cobra.ShellCompDirectiveNoFileComp))
	cmd.RegisterFlagCompletionFunc("procs", cobra.NoFileCompletions)
	cmd.RegisterFlagCompletionFunc("repeat", cobra.NoFileCompletions)
	return cmd
}

// completeSetting completes --set with the names of the lesson's settings.
func completeSetting(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	lesson, err := course.Find(args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, s := range lesson.Settings {
		names = append(names, s.Name+"=\t"+s.Usage)
	}
	return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func runJSON(ctx context.Context, out *output, p *player.Player, r plan.Request) error {
	c, err := p.Play(ctx, r.Setup())
	if err != nil {
		return err
	}
	c.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := export.JSON(out.Out, c.Snapshot()); err != nil {
		return err
	}
	return outcome(out, c.WithoutLanes())
}

func runPlain(ctx context.Context, out *output, p *player.Player, r plan.Request) error {
	if _, err := fmt.Fprintln(out.Out, r.Heading()); err != nil {
		return err
	}
	c, err := p.Play(ctx, r.Setup())
	if err != nil {
		return err
	}
	defer c.Wait()
	defer c.Cancel() // if it could not be written
	if err := stage.Plain(out.shown(), c); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return outcome(out, c.WithoutLanes())
}

// outcome is fault.ErrRunFailed if one of the runs failed. That there is no
// Python is an error only if there was nothing else to run, else it is said.
func outcome(out *output, s player.Snapshot) error {
	missing := s.Missing()
	if missing != nil && len(s.Present()) == 0 {
		return missing
	}
	if missing != nil {
		fmt.Fprintf(out.Err, "gosyncio: nothing in Python: %s\n%s\n", missing.What, missing.Next)
	}
	for _, run := range s.Present() {
		if run.Status.Err != "" {
			return fault.ErrRunFailed
		}
	}
	return nil
}
