package runner

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/player"
	"gosyncio/runner/prompt"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// maxProcs is the largest GOMAXPROCS that --procs takes.
const maxProcs = 1024

// with says in which languages to run.
type with string

const (
	withGo     with = "go"
	withPython with = "python"
	withBoth   with = "both"
)

// withs are what --with takes.
var withs = []string{string(withGo), string(withPython), string(withBoth)}

// languages are those of w, in the order in which they are shown.
func (w with) languages() []player.Language {
	switch w {
	case withGo:
		return []player.Language{player.Go}
	case withPython:
		return []player.Language{player.Python}
	}
	return []player.Language{player.Python, player.Go}
}

// switched is w with Python on if it was off, and off if it was on.
func (w with) switched() with {
	if w == withBoth {
		return withGo
	}
	return withBoth
}

// request is a run that was asked for, checked and ready to be played.
type request struct {
	lesson   lessons.Lesson
	text     content.Lesson
	variants []lessons.Variant
	values   lessons.Values
	set      lessons.Values // as they were asked for first
	with     with
	procs    int // GOMAXPROCS; 0 is the usual
}

// newRequest checks names and settings ("name=value"). Without variants it
// is those that the lesson compares. The error of wrong names and
// values is a *usageError.
func newRequest(id string, variants, set []string, with with) (request, error) {
	lesson, err := lessons.Find(id)
	if err != nil {
		return request{}, usage("", err)
	}
	text, err := content.Load(id)
	if err != nil {
		return request{}, err
	}
	if len(variants) == 0 {
		variants = lesson.Compared
	}
	if len(variants) == 0 {
		variants = []string{"sequential", "concurrent"}
	}
	r := request{lesson: lesson, text: text, values: lesson.Defaults(), with: with}
	for _, name := range variants {
		variant, err := lesson.Variant(name)
		if err != nil {
			return request{}, usage(id, err)
		}
		if slices.ContainsFunc(r.variants, func(v lessons.Variant) bool { return v.Name == name }) {
			return request{}, &usageError{name + " is named twice", "name each variant once; --repeat N runs it N times"}
		}
		r.variants = append(r.variants, variant)
	}
	for _, assignment := range set {
		name, value, ok := strings.Cut(assignment, "=")
		if !ok {
			return request{}, &usageError{fmt.Sprintf("--set %q has no value", assignment), "write --set name=value; the settings are " + settingsOf(lesson)}
		}
		if r.values, err = r.values.With(name, value); err != nil {
			return request{}, usage(id, err)
		}
	}
	r.set = r.values
	return r, nil
}

// caption says with what it is run.
func (r request) caption() string { return caption(r.values, r.procs) }

// caption is what stands beside a title: the settings, and the number of
// CPUs unless it is 0, the usual one.
func caption(values lessons.Values, procs int) string {
	if procs == 0 {
		return values.String()
	}
	return strings.TrimSpace(fmt.Sprintf("%s CPUs=%d", values, procs))
}

// switched is the request with Python or, where there is one, without. It
// stays as it is if there would be nothing to run.
func (r request) switched() request {
	other := r
	if other.with = r.with.switched(); len(other.parts()) == 0 {
		return r
	}
	return other
}

// parts are the runs to make: each variant in each language that has it.
func (r request) parts() []player.Part {
	var parts []player.Part
	for _, variant := range r.variants {
		for _, language := range r.with.languages() {
			if language == player.Go && variant.Run != nil || language == player.Python && r.text.InPython(variant.Name) {
				parts = append(parts, player.Part{Variant: variant, Language: language})
			}
		}
	}
	return parts
}

// play starts the runs.
func (a *app) play(ctx context.Context, r request) (*player.Comparison, error) {
	return player.Play(ctx, a.streams.Environ, player.Setup{
		Lesson: r.lesson, Values: r.values, Parts: r.parts(), Procs: r.procs,
		Source: r.text.Python, Python: a.python,
	})
}

func (a *app) runCommand() *cobra.Command {
	var set []string
	var language string
	var procs, rounds int
	var asJSON, plain bool
	cmd := &cobra.Command{
		Use:   "run LESSON [VARIANT...]",
		Short: "run a lesson's program in several variants, side by side",
		Long: `Run variants of a lesson's program, each in a process of its own, and show
what their goroutines do. Without variants: those that the lesson compares.`,
		Example: `  gosyncio run tasks
  gosyncio run tasks --with both
  gosyncio run tasks --set a=700ms --set b=1300ms
  gosyncio run fetch sequential concurrent bounded --set pages=100
  gosyncio run eventloop loop blocked --plain
  gosyncio run tasks --repeat 10`,
		Args:              aLesson,
		ValidArgsFunction: completeLesson(lessons.Lesson.VariantNames),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && plain {
				return &usageError{"--json and --plain exclude each other", "choose one of them"}
			}
			if !slices.Contains(withs, language) {
				return unknownName(fmt.Sprintf("unknown language %q for --with", language), "languages", language, withs)
			}
			r, err := newRequest(args[0], args[1:], set, with(language))
			if err != nil {
				return err
			}
			if len(r.parts()) == 0 {
				return &usageError{fmt.Sprintf("%s has nothing of that in %s", r.lesson.ID, language), "choose --with both"}
			}
			if cmd.Flags().Changed("procs") && (procs < 1 || procs > maxProcs) {
				return &usageError{fmt.Sprintf("--procs %d is out of range", procs), fmt.Sprintf("choose a number of CPUs from 1 to %d", maxProcs)}
			}
			r.procs = procs
			repeated := cmd.Flags().Changed("repeat")
			if repeated && (rounds < minRepeat || rounds > maxRepeat) {
				return &usageError{fmt.Sprintf("--repeat %d is out of range", rounds), fmt.Sprintf("choose a number of rounds from %d to %d", minRepeat, maxRepeat)}
			}
			switch {
			case repeated:
				return a.repeat(cmd.Context(), r, rounds, asJSON)
			case asJSON:
				return a.runJSON(cmd.Context(), r)
			case plain || !a.streams.Live():
				return a.runPlain(cmd.Context(), r)
			}
			return a.runLive(cmd.Context(), r)
		},
	}
	cmd.Flags().StringArrayVar(&set, "set", nil, "change a setting: `name=value`; can be given several times")
	cmd.Flags().StringVar(&language, "with", string(withGo), "run it in `go`, python or both")
	cmd.Flags().IntVar(&procs, "procs", 0, "run with that many CPUs (GOMAXPROCS)")
	cmd.Flags().IntVar(&rounds, "repeat", 0, "do it all `N` times, one after the other, and tell how the times vary")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object at the end")
	cmd.Flags().BoolVar(&plain, "plain", false, "print lines of text, without moving the cursor")
	cmd.RegisterFlagCompletionFunc("set", completeSetting)
	cmd.RegisterFlagCompletionFunc("with", cobra.FixedCompletions(withs, cobra.ShellCompDirectiveNoFileComp))
	cmd.RegisterFlagCompletionFunc("procs", cobra.NoFileCompletions)
	cmd.RegisterFlagCompletionFunc("repeat", cobra.NoFileCompletions)
	return cmd
}

// completeSetting completes --set with the names of the lesson's settings.
func completeSetting(cmd *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	lesson, err := lessons.Find(args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, s := range lesson.Settings {
		names = append(names, s.Name+"=\t"+s.Usage)
	}
	return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func (a *app) runJSON(ctx context.Context, r request) error {
	c, err := a.play(ctx, r)
	if err != nil {
		return err
	}
	c.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := stage.JSON(a.streams.Out, c); err != nil {
		return err
	}
	return a.outcome(c)
}

// heading is the lesson with its settings, in a line.
func heading(r request) string {
	if settings := r.values.String(); settings != "" {
		return r.lesson.ID + " (" + settings + ")"
	}
	return r.lesson.ID
}

func (a *app) runPlain(ctx context.Context, r request) error {
	if _, err := fmt.Fprintln(a.streams.Out, heading(r)); err != nil {
		return err
	}
	c, err := a.play(ctx, r)
	if err != nil {
		return err
	}
	if err := stage.Plain(a.streams.Out, c); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return a.outcome(c)
}

// outcome is errRunFailed if one of the runs failed. That there is no
// Python is an error only if there was nothing else to run, else it is
// said.
func (a *app) outcome(c *player.Comparison) error {
	missing := c.Missing()
	if missing != nil && len(c.Present()) == 0 {
		return missing
	}
	if missing != nil {
		fmt.Fprintf(a.streams.Err, "gosyncio: nothing in Python: %s\n%s\n", missing.What, missing.Next)
	}
	for _, run := range c.Present() {
		if run.Status().Err != "" {
			return errRunFailed
		}
	}
	return nil
}

func (a *app) runLive(ctx context.Context, r request) error {
	keys := a.streams.Interactive()
	var toggle func()
	if r.with != withPython {
		toggle = func() { r = r.switched() }
	}
	m := &runModel{watched: !keys, live: stage.NewLive(stage.Options{
		Title:     r.lesson.ID,
		Caption:   r.caption(),
		Play:      func() (*player.Comparison, error) { return a.play(ctx, r) },
		Switch:    toggle,
		Palette:   stage.NewPalette(a.colours()),
		KeysGoing: "q quit",
		KeysEnded: "enter done",
	})}
	defer m.live.Close()
	if err := a.runProgram(ctx, m, keys); err != nil {
		return err
	}
	if m.live.Failed() != "" {
		return errRunFailed
	}
	return nil
}

// runProgram runs a Bubble Tea program. With ctx it ends, or with the
// keyboard, and the terminal is as before. It always ends by quitting:
// killed, Bubble Tea would not wait for its reader of keys.
func (a *app) runProgram(ctx context.Context, m tea.Model, keys bool) error {
	interrupted := false
	options := []tea.ProgramOption{
		tea.WithoutSignalHandler(), // signals end ctx
		tea.WithOutput(a.streams.Out),
		tea.WithEnvironment(a.streams.Environ),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if _, ok := msg.(tea.InterruptMsg); ok {
				interrupted = true
				return tea.QuitMsg{}
			}
			return msg
		}),
	}
	ctx, gone := context.WithCancelCause(ctx)
	defer gone(nil)
	if keys {
		options = append(options, tea.WithInput(keyboard{a.streams.In, gone}))
	} else {
		options = append(options, tea.WithInput(nil))
	}
	p := tea.NewProgram(m, options...)
	defer context.AfterFunc(ctx, p.Quit)()
	_, err := p.Run()
	switch {
	case err != nil:
		return err
	case interrupted:
		return prompt.ErrInterrupted
	}
	return context.Cause(ctx)
}

// keyboard is the terminal's input. When it can no longer be read, for the
// window has been closed, it says so: Bubble Tea would wait for ever.
type keyboard struct {
	*os.File
	gone context.CancelCauseFunc
}

func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.File.Read(p)
	if err != nil {
		k.gone(fmt.Errorf("read a key: %w", err))
	}
	return n, err
}

// runModel is the stage in the scrollback, for a run from the command line.
type runModel struct {
	live          *stage.Live
	watched       bool // nobody can press keys: it ends with the runs
	width, height int
	leaving       bool
}

func (m *runModel) Init() tea.Cmd { return m.live.Start() }

func (m *runModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		m.width, m.height = terminal.SizeOr(size.Width, size.Height)
		return m, nil
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.String() == "ctrl+c":
			return m, tea.Interrupt
		case key.String() == "q", key.String() == "enter" && m.live.Ended():
			m.leaving = true
			return m, tea.Quit
		}
	}
	cmd, _ := m.live.Update(msg)
	if m.watched && m.live.Ended() {
		m.leaving = true
		return m, tea.Quit
	}
	return m, cmd
}

func (m *runModel) View() tea.View {
	if m.width == 0 {
		return tea.NewView("")
	}
	lines := m.live.Lines(m.width, m.height-1)
	if m.leaving {
		// Bubble Tea clears the line on which it leaves the cursor.
		lines = append(m.live.Final(m.width, m.height-1), "")
	}
	return tea.NewView(strings.Join(lines, "\n"))
}
