package walk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"gosyncio/lessons"
	"gosyncio/runner/cpus"
	"gosyncio/runner/plan"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// change lets the learner change the request and runs it again.
func (w *Walk) change(ctx context.Context) error {
	w.then = w.watch.Live.Resume() // if it is left as it was
	changing := change{w.tour.screen, w.style()}
	r, run, err := changing.ask(ctx, w.watch.request)
	if r.Languages != w.watch.request.Languages {
		w.tour.languages = r.Languages // holds for what is run from now on
	}
	if err != nil || !run {
		return err
	}
	before := w.watch.request
	w.watch.request = r
	if err := w.expect(); err != nil {
		return err
	}
	if w.toAsk() {
		if err := w.askPrediction(ctx); err != nil {
			w.watch.request = before // which is what stands on the stage
			return errors.Join(err, w.expect())
		}
	}
	w.tellStage()
	w.then = w.play()
	return nil
}

// change lets the learner change a request.
type change struct {
	screen screen.Any
	style  terminal.Style
}

// ask changes what r asks for, one thing after the other, until it is to be
// run, or left without a run: then run is false.
func (c change) ask(ctx context.Context, r plan.Request) (changed plan.Request, run bool, err error) {
	settings := r.Lesson.Program.Settings
	above := c.heading("%s: what do you want to change?", r.Lesson.ID)
	for {
		choices := c.choices(r)
		chosen, err := c.screen.Choose(ctx, screen.Question{Above: above, Text: "Change", Choices: choices})
		if err != nil {
			return r, false, err
		}
		switch {
		case chosen == 0 && len(r.Parts()) > 0:
			return r, true, nil
		case chosen == len(choices)-1:
			return r, false, nil
		case chosen == 0:
			above = c.heading("%s: there is nothing of this in %s, choose another language", r.Lesson.ID, r.Languages)
		case chosen <= len(settings):
			r.Values, err = c.setting(ctx, r.Values, settings[chosen-1])
		case chosen == len(settings)+1:
			r.Procs, err = c.procs(ctx, r.Procs)
		case chosen == len(settings)+2:
			r.Languages, err = c.languages(ctx, r.Languages)
		default:
			r = r.AsAsked()
		}
		if err != nil && !errors.Is(err, prompt.ErrBack) { // which leads to this question again
			return r, false, err
		}
	}
}

func (c change) heading(format string, args ...any) []string {
	return []string{c.style.Title(fmt.Sprintf(format, args...)), ""}
}

// choices are what can be changed, with its value: first the run itself,
// then the settings, CPUs and language, and the two ways back.
func (c change) choices(r plan.Request) []prompt.Choice {
	const columns = "%-9s %-9s %s"
	choices := screen.Labels("run with these settings")
	for _, s := range r.Lesson.Program.Settings {
		value := cmp.Or(r.Values.Texts()[s.Name], "(none)")
		choices = append(choices, prompt.Choice{Label: fmt.Sprintf(columns, s.Name, value, s.Usage)})
	}
	cpus := "usual"
	if r.Procs > 0 {
		cpus = strconv.Itoa(r.Procs)
	}
	return append(choices, screen.Labels(
		fmt.Sprintf(columns, "CPUs", cpus, "how many Go may use (GOMAXPROCS)"),
		fmt.Sprintf(columns, "language", r.Languages, "go, python or both"),
		"back to what the page sets",
		"leave it as it was, without a run")...)
}

// presets are values worth trying, among which those that a setting takes
// and that are its own are offered.
func presets() []string {
	return []string{"1", "2", "3", "4", "8", "10", "16", "32", "100", "1000",
		"10ms", "50ms", "100ms", "500ms", "1s", "2s", "3s", "5s"}
}

// setting offers values for a setting, and to type one.
func (c change) setting(ctx context.Context, values lessons.Values, s lessons.Setting) (lessons.Values, error) {
	var offered []string
	for _, preset := range append([]string{s.Default}, presets()...) {
		if _, err := values.With(s.Name, preset); err == nil && !slices.Contains(offered, preset) {
			offered = append(offered, preset)
		}
	}
	now := values.Texts()[s.Name]
	chosen := len(offered)
	if len(offered) > 0 {
		var err error
		chosen, err = c.screen.Choose(ctx, screen.Question{
			Text:    fmt.Sprintf("%s, %s", s.Name, s.Usage),
			Choices: append(screen.Labels(offered...), screen.Labels("another value")...),
			Current: max(slices.Index(offered, now), 0),
		})
		if err != nil {
			return values, err
		}
	}
	if chosen < len(offered) {
		return values.With(s.Name, offered[chosen])
	}
	typed := &typing{style: c.style, setting: s, values: values, text: now}
	if err := c.screen.Run(ctx, typed, true); err != nil {
		return values, err
	}
	return typed.values, nil
}

func (c change) procs(ctx context.Context, now int) (int, error) {
	numbers := []int{0, 1, 2, 4, 8}
	if n := cpus.Available(); !slices.Contains(numbers, n) {
		numbers = append(numbers, n)
	}
	choices := screen.Labels("usual: the variant's own, or all that there are")
	for _, n := range numbers[1:] {
		choices = append(choices, screen.Labels(strconv.Itoa(n))...)
	}
	chosen, err := c.screen.Choose(ctx, screen.Question{
		Text: "How many CPUs may Go use?", Choices: choices, Current: max(slices.Index(numbers, now), 0),
	})
	if err != nil {
		return now, err
	}
	return numbers[chosen], nil
}

func (c change) languages(ctx context.Context, now plan.Languages) (plan.Languages, error) {
	names := plan.LanguageNames()
	chosen, err := c.screen.Choose(ctx, screen.Question{
		Text: "In which language?", Choices: screen.Labels(names...), Current: slices.Index(names, string(now)),
	})
	if err != nil {
		return now, err
	}
	return plan.Languages(names[chosen]), nil
}
