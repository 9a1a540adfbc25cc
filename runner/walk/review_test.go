package walk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
)

// review is for start: it asks what is due and says what came of it.
func review(said *string) func(context.Context, *Tour) error {
	return func(ctx context.Context, t *Tour) error {
		due, err := t.Due(time.Now())
		if err != nil {
			return err
		}
		right, asked, err := t.Review(ctx, due)
		*said = fmt.Sprintf("%d of %d", right, asked)
		return err
	}
}

func TestReviewAsksWhatIsDue(t *testing.T) {
	t.Parallel()
	yesterday := time.Now().Add(-24 * time.Hour)
	answered := func(s *progress.State, key, given string, right bool) {
		s.Answer(progress.Answer{Question: progress.Question{Lesson: "tasks", Key: key}, Given: []string{given}, Right: right, At: yesterday})
		yesterday = yesterday.Add(time.Minute)
	}
	var done progress.State
	answered(&done, "longest", "6 seconds", false)
	answered(&done, "handle", "Nothing", true)
	answered(&done, "compute", "About 1 second", false)
	answered(&done, "gone", "from a later version", false)
	done.Answer(progress.Answer{Question: progress.Question{Lesson: "gone", Key: "handle"}, Given: []string{"Nothing"}, At: yesterday})
	before := len(done.Answers)

	// What is left in the middle is kept as far as it came.
	var said string
	d := start(t, headlessOptions{done: func(s *progress.State) { s.Merge(&done) }}, review(&said))
	d.waitFor("Question 1 of 2, from Tasks", "Worker A takes 5 seconds", "(pass)")
	d.choose("3 seconds")
	d.waitFor("Question 1 of 2, from Tasks: Not quite.", "Nobody becomes faster.", "> next question")
	d.answer(0)
	d.waitFor("Question 2 of 2, from Tasks", "there is one CPU", "(pass)")
	d.interrupt()
	if err := d.ends(); !errors.Is(err, prompt.ErrInterrupted) || said != "0 of 1" {
		t.Errorf("%s right, error %v", said, err)
	}
	got := d.state().Answers
	if i := before; len(got) != i+1 || got[i].Key != "longest" || got[i].Right || !slices.Equal(got[i].Given, []string{"3 seconds, the average"}) {
		t.Errorf("answers: %+v", got)
	}

	// Or the rest is left.
	d = start(t, headlessOptions{journal: d.journal}, review(&said))
	d.waitFor("Question 1 of 2, from Tasks", "there is one CPU", "(pass)")
	d.choose("(pass)")
	d.waitFor("Passed over.", "> next question", "  leave the rest for later")
	d.choose("leave the rest")
	if err := d.ends(); err != nil || said != "0 of 1" {
		t.Errorf("%s right, error %v", said, err)
	}

	// What has been waiting longer comes first now.
	d = start(t, headlessOptions{journal: d.journal}, review(&said))
	d.waitFor("Question 1 of 2, from Tasks", "there is one CPU", "(pass)")
	d.choose("About 2 seconds")
	d.waitFor("Question 1 of 2, from Tasks: Right.", "Whoever computes needs a CPU", "> next question")
	d.answer(0)
	d.waitFor("Question 2 of 2, from Tasks", "Worker A takes 5 seconds", "(pass)")
	d.choose("5 seconds")
	d.waitFor("Question 2 of 2, from Tasks: Right.", "Their waits overlap", "> done")
	d.answer(0)
	if err := d.ends(); err != nil || said != "2 of 2" {
		t.Errorf("%s right, error %v", said, err)
	}
	got = d.state().Answers
	if i := before + 1; len(got) != i+2 || !got[i].Right || !got[i+1].Right {
		t.Errorf("answers: %+v", got)
	}

	d = start(t, headlessOptions{journal: d.journal}, review(&said))
	if err := d.ends(); err != nil || said != "0 of 0" {
		t.Errorf("%s right though nothing is due, error %v", said, err)
	}
}
