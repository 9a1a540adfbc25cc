package prompt

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/terminal"
)

// put puts a question to the learner: the one that prompt makes of its
// layout. The errors are those that Select promises.
func put[T any](ctx context.Context, o Options, k kind, question string, choices []Choice, current int, prompt func(*layout) survey.Prompt) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if len(choices) == 0 {
		return none, errors.New("ask: no choices")
	}
	in, err := listen(ctx, o.In, o.Begin != nil)
	if err != nil {
		return none, fmt.Errorf("ask: %w", err)
	}
	defer in.close()

	for pressed := (&replay{input: in}); ; pressed.again() {
		rows, columns := o.begin()
		l := fit(k, question, choices, rows, columns)
		l.current = current
		if o.Show != nil {
			l.show = o.Show
		}
		answer, err := ask[T](o, l, prompt(l), pressed)
		if err != nil {
			err = pressed.explain(ctx, err)
		}
		switch err {
		case nil:
			return answer, nil
		case errAgain:
		case errSuspend:
			o.suspend(in)
			if ctx.Err() != nil {
				return none, ctx.Err()
			}
		case errHelp:
			if err := o.help(ctx, in, k); err != nil {
				return none, err
			}
		default:
			return none, err
		}
	}
}

// explain is why survey gave up with err. It never is survey's own error.
func (r *replay) explain(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, terminal.InterruptErr):
		return ErrInterrupted
	case r.failure() != nil:
		return fmt.Errorf("ask: read an answer: %w", r.failure())
	case r.why != nil:
		return r.why
	}
	return fmt.Errorf("ask: %v", err) // not wrapped
}

// ask hands the question to survey.
func ask[T any](o Options, l *layout, prompt survey.Prompt, pressed *replay) (answer T, err error) {
	// Survey takes the answer from an empty list if it reads Ctrl-D, and
	// marks what is before the list if the cursor moved up while it was
	// empty. On Windows, where it reads the console itself, it may.
	defer func() {
		if !l.emptied {
			return
		}
		if p := recover(); p != nil {
			err = terminal.InterruptErr
		}
	}()
	customise()
	err = survey.AskOne(prompt, &answer,
		survey.WithStdio(&guard{replay: pressed, l: l, help: o.Begin != nil, row: l.current}, o.Out, o.Out),
		// A mark must not take the list away from under the cursor, and no
		// arrow all marks at once: nothing would bring them back.
		survey.WithKeepFilter(true), survey.WithRemoveSelectAll(), survey.WithRemoveSelectNone(),
		survey.WithIcons(func(icons *survey.IconSet) {
			*icons = survey.IconSet{}
			if o.Colour {
				icons.Question.Format, icons.Help.Format, icons.SelectFocus.Format = "default+b", "cyan", "cyan+b"
			}
		}))
	return answer, err
}

// errHelp says that the learner wants to know the keys.
var errHelp = errors.New("the keys are asked for")

// A guard keeps from survey the keys that are not for it: those that leave
// the question, and those that move while there is nothing to move in, for its
// MultiSelect would lose its cursor. And it moves the cursor when the filter
// has changed: survey leaves it in its row, whatever that now holds.
type guard struct {
	*replay
	l    *layout
	help bool // the keys can be shown

	row   int    // in which survey's cursor is, of the choices that match
	typed string // the filter for which that row is right
}

func (g *guard) Read(p []byte) (int, error) {
	if key := g.toMatch(); key != "" {
		return copy(p, key), nil
	}
	for {
		n, err := g.replay.Read(p)
		if err != nil {
			return n, err
		}
		switch key := string(p[:n]); {
		case key == escape && g.l.typed != "":
			return copy(p, eraseAll), nil
		case key == escape:
			return 0, g.leave(ErrBack)
		case key == "q" && g.l.typed == "":
			return 0, g.leave(ErrQuit)
		case key == "?" && g.l.typed == "" && g.help:
			return 0, g.leave(errHelp)
		case (key == up || key == down || key == tab) && g.l.matches == 0:
			continue
		case key == up:
			g.row = (g.row + g.l.matches - 1) % g.l.matches
		case key == down, key == tab:
			g.row = (g.row + 1) % g.l.matches
		}
		return n, nil
	}
}

// toMatch is the next key on the cursor's way to what matches best, if the
// filter has changed; "" if it is there.
func (g *guard) toMatch() string {
	if g.typed == g.l.typed || g.l.matches == 0 {
		return ""
	}
	g.row = min(g.row, g.l.matches-1) // so does survey
	switch best := g.l.best(); {
	case g.row > best:
		g.row--
		return up
	case g.row < best:
		g.row++
		return down
	}
	g.typed = g.l.typed
	return ""
}

// A replay remembers the keys that survey has been given. Survey lays a
// question out once: in a window of another size it is put anew and given the
// same keys, which bring it to where it was.
type replay struct {
	input
	keys  []string
	given int   // how many of the keys survey has in this round
	why   error // why this round ended; nil if survey ended it
}

func (r *replay) Read(p []byte) (int, error) {
	if r.given < len(r.keys) {
		n := copy(p, r.keys[r.given])
		r.given++
		return n, nil
	}
	n, err := r.input.Read(p)
	if err != nil {
		r.why = err
		return n, err
	}
	r.keys = append(r.keys, string(p[:n]))
	r.given++
	return n, nil
}

// leave ends the round for the last key, which is not remembered.
func (r *replay) leave(why error) error {
	r.keys = r.keys[:len(r.keys)-1]
	r.why = why
	return why
}

// again begins another round.
func (r *replay) again() { r.given, r.why = 0, nil }

// filter is match as survey calls it.
func (l *layout) filter(filter, _ string, index int) bool { return l.match(filter, index) }

// describe gives the line below the question to survey's templates, for
// which a choice's description is the one function that they can call.
func (l *layout) describe(filter string, _ int) string {
	return l.show(l.status(strings.TrimPrefix(filter, " ")))
}

// customise sets the variables of survey's that the program changes: the
// templates, for all questions and once. Colours come from the formats of
// the icons, so that core.DisableColor need not be touched, which would not
// do: survey keeps what it has compiled under it.
var customise = sync.OnceFunc(func() {
	survey.SelectQuestionTemplate = template + `{{define "mark"}}{{end}}`
	survey.MultiSelectQuestionTemplate = template + `{{define "mark"}}{{if index .Checked .CurrentOpt.Index}}[x] {{else}}[ ] {{end}}{{end}}`
})

// Once there is an answer nothing is left of the question.
const template = `
{{- define "format"}}{{if .}}{{color .}}{{end}}{{end}}
{{- define "reset"}}{{if .}}{{color "reset"}}{{end}}{{end}}
{{- define "option"}}
	{{- if eq .SelectedIndex .CurrentIndex}}
		{{- template "format" .Config.Icons.SelectFocus.Format}}> {{template "mark" .}}{{.CurrentOpt.Value}}
		{{- template "reset" .Config.Icons.SelectFocus.Format}}
	{{- else}}  {{template "mark" .}}{{.CurrentOpt.Value}}
	{{- end}}
	{{- "\n"}}
{{- end}}
{{- if not .ShowAnswer}}
	{{- template "format" .Config.Icons.Question.Format}}{{.Message}}{{template "reset" .Config.Icons.Question.Format}}
	{{- "\n"}}
	{{- with call .Description .FilterMessage 0}}
		{{- template "format" $.Config.Icons.Help.Format}}{{.}}{{template "reset" $.Config.Icons.Help.Format}}
		{{- "\n"}}
	{{- end}}
	{{- range $i, $option := .PageEntries}}{{template "option" $.IterateOption $i $option}}{{end}}
{{- end}}`
