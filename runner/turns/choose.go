package turns

import (
	"context"
	"errors"
	"slices"

	"gosyncio/lessons/schedules"
	"gosyncio/runner/prompt"
	"gosyncio/runner/schedule"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// Play plays a program until the learner leaves.
func Play(ctx context.Context, s screen.Any, player schedule.Player, p schedules.Program) error {
	m := New(ctx, player, p, s.Colours())
	defer m.Close()
	return s.Run(ctx, m, true)
}

// Choose asks for a program and plays it, until the learner leaves.
func Choose(ctx context.Context, s screen.Any, player schedule.Player) error {
	all := schedules.All()
	columns, _ := s.Size()
	style := terminal.NewStyle(s.Colours())
	above := append([]string{style.Title("Be the scheduler"), ""}, terminal.Wrap(
		"A small program, and you choose which of its goroutines goes on, step by step. Find the order that breaks it; then try the mended version.", 0, columns-1)...)
	var labels []string
	for _, p := range all {
		labels = append(labels, p.Title+": make "+p.Goal)
	}
	for current := 0; ; {
		chosen, err := s.Choose(ctx, screen.Question{Above: append(slices.Clone(above), ""), Text: "Which program?", Choices: screen.Labels(labels...), Current: current})
		switch {
		case errors.Is(err, prompt.ErrBack), errors.Is(err, prompt.ErrQuit):
			return nil
		case err != nil:
			return err
		}
		if err := Play(ctx, s, player, all[chosen]); err != nil {
			return err
		}
		current = chosen
	}
}
