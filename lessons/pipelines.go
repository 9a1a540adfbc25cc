package lessons

import (
	"context"
	_ "embed"
	"time"

	"gosyncio/lessons/pipelines"
)

//go:embed pipelines/pipelines.go
var pipelinesSource string

type pipelinesSettings struct {
	items, stages, team, take int
	each, slow, report        time.Duration
}

func (s *pipelinesSettings) bind(b *bindings) {
	b.lanes(&s.items, "items", 8, 1000, "how many items there are")
	b.lanes(&s.stages, "stages", 3, 100, "how many stages each item passes")
	b.duration(&s.each, "each", 100*time.Millisecond, "how long a stage works on an item")
	b.duration(&s.slow, "slow", 300*time.Millisecond, "how long the slow stage does")
	b.lanes(&s.team, "team", 3, 1000, "how many share the slow stage")
	b.lanes(&s.take, "take", 3, 1000, "how many items the reader takes before it leaves")
	b.duration(&s.report, "report", 700*time.Millisecond, "how long the reader reports on those")
}

// passes is how long the items take if the stages work at the same time, and
// the middle one takes that long for an item: the first passes all stages, and
// the others follow as fast as the slowest stage lets them.
func (s pipelinesSettings) passes(middle time.Duration) time.Duration {
	return time.Duration(s.stages-1)*s.each + middle + time.Duration(s.items-1)*s.slowest(middle)
}

func (s pipelinesSettings) slowest(middle time.Duration) time.Duration {
	if s.stages == 1 {
		return middle
	}
	return max(s.each, middle)
}

// widened is how long the items take if a team works in the middle stage: so
// many at a time, as they come, and the next when one of those is done.
func (s pipelinesSettings) widened() time.Duration {
	apart := s.each // as they come
	if s.stages == 1 {
		apart = 0 // all are there
	}
	behind := time.Duration(s.items - 1)
	team := time.Duration(s.team)
	return time.Duration(s.stages-1)*s.each + s.slow +
		behind/team*max(s.slow, team*apart) + behind%team*apart
}

// early is how long the reader waits for the items that it takes, and then
// reports.
func (s pipelinesSettings) early() time.Duration {
	s.items = min(s.items, s.take)
	return s.passes(s.each) + s.report
}

func pipelinesLesson() Lesson {
	return define(definition[pipelinesSettings]{
		ID:        "pipelines",
		Exercises: []string{"stage"},
		Work: func(s pipelinesSettings) time.Duration {
			return time.Duration(s.items*s.stages) * time.Millisecond
		},
		Source:   pipelinesSource,
		Compared: []string{"chained", "pipeline"},
		Variants: []variant[pipelinesSettings]{
			{
				Name: "chained", Func: "Chained", Ignores: []string{"team", "slow", "take", "report"},
				Ideal: func(s pipelinesSettings) time.Duration {
					return time.Duration(s.items*s.stages) * s.each
				},
				Run: func(ctx context.Context, s pipelinesSettings) error {
					return pipelines.Chained(ctx, s.items, s.stages, s.each)
				},
			},
			{
				Name: "pipeline", Func: "Pipeline", Ignores: []string{"team", "slow", "take", "report"},
				Ideal: func(s pipelinesSettings) time.Duration { return s.passes(s.each) },
				Run: func(ctx context.Context, s pipelinesSettings) error {
					return pipelines.Pipeline(ctx, s.items, s.stages, s.each)
				},
			},
			{
				Name: "slowstage", Func: "SlowStage", Ignores: []string{"team", "take", "report"},
				Ideal: func(s pipelinesSettings) time.Duration { return s.passes(s.slow) },
				Run: func(ctx context.Context, s pipelinesSettings) error {
					return pipelines.SlowStage(ctx, s.items, s.stages, s.each, s.slow)
				},
			},
			{
				Name: "widened", Func: "Widened", Ignores: []string{"take", "report"}, Ideal: pipelinesSettings.widened,
				Run: func(ctx context.Context, s pipelinesSettings) error {
					return pipelines.Widened(ctx, s.items, s.stages, s.team, s.each, s.slow)
				},
			},
			{
				Name: "early", Func: "Early", Ignores: []string{"team", "slow"}, Ideal: pipelinesSettings.early,
				Partial: true, // in Go the stages do not stop
				Run: func(ctx context.Context, s pipelinesSettings) error {
					return pipelines.Early(ctx, s.items, s.stages, s.take, s.each, s.report)
				},
			},
			{
				Name: "cancelled", Func: "Cancelled", Ignores: []string{"team", "slow"}, Ideal: pipelinesSettings.early,
				Partial: true, // not all items pass
				Run: func(ctx context.Context, s pipelinesSettings) error {
					return pipelines.Cancelled(ctx, s.items, s.stages, s.take, s.each, s.report)
				},
			},
		},
	})
}
