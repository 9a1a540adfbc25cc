package class

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"gosyncio/runner/fault"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
)

// The kinds of questions, as they stand in a question's ID.
const (
	predictionKind = "predict"
	quizKind       = "quiz"
)

// PredictionID is how a prediction is known among a class's questions.
func PredictionID(q progress.Question) string { return q.Lesson + "/" + predictionKind + "/" + q.Key }

// QuizID is how a question of a quiz is known there.
func QuizID(q progress.Question) string { return q.Lesson + "/" + quizKind + "/" + q.Key }

// ParseQuestionID is the question of an ID; ok is false if that is none.
func ParseQuestionID(id string) (q progress.Question, prediction, ok bool) {
	lesson, rest, _ := strings.Cut(id, "/")
	kind, key, ok := strings.Cut(rest, "/")
	return progress.Question{Lesson: lesson, Key: key}, kind == predictionKind, ok && (kind == predictionKind || kind == quizKind)
}

// A Kept is what is kept of a class that has ended. Its JSON is a public
// interface: fields are added, never renamed.
type Kept struct {
	Class keptClass `json:"class"`
}

type keptClass struct {
	Format int       `json:"format"`
	At     time.Time `json:"at"` // when it was written
	Summary
}

// summaryFormat is that of what is written now.
const summaryFormat = 1

// maxKept bounds the file that is read, in bytes.
const maxKept = 16 << 20

// Keep is what to keep of a class that has ended by then.
func Keep(s Summary, at time.Time) Kept { return Kept{keptClass{summaryFormat, at, s}} }

// Summary is what was kept.
func (k Kept) Summary() Summary { return k.Class.Summary }

// At is when it was written.
func (k Kept) At() time.Time { return k.Class.At }

// Write writes it as JSON.
func (k Kept) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(k)
}

// ErrNotKept is that a file is of another kind.
var ErrNotKept = errors.New("that is no class")

// ReadKept reads what Write has written. Its texts are printable, and its
// numbers fit each other, whoever wrote it. If the file is of another kind the
// error is ErrNotKept, else a *fault.Error.
func ReadKept(path string) (Kept, error) {
	file, err := os.Open(path)
	if err != nil {
		return Kept{}, ErrNotKept // it is said elsewhere why it cannot be read
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxKept+1))
	var probe struct {
		Class *json.RawMessage `json:"class"`
	}
	if err != nil || len(data) > maxKept || json.Unmarshal(data, &probe) != nil || probe.Class == nil {
		return Kept{}, ErrNotKept
	}
	name := terminal.Printable(path)
	var k Kept
	if err := json.Unmarshal(data, &k); err != nil || !k.Class.fits() {
		return Kept{}, &fault.Error{What: name + " is no summary of a class", Next: "name a file that gosyncio class --keep has written", Err: fs.ErrInvalid}
	}
	if k.Class.Format > summaryFormat {
		return Kept{}, &fault.Error{What: fmt.Sprintf("%s is from a newer version of gosyncio", name), Next: "update gosyncio"}
	}
	k.Class.show()
	return k, nil
}

// fits reports whether there are answers, and rounds have a number for each.
func (k keptClass) fits() bool {
	const most = 1_000_000 // far more than there is room for
	if k.Format < 1 || k.Learners < 0 || k.Learners > most {
		return false
	}
	for _, q := range k.Questions {
		if len(q.Answers) == 0 {
			return false
		}
		for _, counts := range q.Rounds {
			if len(counts) != len(q.Answers) || slices.ContainsFunc(counts, func(n int) bool { return n < 0 || n > most }) {
				return false
			}
		}
	}
	return true
}

// show makes the texts such that they can be shown.
func (k *keptClass) show() {
	shown := func(texts ...*string) {
		for _, text := range texts {
			*text = terminal.Printable(*text)
		}
	}
	shown(&k.Title)
	for i := range k.Questions {
		q := &k.Questions[i]
		shown(&q.ID, &q.Lesson, &q.Heading, &q.Text)
		for j := range q.Answers {
			shown(&q.Answers[j].Text, &q.Answers[j].Why)
		}
	}
	for i := range k.Board {
		s := &k.Board[i]
		shown(&s.Nick, &s.Lesson, &s.Exercise)
		for j := range s.Solved {
			shown(&s.Solved[j])
		}
	}
}
