package predict

import (
	"slices"
	"testing"

	"gosyncio/content"
	"gosyncio/runner/plan"
)

// What is said of an answer does not contradict what the run has shown.
func TestVerdict(t *testing.T) {
	t.Parallel()
	world := content.Predict{Measure: content.MeasureCount, Of: "World", Answers: []content.Answer{
		{Is: "0", Right: true, Why: "Nobody waits."}, {Is: "1", Why: "It would have to pause."},
	}}
	last := content.Predict{Measure: content.MeasureLastLine, Answers: []content.Answer{
		{Is: "B", Right: true, Why: "It is slower."}, {Is: "A", Why: "It is quicker."},
	}}
	r, err := plan.New("tasks", nil, nil, plan.Go)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		predict content.Predict
		chosen  string
		outcome Outcome
		want    string
	}{
		{world, "0", Outcome{"0", 0}, ": right. Nobody waits."},
		{world, "0", Outcome{"1", 1}, ". Nobody waits. This time it was 1."},
		{world, "1", Outcome{"0", 0}, ". It would have to pause. It was 0."},
		{world, "1", Outcome{"1", 1}, ". It would have to pause. But this time it was so."},
		{last, "B", Outcome{Text: "B"}, ": right. It is slower."},
		{last, "B", Outcome{Text: "C"}, `. It is slower. This time it was "C".`},
		{last, "A", Outcome{Text: "B"}, `. It is quicker. It was "B".`},
	} {
		p, err := New(tt.predict, r)
		if err != nil {
			t.Fatal(err)
		}
		p.Predicted = slices.IndexFunc(p.Options, func(o Option) bool { return o.Text == tt.chosen })
		if got := p.verdict(tt.outcome); got != tt.want {
			t.Errorf("predicted %s, it was %s: %q, want %q", tt.chosen, tt.outcome.Text, got, tt.want)
		}
	}
}
