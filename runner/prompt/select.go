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

// Select asks a question and returns the index of the choice. The cursor
// starts on the choice with the index current, or on the first one if
// there is none of that index.
//
// The error is ErrInterrupted for Ctrl-C and Ctrl-D, ctx.Err() as soon as
// ctx is done, io.EOF wrapped if the input ends, and otherwise what kept
// it from asking. It never is one of survey's own. The terminal has been
// restored when Select returns. Two questions must not be asked at the
// same time on one terminal.
func Select(ctx context.Context, o Options, question string, choices []Choice, current int) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if len(choices) == 0 {
		return 0, errors.New("ask: no choices")
	}
	if current < 0 || current >= len(choices) {
		current = 0
	}
	rows, columns := o.size()
	l := fit(question, choices, rows, columns)

	in, err := listen(ctx, o.In)
	if err != nil {
		return 0, fmt.Errorf("ask: %w", err)
	}
	defer in.close()

	answer, err := ask(o, l, current, in)
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case errors.Is(err, terminal.InterruptErr):
		return 0, ErrInterrupted
	case in.failure() != nil:
		return 0, fmt.Errorf("ask: read an answer: %w", in.failure())
	}
	return 0, fmt.Errorf("ask: %v", err) // not wrapped: it is survey's
}

// ask hands the question to survey.
func ask(o Options, l *layout, current int, in input) (answer int, err error) {
	// Survey takes the answer from an empty list if it reads Ctrl-D. On
	// Windows, where it reads the console itself, it may.
	defer func() {
		if l.matches != 0 {
			return
		}
		if p := recover(); p != nil {
			err = terminal.InterruptErr
		}
	}()
	customise()
	prompt := &survey.Select{
		Message:  strings.Join(l.question, "\n"),
		Options:  l.labels,
		Default:  current,
		PageSize: l.page,
		Filter:   func(filter, _ string, index int) bool { return l.match(filter, index) },
		// The one function that survey's template can call: it gives the
		// line below the question.
		Description: func(filter string, _ int) string { return l.status(strings.TrimPrefix(filter, " ")) },
	}
	err = survey.AskOne(prompt, &answer,
		survey.WithStdio(in, o.Out, o.Out),
		survey.WithIcons(func(icons *survey.IconSet) {
			*icons = survey.IconSet{}
			if o.Colour {
				icons.Question.Format, icons.Help.Format, icons.SelectFocus.Format = "default+b", "cyan", "cyan+b"
			}
		}))
	return answer, err
}

// customise sets the one variable of survey's that the program changes:
// the template of a Select, for all questions and once. Colours come from
// the formats of the icons, so that core.DisableColor need not be touched,
// which would not do: survey keeps what it has compiled under it.
var customise = sync.OnceFunc(func() { survey.SelectQuestionTemplate = template })

// Once there is an answer nothing is left of the question.
const template = `
{{- define "format"}}{{if .}}{{color .}}{{end}}{{end}}
{{- define "reset"}}{{if .}}{{color "reset"}}{{end}}{{end}}
{{- define "option"}}
	{{- if eq .SelectedIndex .CurrentIndex}}
		{{- template "format" .Config.Icons.SelectFocus.Format}}> {{.CurrentOpt.Value}}
		{{- template "reset" .Config.Icons.SelectFocus.Format}}
	{{- else}}  {{.CurrentOpt.Value}}
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
