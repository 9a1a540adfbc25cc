package timeline

import (
	"cmp"
	"slices"
	"time"
)

// A Density is how many of a timeline's lanes were in each state over time:
// what can be seen of more lanes than there is room for. It takes as much
// memory, and as long to read, for three lanes as for a million.
//
// Time is cut into buckets, which double when they do not reach. Within one
// nothing is known but averages.
type Density struct {
	bucket time.Duration
	// steps are, for each state and bucket, by how much the time that all
	// lanes together spend in the state is more than in the bucket before,
	// in nanoseconds. As long as nothing happens it stays as it is.
	steps [States][]int64
	peaks []int // the most lanes at a time; 0 where none came or went
	there int   // lanes at the moment
}

// DensityOf is that of lanes that have ended.
func DensityOf(lanes []Lane) Density {
	type step struct {
		at    time.Duration
		state State
		ends  bool
	}
	var steps []step
	for _, lane := range lanes {
		for span := range lane.Spans() {
			steps = append(steps, step{span.Start, span.State, false}, step{span.End, span.State, true})
		}
	}
	slices.SortFunc(steps, func(a, b step) int { // where a span ends and another begins there are not two
		ends := func(s step) int {
			if s.ends {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(ends(a), ends(b)))
	})
	var d Density
	for _, s := range steps {
		if s.ends {
			d.end(s.state, s.at)
		} else {
			d.begin(s.state, s.at)
		}
	}
	return d
}

const (
	buckets     = 2048 // enough for several in each cell of a wide screen
	firstBucket = 10 * time.Microsecond
)

func newDensity() Density {
	d := Density{bucket: firstBucket, peaks: make([]int, buckets)}
	for state := range d.steps {
		d.steps[state] = make([]int64, buckets+1)
	}
	return d
}

// begin and end are a lane that is in a state from a time on, and no longer.
func (d *Density) begin(state State, at time.Duration) {
	k := d.step(state, at, 1)
	d.there++
	d.peaks[k] = max(d.peaks[k], d.there)
}

func (d *Density) end(state State, at time.Duration) {
	d.step(state, at, -1)
	d.there--
}

// turn is a lane of which it turns out that it has been in another state
// since a time.
func (d *Density) turn(from, to State, at time.Duration) {
	d.step(from, at, -1)
	d.step(to, at, 1)
}

// step is so many lanes more in a state from a time on, in whose bucket they
// are for a part of it. It returns the bucket.
func (d *Density) step(state State, at time.Duration, lanes int64) int {
	at = max(at, 0)
	if d.steps[state] == nil {
		*d = newDensity()
	}
	for at/d.bucket >= buckets {
		d.double()
	}
	k := int(at / d.bucket)
	before := int64(at % d.bucket)
	d.steps[state][k] += lanes * (int64(d.bucket) - before)
	d.steps[state][k+1] += lanes * before
	return k
}

// double makes the buckets twice as long.
func (d *Density) double() {
	for state, steps := range d.steps {
		spent := spent(steps)
		var last int64
		for k := range steps {
			both := 2 * spent[buckets] // behind the last that there was
			if 2*k+1 < len(spent) {
				both = spent[2*k] + spent[2*k+1]
			}
			d.steps[state][k], last = both-last, both
		}
	}
	for k := range d.peaks {
		if 2*k+1 < len(d.peaks) {
			d.peaks[k] = max(d.peaks[2*k], d.peaks[2*k+1])
		} else {
			d.peaks[k] = 0
		}
	}
	d.bucket *= 2
}

// spent is how long all lanes together are in a state in each bucket.
func spent(steps []int64) []int64 {
	spent := slices.Clone(steps)
	for k := 1; k < len(spent); k++ {
		spent[k] += spent[k-1]
	}
	return spent
}

func (d *Density) clone() Density {
	c := *d
	c.peaks = slices.Clone(d.peaks)
	for state := range d.steps {
		c.steps[state] = slices.Clone(d.steps[state])
	}
	return c
}

// Peak is how many lanes there were at most at one time up to now.
func (d Density) Peak(now time.Duration) int {
	if len(d.peaks) == 0 {
		return 0
	}
	last := min(int64(max(now, 0)/d.bucket), buckets-1)
	return slices.Max(d.peaks[:last+1])
}

// Averages are how many lanes were in each state in each of so many cells
// into which the time from 0 to scale is cut, on average over the cell's
// time. What is later than now is left out.
func (d Density) Averages(scale time.Duration, cells int, now time.Duration) (averages [States][]float64) {
	cell := float64(scale) / float64(cells)
	for state := range averages {
		averages[state] = make([]float64, cells)
		if d.bucket == 0 {
			continue
		}
		sums := sums(spent(d.steps[state]))
		before := 0.0
		for i := range cells {
			until := d.until(sums, min(cell*float64(i+1), float64(now)))
			averages[state][i] = max(until-before, 0) / cell
			before = until
		}
	}
	return averages
}

// sums are how long it was before each bucket.
func sums(spent []int64) []float64 {
	sums := make([]float64, len(spent)+1)
	for k, ns := range spent {
		sums[k+1] = sums[k] + float64(ns)
	}
	return sums
}

// until is how long it was before a time, in nanoseconds.
func (d Density) until(sums []float64, at float64) float64 {
	last := len(sums) - 2 // which goes on
	k := min(int(at/float64(d.bucket)), last)
	part := at/float64(d.bucket) - float64(k)
	return sums[k] + (sums[k+1]-sums[k])*part
}
