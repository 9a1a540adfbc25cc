package timeline

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// Whatever lanes there are, and however long it lasts, the averages are those
// of the lanes themselves, and so is the peak.
func TestDensityIsThatOfTheLanes(t *testing.T) {
	t.Parallel()
	for _, scale := range []time.Duration{time.Millisecond, 50 * time.Millisecond, 3 * time.Second, 20 * time.Minute} {
		random := rand.New(rand.NewPCG(uint64(scale), 0))
		var tl Timeline
		var lanes []*Lane
		now := time.Duration(0)
		for now < scale {
			now += time.Duration(random.Int64N(int64(scale) / 200))
			if n := random.IntN(30); n >= len(lanes) {
				lanes = append(lanes, tl.newLane(""))
			} else if lane := lanes[n]; random.IntN(4) == 0 {
				lane.end(now)
			} else {
				open(lane, State(random.IntN(int(Ready)+2)), &cause{}, now)
			}
		}
		tl.Finish(now)
		const cells = 97
		d, kept := tl.Density(), tl.Snapshot()
		for _, until := range []time.Duration{now, now / 3} {
			got := d.Averages(now, cells, until)
			for i := range cells {
				from, to := now*time.Duration(i)/cells, now*time.Duration(i+1)/cells
				for state := range States {
					want := average(kept, state, from, to, min(to, until))
					within := 30 * float64(d.bucket) / float64(to-from) // what goes on within a bucket is not known
					if math.Abs(got[state][i]-want) > within+1e-6 {
						t.Errorf("%v until %v: in cell %d %v lanes are %v, want %v", now, until, i, got[state][i], state, want)
					}
				}
			}
		}
		if got, want := d.Peak(now), mostAtOnce(kept); got != want {
			t.Errorf("%v: at most %d at a time, want %d", now, got, want)
		}
		if got := d.Peak(0); got > 1 {
			t.Errorf("%v: %d lanes at the beginning", now, got)
		}
	}
}

// average is how many lanes were in a state from a time to another, on
// average, if what is after until does not count.
func average(lanes []Lane, state State, from, to, until time.Duration) float64 {
	var sum time.Duration
	for _, lane := range lanes {
		for span := range lane.Spans() {
			if span.State == state {
				sum += max(min(span.End, until)-max(span.Start, from), 0)
			}
		}
	}
	return float64(sum) / float64(to-from)
}

// mostAtOnce is how many of the lanes there were at most at one time.
func mostAtOnce(lanes []Lane) (most int) {
	for _, lane := range lanes {
		for span := range lane.Spans() {
			there := 0
			for _, other := range lanes {
				if _, ok := other.At(span.Start); ok {
					there++
				}
			}
			most = max(most, there)
		}
	}
	return most
}

// A density of nothing is empty, and can be looked at.
func TestDensityOfNothing(t *testing.T) {
	t.Parallel()
	var tl Timeline
	d := tl.Density()
	if averages := d.Averages(time.Second, 3, time.Second); averages[Running][2] != 0 || d.Peak(time.Second) != 0 {
		t.Errorf("averages %v, peak %d", averages, d.Peak(time.Second))
	}
}

// What turns out to have been another state counts as that from its beginning.
func TestDensityOfWhatTurnsOut(t *testing.T) {
	t.Parallel()
	var tl Timeline
	b := tl.Asyncio()
	for _, event := range []string{"run", "block"} {
		if err := b.Add(AsyncioEvent{Event: event, Task: 1, Name: "A"}); err != nil {
			t.Fatal(err)
		}
	}
	tl.Finish(time.Second)
	if averages := tl.Density().Averages(time.Second, 2, time.Second); averages[Blocking][0] != 1 || averages[Blocking][1] < 0.99 || averages[Running][0] != 0 {
		t.Errorf("averages %v", averages)
	}
}

// Whatever it is told, a timeline keeps so much and no more, says so, and
// goes on counting.
func TestATimelineIsBounded(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	for name, tt := range map[string]struct {
		events int
		event  func(i int) AsyncioEvent
	}{
		"lanes": {2*mostLanes + 100, func(i int) AsyncioEvent {
			return AsyncioEvent{At: time.Duration(i), Event: [...]string{"run", "end"}[i%2], Task: i / 2, Name: "A"}
		}},
		"tasks": {mostLanes + 100, func(i int) AsyncioEvent { return AsyncioEvent{Event: "run", Task: i, Name: "A"} }},
		"spans": {mostSpans + 100, func(i int) AsyncioEvent {
			return AsyncioEvent{At: time.Duration(i), Event: "wait", Task: i % 7, Name: "A", Reason: [...]string{"a", "b"}[i/7%2]}
		}},
		"reasons": {mostCauses + 100, func(i int) AsyncioEvent {
			return AsyncioEvent{At: time.Duration(i), Event: "wait", Task: i % 7, Name: "A", Where: fmt.Sprint(i)}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var tl Timeline
			b := tl.Asyncio()
			for i := range tt.events {
				if err := b.Add(tt.event(i)); err != nil {
					t.Fatal(err)
				}
			}
			tl.Finish(ms * 10)
			spans := 0
			for _, lane := range tl.Snapshot() {
				spans += lane.Len()
			}
			if n := len(tl.Snapshot()); n > mostLanes || spans > mostSpans || len(b.causes) > mostCauses || !tl.Cut() {
				t.Errorf("%d lanes, %d spans, %d causes, cut %v", n, spans, len(b.causes), tl.Cut())
			}
			if peak := tl.Density().Peak(ms * 10); peak == 0 {
				t.Error("nobody was counted")
			}
		})
	}
}

// What can't have happened is not believed.
func TestTimesThatCannotBe(t *testing.T) {
	t.Parallel()
	for at, want := range map[time.Duration]string{
		math.MaxInt64:        "it reports what it does at 2562047h47m16.854775807s, which is yet to come",
		2*time.Minute + 2e9:  "it reports what it does at 2m2s, which is yet to come",
		-time.Hour:           "it reports what it does at -1h0m0s, before its start",
		math.MinInt64:        "it reports what it does at -2562047h47m16.854775808s, before its start",
		time.Minute:          "",
		-time.Millisecond:    "", // clocks differ
		2*time.Minute + 1000: "",
	} {
		tl := Timeline{Now: func() time.Duration { return 2 * time.Minute }}
		err := tl.Asyncio().Add(AsyncioEvent{At: at, Event: "run", Task: 1, Name: "A"})
		if got := ""; err != nil {
			got = err.Error()
			if got != want {
				t.Errorf("%v: error %q, want %q", at, got, want)
			}
		} else if want != "" {
			t.Errorf("%v: no error, want %q", at, want)
		}
	}
}
