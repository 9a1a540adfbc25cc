package prompt

import (
	"context"
	"strings"

	"github.com/AlecAivazis/survey/v2"
)

// Select asks a question and returns the index of the choice. The cursor
// starts on the choice with the index current, or on the first one if
// there is none of that index. What is typed moves it to the first choice that
// matches, and a number to the choice of that number.
//
// The error is ErrInterrupted for Ctrl-C and Ctrl-D, ErrQuit for q, ErrBack
// for Esc, ctx.Err() as soon as
// ctx is done, io.EOF wrapped if the input ends, and otherwise what kept
// it from asking. It never is one of survey's own. The terminal has been
// restored when Select returns. Two questions must not be asked at the
// same time on one terminal.
func Select(ctx context.Context, o Options, question string, choices []Choice, current int) (int, error) {
	if current < 0 || current >= len(choices) {
		current = 0
	}
	return put[int](ctx, o, one, question, choices, current, (*layout).chooseOne)
}

// chooseOne is the question as survey takes it.
func (l *layout) chooseOne() survey.Prompt {
	return &survey.Select{
		Message:     l.show(strings.Join(l.question, "\n")),
		Options:     l.shown(),
		Default:     l.current,
		PageSize:    l.page,
		Filter:      l.filter,
		Description: l.describe,
	}
}
