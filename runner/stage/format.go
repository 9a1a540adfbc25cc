package stage

import (
	"fmt"
	"strconv"
	"time"
)

// Seconds is d as people read it: "3.00 s", "350 ms", "52 µs".
func Seconds(d time.Duration) string {
	switch {
	case d == 0:
		return "0 s"
	case d >= 995*time.Millisecond:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.0f µs", float64(d)/float64(time.Microsecond))
}

// speedup is how many times faster b is than a: "1.50× faster". Under half
// a percent there is nothing to say.
func speedup(a, b time.Duration) string {
	if a <= 0 || b <= 0 {
		return ""
	}
	switch ratio := float64(a) / float64(b); {
	case ratio >= 100:
		return fmt.Sprintf("%.0f× faster", ratio)
	case ratio >= 10:
		return fmt.Sprintf("%.1f× faster", ratio)
	case ratio >= 1.005:
		return fmt.Sprintf("%.2f× faster", ratio)
	case ratio <= 1/1.005:
		return fmt.Sprintf("%.2f× slower", 1/ratio)
	}
	return "no faster"
}

// difference says how much slower, or faster, the twin of a run was in its
// language; "" if that is no more than noise. A loop that sleeps for seconds
// is a few milliseconds late now and then, in any language. Of a variant that is
// there to show how its process dies the times say nothing.
func difference(p Panel) string {
	const noise, part = 10 * time.Millisecond, 0.03
	d := (p.Twin - p.Status.Elapsed).Abs()
	if p.Twin == 0 || p.Job.Variant.Dies != "" || d < noise || float64(d) < part*float64(p.Status.Elapsed) {
		return ""
	}
	ratio, word := float64(p.Twin)/float64(p.Status.Elapsed), "slower"
	if ratio < 1 {
		ratio, word = 1/ratio, "faster"
	}
	if ratio >= 10 {
		return fmt.Sprintf("%v %.0f× %s", p.TwinLanguage, ratio, word)
	}
	return fmt.Sprintf("%v %.2f× %s", p.TwinLanguage, ratio, word)
}

// Megabytes is a number of bytes as people read it: "31 MB", "1.4 MB".
func Megabytes(n int64) string {
	if n < 9_950_000 {
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f MB", float64(n)/1e6)
}

// A unit is one of those in which an axis tells its times.
type unit struct {
	name   string
	length time.Duration
}

// unitOf is the unit for an axis that is scale long.
func unitOf(scale time.Duration) unit {
	switch {
	case scale >= 10*time.Hour:
		return unit{"h", time.Hour}
	case scale >= 10*time.Minute:
		return unit{"min", time.Minute}
	case scale >= time.Second:
		return unit{"s", time.Second}
	case scale >= time.Millisecond:
		return unit{"ms", time.Millisecond}
	}
	return unit{"µs", time.Microsecond}
}

// label is t in the unit: "1.5s".
func (u unit) label(t time.Duration) string {
	return strconv.FormatFloat(float64(t)/float64(u.length), 'f', -1, 64) + u.name
}

// tick is the distance between the marks of an axis that is scale long and
// has room for room marks: 1, 2 or 5 times a power of ten of its unit.
func tick(scale time.Duration, room int) time.Duration {
	const finest = 1000 // parts of a unit: 1 ms of an axis in seconds
	unit := max(unitOf(scale).length/finest, 1)
	for step := unit; ; step *= 10 {
		for _, times := range []time.Duration{1, 2, 5} {
			if scale/(step*times) <= time.Duration(max(room, 1)) {
				return step * times
			}
		}
	}
}
