package cli

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"gosyncio/runner/class"
	"gosyncio/runner/progress"
)

// A classView is a class in a summary.
type classView struct {
	At time.Time `json:"at"`
	class.Summary
}

func viewClasses(classes []class.Kept) (views []classView) {
	for _, k := range classes {
		views = append(views, classView{k.At(), k.Summary()})
	}
	return views
}

// addVotes counts the votes of a class in the sums. The first round counts, as
// the first answer does: later ones are given after a discussion.
func addVotes(summary *progress.Summary, s class.Summary) {
	for _, q := range s.Questions {
		of, prediction, ok := class.ParseQuestionID(q.ID)
		rounds := class.Voted(q.Rounds)
		if !ok || len(rounds) == 0 {
			continue
		}
		tally := progress.Tally{Question: of}
		for i, n := range rounds[0] {
			tally.Asked += n
			if !q.Answers[i].Right {
				tally.Wrong += n
			}
		}
		if prediction {
			summary.Predictions = progress.AddTally(summary.Predictions, tally)
		} else {
			summary.Questions = progress.AddTally(summary.Questions, tally)
		}
	}
}

// write writes the votes and the board of a class.
func (c classView) write(text *bytes.Buffer) {
	fmt.Fprintf(text, "\n%s, %s: %s, %s\n", c.Title, c.when(), counted(c.Learners, "learner"), counted(len(c.Questions), "question"))
	for _, q := range c.Questions {
		rounds := class.Voted(q.Rounds)
		if len(rounds) == 0 {
			fmt.Fprintf(text, "\n  %s (nobody voted)\n", q.Text)
			continue
		}
		fmt.Fprintf(text, "\n  %s\n", q.Text)
		for i, a := range q.Answers {
			mark := " "
			if a.Right {
				mark = "✓"
			}
			fmt.Fprintf(text, "  %s %s  %s\n", mark, votesFor(i, rounds), a.Text)
		}
	}
	for i, s := range c.Board {
		if i == 0 {
			text.WriteString("\n")
		}
		fmt.Fprintf(text, "  %s: %s\n", s.Nick, standingOf(s))
	}
}

// when is when it was, for people to read.
func (c classView) when() string { return c.At.Local().Format("2 January 2006, 15:04") }

// votesFor are the votes for an answer, in each round.
func votesFor(answer int, rounds [][]int) string {
	var counts []string
	for _, round := range rounds {
		counts = append(counts, fmt.Sprintf("%3d", round[answer]))
	}
	return strings.Join(counts, " then ")
}

// standingOf is where somebody was who learns in a terminal.
func standingOf(s class.Seat) string {
	var parts []string
	if s.Lesson != "" {
		parts = append(parts, fmt.Sprintf("%s page %d of %d", s.Lesson, s.Page, s.Pages))
	}
	if len(s.Solved) > 0 {
		parts = append(parts, "solved "+strings.Join(s.Solved, ", "))
	}
	if s.Exercise != "" {
		parts = append(parts, fmt.Sprintf("at %s, %s", s.Exercise, counted(s.Tries, "try")))
	}
	if len(parts) == 0 {
		parts = []string{"not begun"}
	}
	if s.Help {
		parts = append(parts, "wants help")
	}
	return strings.Join(parts, "; ")
}
