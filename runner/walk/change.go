package runner

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons"
	"gosyncio/runner/prompt"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// change lets the learner change what r asks for, one thing after the other,
// until it is to be run, or left as it was: then run is false.
func (a *app) change(ctx context.Context, palette stage.Palette, r request) (changed request, run bool, err error) {
	above := []string{palette.Title(r.lesson.ID + ": what do you want to change?"), ""}
	for {
		choices := labels("run with these settings")
		for _, s := range r.lesson.Settings {
			value := cmp.Or(r.values.Texts()[s.Name], "(none)")
			choices = append(choices, prompt.Choice{Label: fmt.Sprintf("%-9s %-9s %s", s.Name, value, s.Usage)})
		}
		cpus := "usual"
		if r.procs > 0 {
			cpus = strconv.Itoa(r.procs)
		}
		choices = append(choices, labels(
			fmt.Sprintf("%-9s %-9s %s", "CPUs", cpus, "how many Go may use (GOMAXPROCS)"),
			fmt.Sprintf("%-9s %-9s %s", "language", r.with, "go, python or both"),
			"back to what the page sets",
			"leave it as it was, without a run")...)
		chosen, err := a.askOne(ctx, question{above: above, text: "Change", choices: choices})
		if err != nil {
			return r, false, err
		}
		settings := len(r.lesson.Settings)
		switch {
		case chosen == 0 && len(r.parts()) > 0:
			return r, true, nil
		case chosen == len(choices)-1:
			return r, false, nil
		case chosen == 0:
			above = []string{palette.Title(fmt.Sprintf("%s: there is nothing of this in %s, choose another language", r.lesson.ID, r.with)), ""}
		case chosen <= settings:
			r, err = a.changeSetting(ctx, palette, r, r.lesson.Settings[chosen-1])
		case chosen == settings+1:
			r.procs, err = a.changeProcs(ctx, r.procs)
		case chosen == settings+2:
			r.with, err = a.changeLanguage(ctx, r.with)
		default:
			r.values, r.procs = r.set, 0
		}
		if err != nil {
			return r, false, err
		}
	}
}

// presets are values worth trying, among which those that a setting takes
// and that are its own are offered.
var presets = []string{"1", "2", "3", "4", "8", "10", "16", "32", "100", "1000", "10ms", "50ms", "100ms", "500ms", "1s", "2s", "3s", "5s"}

// changeSetting offers values for a setting, and to type one.
func (a *app) changeSetting(ctx context.Context, palette stage.Palette, r request, s lessons.Setting) (request, error) {
	var values []string
	for _, preset := range append([]string{s.Default}, presets...) {
		if _, err := r.values.With(s.Name, preset); err == nil && !slices.Contains(values, preset) {
			values = append(values, preset)
		}
	}
	now := r.values.Texts()[s.Name]
	current := slices.Index(values, now)
	chosen := len(values)
	if len(values) > 0 {
		var err error
		chosen, err = a.askOne(ctx, question{text: fmt.Sprintf("%s, %s", s.Name, s.Usage), choices: append(labels(values...), labels("another value")...), current: max(current, 0)})
		if err != nil {
			return r, err
		}
	}
	if chosen < len(values) {
		changed, err := r.values.With(s.Name, values[chosen])
		if err != nil {
			return r, err
		}
		r.values = changed
		return r, nil
	}
	typed := &typing{palette: palette, setting: s, values: r.values, text: now}
	if err := a.runProgram(ctx, typed, true); err != nil {
		return r, err
	}
	r.values = typed.values
	return r, nil
}

func (a *app) changeProcs(ctx context.Context, now int) (int, error) {
	numbers := []int{0, 1, 2, 4, 8}
	if n := runtime.NumCPU(); !slices.Contains(numbers, n) {
		numbers = append(numbers, n)
	}
	choices := labels("usual: the variant's own, or all that there are")
	for _, n := range numbers[1:] {
		choices = append(choices, labels(strconv.Itoa(n))...)
	}
	chosen, err := a.askOne(ctx, question{text: "How many CPUs may Go use?", choices: choices, current: max(slices.Index(numbers, now), 0)})
	if err != nil {
		return 0, err
	}
	return numbers[chosen], nil
}

// changeLanguage holds for what is run from now on.
func (a *app) changeLanguage(ctx context.Context, now with) (with, error) {
	chosen, err := a.askOne(ctx, question{text: "In which language?", choices: labels(withs...), current: slices.Index(withs, string(now))})
	if err != nil {
		return now, err
	}
	a.with = with(withs[chosen])
	return a.with, nil
}

// typing is the model in which a value is typed, and checked with every key.
type typing struct {
	palette       stage.Palette
	setting       lessons.Setting
	values        lessons.Values // with the value, once it is taken
	text          string
	touched       bool // before that, what is typed replaces the text
	width, height int
}

func (t *typing) Init() tea.Cmd { return nil }

func (t *typing) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.width, t.height = terminal.SizeOr(msg.Width, msg.Height)
	case tea.PasteMsg:
		t.enter(msg.Content)
	case tea.KeyPressMsg:
		switch key := msg.String(); key {
		case "ctrl+c":
			return t, tea.Interrupt
		case "esc":
			return t, tea.Quit
		case "ctrl+u":
			t.text, t.touched = "", true
		case "backspace":
			t.touched = true
			if runes := []rune(t.text); len(runes) > 0 {
				t.text = string(runes[:len(runes)-1])
			}
		case "enter":
			if values, err := t.values.With(t.setting.Name, t.text); err == nil {
				t.values = values
				return t, tea.Quit
			}
		default:
			t.enter(msg.Text)
		}
	}
	return t, nil
}

// enter adds to the text. The first replaces it, as it is the old value.
func (t *typing) enter(text string) {
	if text == "" {
		return
	}
	if !t.touched {
		t.text, t.touched = "", true
	}
	const longest = 2000
	t.text += text
	t.text = strings.ToValidUTF8(t.text[:min(len(t.text), longest)], "")
}

func (t *typing) View() tea.View {
	verdict := "enter takes it   esc leaves it as it was"
	if _, err := t.values.With(t.setting.Name, t.text); err != nil {
		verdict = err.Error()
		if e, ok := usage("", err).(*usageError); ok {
			verdict += "; " + e.next
		}
	}
	text, room := oneLine(t.text), max(t.width-len("> _")-1, 1)
	if width := ansi.StringWidth(text); width > room {
		text = "…" + ansi.TruncateLeft(text, width-room+1, "") // the end is what is being typed
	}
	lines := wrapped(t.palette.Title(t.setting.Name)+", "+t.setting.Usage, 0, max(t.width-1, 10))
	lines = append(lines, "", "> "+text+"_", "")
	lines = append(lines, wrapped(verdict, 0, max(t.width-1, 10))...)
	view := tea.NewView(strings.Join(lines[:min(len(lines), max(t.height, 1))], "\n"))
	view.AltScreen = true
	return view
}
