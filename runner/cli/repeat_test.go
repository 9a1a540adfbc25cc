package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/export"
	"gosyncio/runner/player"
)

func TestStatisticsOfRepeatedRuns(t *testing.T) {
	const ms = time.Millisecond
	for name, test := range map[string]struct {
		elapsed []time.Duration
		want    export.Repeats
	}{
		"none":   {nil, export.Repeats{Elapsed: []time.Duration{}}},
		"one":    {[]time.Duration{7 * ms}, export.Repeats{Min: 7 * ms, Median: 7 * ms, Max: 7 * ms}},
		"odd":    {[]time.Duration{30 * ms, 10 * ms, 20 * ms}, export.Repeats{Min: 10 * ms, Median: 20 * ms, Max: 30 * ms, Spread: 1}},
		"even":   {[]time.Duration{40 * ms, 10 * ms, 20 * ms, 31 * ms}, export.Repeats{Min: 10 * ms, Median: 25500 * time.Microsecond, Max: 40 * ms, Spread: 1.1765}},
		"alike":  {[]time.Duration{5 * ms, 5 * ms}, export.Repeats{Min: 5 * ms, Median: 5 * ms, Max: 5 * ms}},
		"narrow": {[]time.Duration{1000 * ms, 1012 * ms, 1000 * ms}, export.Repeats{Min: 1000 * ms, Median: 1000 * ms, Max: 1012 * ms, Spread: 0.012}},
		"zero":   {[]time.Duration{0, 0, 0}, export.Repeats{}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.want.Elapsed == nil {
				test.want.Elapsed = test.elapsed // in the order of the rounds
			}
			run := repeated{elapsed: test.elapsed}
			if diff := cmp.Diff(test.want, run.statistics()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// rounds are rounds of one run, by their output; "" is a round that failed.
func rounds(outputs ...string) repeats {
	run := &repeated{name: "shared"}
	for i, output := range outputs {
		status := player.Status{Elapsed: time.Duration(i+1) * time.Second}
		if output == "" {
			status.Err = "exit status 2"
		}
		for line := range strings.SplitSeq(output, "\n") {
			status.Output = append(status.Output, player.Line{Text: line})
		}
		run.add(status)
	}
	return repeats{run}
}

func TestRoundsThatFailDoNotCount(t *testing.T) {
	all := rounds("9 of 100", "", "7 of 100", "", "8 of 100")
	want := `
        min     median  max     spread
shared  1.00 s  3.00 s  5.00 s  133.3 %

figures that varied:
shared  7..9 of 100

shared failed in 2 of 5 rounds: exit status 2
`
	if diff := cmp.Diff(want, all.text()); diff != "" {
		t.Error(diff)
	}
	if n := all.statistics()[0].Failed; n != 2 {
		t.Errorf("%d failed", n)
	}
	if diff := cmp.Diff("shared 5.00 s", all.round()); diff != "" {
		t.Error(diff)
	}
}

// What runs cost stands beside their times, if it is known, and that others
// took the CPUs is said.
func TestCostsAndBusyRounds(t *testing.T) {
	const ms = time.Millisecond
	whole, alone, none := &repeated{name: "whole"}, &repeated{name: "cpu"}, &repeated{name: "none"}
	for i, busy := range []bool{false, true, false} {
		n := time.Duration(i + 1)
		whole.add(player.Status{Elapsed: n * ms, Busy: busy, Cost: &player.Cost{CPU: n * 10 * ms, Memory: int64(n) * 1e6}})
		alone.add(player.Status{Elapsed: n * ms, Cost: &player.Cost{CPU: n * 20 * ms}})
		none.add(player.Status{Elapsed: n * ms})
	}
	want := `
       min     median  max     spread   cpu    memory
whole  1.0 ms  2.0 ms  3.0 ms  100.0 %  20 ms  2.0 MB
cpu    1.0 ms  2.0 ms  3.0 ms  100.0 %  40 ms  -
none   1.0 ms  2.0 ms  3.0 ms  100.0 %  -      -

this machine was busy in 1 of the rounds, run it again
`
	if diff := cmp.Diff(want, repeats{whole, alone, none}.text()); diff != "" {
		t.Error(diff)
	}
}

func TestFiguresThatVary(t *testing.T) {
	for name, test := range map[string]struct {
		outputs []string
		want    []string
	}{
		"they are given from the smallest to the largest": {
			[]string{"without a lock: 9 of 100\nwith a lock: 100 of 100", "without a lock: 20 of 100\nwith a lock: 100 of 100", "without a lock: 2 of 100\nwith a lock: 100 of 100"},
			[]string{"without a lock: 2..20 of 100"},
		},
		"lines may come in another order": {
			[]string{"29 ticks\nA took 1.5 ms", "A took 1.25 ms\n31 ticks"},
			[]string{"29..31 ticks", "A took 1.25..1.5 ms"},
		},
		"a line that is not in all rounds says nothing":        {[]string{"1 tick", "2 ticks", "3 ticks"}, nil},
		"nor does one that comes several times":                {[]string{"job 1\njob 2\n7 left", "job 2\njob 1\n8 left"}, []string{"7..8 left"}},
		"nor one that comes several times in some round":       {[]string{"job 1", "job 1\njob 2"}, nil},
		"signs that stand for nothing here stay as they are":   {[]string{"# 5 %d ..", "# 6 %d .."}, []string{"# 5..6 %d .."}},
		"words alone do not vary":                              {[]string{"A started", "A started"}, nil},
		"a number that is too large for a number hurts nobody": {[]string{"1", "1" + strings.Repeat("0", 400)}, []string{"1..1" + strings.Repeat("0", 400)}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, rounds(test.outputs...)[0].lines.text()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
