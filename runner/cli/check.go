package cli

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"gosyncio/runner/exercise"
	"gosyncio/runner/fault"
	"gosyncio/runner/practice"
	"gosyncio/runner/terminal"
)

func newCheckCommand(out *output, room func() practice.Room) *cobra.Command {
	var asJSON bool
	var folder string
	cmd := &cobra.Command{
		Use:   "check [EXERCISE...]",
		Short: "check exercises once: 0 if all are solved, 1 if not",
		Long: `Check what you have written for exercises, once: those that are named, or all
that you have begun. The exit status is 0 if all of them are solved, else 1.`,
		Args:              someExercises,
		ValidArgsFunction: completeExercise,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			r := room()
			defer func() { err = out.keep(r.Journal, err) }()
			r.Journal.Load()
			w, err := foundWorkspace(r, folder)
			if err != nil {
				return err
			}
			wanted, err := begunExercises(w, args)
			if err != nil {
				return err
			}
			c := checking{out: out, room: r, workspace: w, own: folder == "", quiet: asJSON}
			return c.all(cmd, wanted)
		},
	}
	cmd.Flags().StringVar(&folder, "dir", "", "the folder with the files; what is found in it is not noted as yours")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// begunExercises are those of the names, or all that have been begun.
func begunExercises(w exercise.Workspace, names []string) (wanted []exercise.Exercise, err error) {
	for _, name := range names {
		e, err := exercise.Find(name)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, e)
	}
	if len(names) > 0 {
		return wanted, nil
	}
	all, err := exercise.All()
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if w.Begun(e) {
			wanted = append(wanted, e)
		}
	}
	if len(wanted) == 0 {
		return nil, fault.Usage(fmt.Sprintf("no exercise has been begun in %s", terminal.Printable(w.Folder)), "begin one: gosyncio practice")
	}
	return wanted, nil
}

// A checking is what the command check does.
type checking struct {
	out       *output
	room      practice.Room
	workspace exercise.Workspace
	own       bool // the files are the learner's own
	quiet     bool // nothing but JSON is printed
}

// A checked is an exercise with its verdict, as JSON: a public interface.
type checked struct {
	Name    string `json:"name"`
	Lesson  string `json:"lesson"`
	Verdict string `json:"verdict"`
	Line    int    `json:"line"`
	Message string `json:"message"`
	Seed    uint64 `json:"seed"` // of the order in which it is wrong
	// Unchecked says what could not be checked here, such as races.
	Unchecked []string `json:"unchecked,omitempty"`
	Tries     int      `json:"tries"`
}

func (c checking) all(cmd *cobra.Command, wanted []exercise.Exercise) error {
	results := []checked{}
	failed := false
	for i, e := range wanted {
		text, err := c.workspace.Read(e)
		if err != nil {
			return err
		}
		v, err := c.room.Checker.Check(cmd.Context(), e, text)
		if err != nil {
			return err
		}
		if c.own && !v.Given {
			practice.Note(c.room.Journal, e, v)
		}
		failed = failed || v.Kind != exercise.Solved
		results = append(results, c.result(e, v))
		if c.quiet {
			continue
		}
		if err := c.print(e, v, i > 0); err != nil {
			return err
		}
	}
	if c.quiet {
		if err := json.NewEncoder(c.out.Out).Encode(map[string]any{"exercises": results}); err != nil {
			return err
		}
	}
	if failed {
		return fault.ErrRunFailed
	}
	return nil
}

func (c checking) result(e exercise.Exercise, v exercise.Verdict) checked {
	const unsolved = "unsolved" // as it was given
	r := checked{Name: e.Name, Lesson: e.Lesson, Verdict: string(v.Kind), Line: v.Line, Message: v.Message, Seed: v.Seed, Unchecked: v.Unchecked}
	if v.Given && v.Kind != exercise.Solved {
		r.Verdict = unsolved
	}
	if c.own {
		r.Tries = c.room.Journal.State().Exercises[e.Name].Tries
	}
	return r
}

// print prints a verdict in lines.
func (c checking) print(e exercise.Exercise, v exercise.Verdict, more bool) error {
	const widest = 100
	width := widest
	if c.out.Terminal() {
		columns, _ := c.out.Size()
		width = min(columns, widest)
	}
	if more {
		fmt.Fprintln(c.out.Out)
	}
	style := terminal.NewStyle(c.out.Colours())
	fmt.Fprintf(c.out.Out, "%s  %s\n", style.Title(e.Name), terminal.Printable(c.workspace.Path(e)))
	for _, line := range practice.Lines(v, style, width) {
		if _, err := fmt.Fprintln(c.out.shown(), line); err != nil {
			return err
		}
	}
	return nil
}
