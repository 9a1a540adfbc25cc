package watch

import (
	"slices"
	"time"
)

// A window is the time that is shown.
type window struct {
	length time.Duration // that follows the run
	held   time.Duration // its end, if it stands still; negative if it does not
	chosen bool          // the learner has changed it
}

// lengths are those that a window can have.
var lengths = []time.Duration{
	10 * time.Millisecond, 20 * time.Millisecond, 50 * time.Millisecond,
	100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute,
}

// newWindow follows the last ten seconds.
func newWindow() window { return window{length: 10 * time.Second, held: -1} }

// holds reports whether it stands still.
func (w *window) holds() bool { return w.held >= 0 }

// hold makes it stand still, or follow again.
func (w *window) hold(now time.Duration) {
	if w.holds() {
		w.held = -1
		return
	}
	w.held = now
}

// zoom makes it one step longer or shorter than what is shown now.
func (w *window) zoom(longer bool, shown time.Duration) {
	i, found := slices.BinarySearch(lengths, shown)
	switch {
	case longer && found:
		i++
	case !longer:
		i--
	}
	if i >= 0 && i < len(lengths) {
		w.length, w.chosen = lengths[i], true
	}
}

// move moves its end by a part of what is shown, as far as something is known,
// and makes it stand still.
func (w *window) move(part float64, shown, since, now time.Duration) {
	end := w.held
	if !w.holds() {
		end = now
	}
	end += time.Duration(part * float64(shown))
	w.held = min(max(end, since), now)
}

// first moves it to the earliest that is known, and makes it stand still.
func (w *window) first(shown, since, now time.Duration) { w.held = min(since+shown, now) }

// bounds is the time that is shown of a run that has come to now. A run that
// has just begun fills it as far as a shorter window would be, and one that has
// ended is shown as a whole.
func (w *window) bounds(now, since time.Duration, ended bool) (from, length time.Duration) {
	length = w.length
	switch {
	case w.chosen:
	case ended:
		length = max(now-since, lengths[0])
	case now < length:
		for _, l := range lengths {
			if l >= now && l >= time.Second {
				length = min(l, w.length)
				break
			}
		}
	}
	end := now
	if w.holds() {
		end = w.held
	}
	return max(end-length, 0), length
}
