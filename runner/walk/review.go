package runner

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/progress"
)

func (a *app) reviewCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "review",
		Short: "ask again what was missed, or is due",
		Long: `Ask again, from all lessons, the questions that you missed and those whose
time has come: each time you know an answer it comes back later.`,
		Args: noArguments,

		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.review(cmd.Context()) },
	}
}

// review asks the questions that are due.
func (a *app) review(ctx context.Context) error {
	record := a.record
	defer record.wait()
	due, err := dueQuestions(record.state(), time.Now())
	if err != nil {
		return err
	}
	if notice := record.Notice(); notice != "" {
		fmt.Fprintln(a.streams.Err, "gosyncio:", notice)
	}
	if len(due) == 0 {
		_, err := fmt.Fprintln(a.streams.Out, "nothing is due: walk a lesson to its quiz, or come back another day")
		return err
	}
	if !a.streams.Interactive() {
		what := "a question is due, and there is no terminal to ask it"
		if len(due) > 1 {
			what = fmt.Sprintf("%d questions are due, and there is no terminal to ask them", len(due))
		}
		return &usageError{what, "start gosyncio review in a terminal"}
	}
	right, asked := 0, 0
	for i, d := range due {
		lesson, err := lessons.Find(d.lesson.ID)
		if err != nil {
			return err
		}
		heading := fmt.Sprintf("Question %d of %d, from %s", i+1, len(due), d.lesson.Title)
		knew, left, err := a.askQuiz(ctx, newReader(lesson, d.lesson, a.colours()), heading, d.question, waysOn(i, len(due), "done")...)
		if err != nil {
			return err
		}
		asked++
		if knew {
			right++
		}
		if left {
			break
		}
	}
	_, err = fmt.Fprintf(a.streams.Out, "%d of %d right\n", right, asked)
	return err
}

// dueQuestion is a question to be asked again.
type dueQuestion struct {
	lesson   content.Lesson
	question content.Question
}

// dueQuestions are those that are due at the time now and that the lessons
// still have.
func dueQuestions(state *progress.State, now time.Time) ([]dueQuestion, error) {
	texts := map[string]content.Lesson{}
	var due []dueQuestion
	for _, q := range state.Due(now) {
		if _, err := lessons.Find(q.Lesson); err != nil {
			continue // of another version of the program
		}
		text, known := texts[q.Lesson]
		if !known {
			var err error
			if text, err = content.Load(q.Lesson); err != nil {
				return nil, err
			}
			texts[q.Lesson] = text
		}
		quiz, _ := text.Quiz()
		for _, question := range quiz.Questions {
			if question.ID == q.Key {
				due = append(due, dueQuestion{text, question})
			}
		}
	}
	return due, nil
}
