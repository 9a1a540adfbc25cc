package prompt

import (
	"context"
	"strings"

	"github.com/AlecAivazis/survey/v2"
)

// MultiSelect asks a question with any number of answers and returns the
// indexes of the choices that are marked, in ascending order, nil if none
// is. Space marks the choice under the cursor or takes its mark away; it is
// not part of a filter. Enter ends the question, whatever the filter, which
// hides marks but does not remove them.
//
// The errors, and what holds for the terminal, are those of Select.
func MultiSelect(ctx context.Context, o Options, question string, choices []Choice) ([]int, error) {
	return put[[]int](ctx, o, several, question, choices, 0, (*layout).chooseSeveral)
}

// chooseSeveral is the question as survey takes it.
func (l *layout) chooseSeveral() survey.Prompt {
	return &survey.MultiSelect{
		Message:     l.show(strings.Join(l.question, "\n")),
		Options:     l.shown(),
		PageSize:    l.page,
		Filter:      l.filter,
		Description: l.describe,
	}
}
