package cli

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"gosyncio/runner/class"
)

//go:embed summary.html
var summaryPage string

// A summaryHTML is what the page of a summary needs.
type summaryHTML struct {
	Heading  string
	Classes  []classHTML
	Learners []learnerHTML
	Sums     []sumHTML
}

type (
	classHTML struct {
		Title, When, Size string
		Questions         []questionHTML
		Seats             []struct{ Name, Where string }
	}
	questionHTML struct {
		Text   string
		Rounds [][]int
		Again  []string // the headings of the rounds behind the first
		Rows   []answerHTML
	}
	answerHTML struct {
		Text  string
		Right bool
		Votes []int
	}
	learnerHTML struct {
		Name, At  string
		Done, All int
	}
	sumHTML struct {
		Heading, First, Second string
		Rows                   []struct{ Text, Numbers string }
	}
)

// html writes the summary as a page that needs nothing else.
func (v summaryView) html(w io.Writer) error {
	page, err := template.New("summary").Parse(summaryPage)
	if err != nil {
		return err
	}
	data := summaryHTML{Heading: v.heading()}
	if len(v.Learners) == 0 && len(v.Classes) == 1 {
		data.Heading = "How a class voted"
	}
	for _, c := range v.Classes {
		data.Classes = append(data.Classes, c.html())
	}
	for _, s := range v.Learners {
		_, done, at := standing(s)
		data.Learners = append(data.Learners, learnerHTML{s.Learner, at, done, len(s.Lessons)})
	}
	for _, sum := range []struct {
		heading string
		tallies []tallyView
	}{{"Predictions, wrong at the first try", v.Predictions}, {"Questions, wrong at the first try", v.Questions}} {
		of := sumHTML{Heading: sum.heading, First: "Question", Second: "Wrong"}
		for _, t := range sum.tallies {
			of.add(t.Lesson+": "+t.Text, fmt.Sprintf("%d of %d", t.Wrong, t.Asked))
		}
		data.addSum(of)
	}
	exercises := sumHTML{Heading: "Exercises", First: "Exercise", Second: "Solved"}
	for _, t := range v.Exercises {
		exercises.add(t.Exercise, fmt.Sprintf("%d of %d, %s", t.Solved, t.Begun, counted(t.Tries, "try")))
	}
	data.addSum(exercises)
	return page.Execute(w, data)
}

func (s *sumHTML) add(text, numbers string) {
	s.Rows = append(s.Rows, struct{ Text, Numbers string }{text, numbers})
}

func (d *summaryHTML) addSum(s sumHTML) {
	if len(s.Rows) > 0 {
		d.Sums = append(d.Sums, s)
	}
}

func (c classView) html() classHTML {
	h := classHTML{
		Title: c.Title, When: c.when(),
		Size: fmt.Sprintf("%s, %s", counted(c.Learners, "learner"), counted(len(c.Questions), "question")),
	}
	for _, q := range c.Questions {
		rounds := class.Voted(q.Rounds)
		of := questionHTML{Text: q.Text, Rounds: rounds}
		for i := range rounds[min(1, len(rounds)):] {
			of.Again = append(of.Again, fmt.Sprintf("Vote %d", i+2))
		}
		for i, a := range q.Answers {
			row := answerHTML{Text: a.Text, Right: a.Right}
			for _, round := range rounds {
				row.Votes = append(row.Votes, round[i])
			}
			of.Rows = append(of.Rows, row)
		}
		h.Questions = append(h.Questions, of)
	}
	for _, s := range c.Board {
		h.Seats = append(h.Seats, struct{ Name, Where string }{s.Nick, standingOf(s)})
	}
	return h
}
