package watch

import "time"

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

// zoom makes it longer or shorter by one step.
func (w *window) zoom(longer bool, shown time.Duration) {
	w.chosen = true
	if longer {
		for _, l := range lengths {
			if l > shown {
				w.length = l
				return
			}
		}
		return
	}
	for i := len(lengths) - 1; i >= 0; i-- {
		if lengths[i] < shown {
			w.length = lengths[i]
			return
		}
	}
}

// move moves it by a part of its length, as far as there is something to see,
// and makes it stand still.
func (w *window) move(part float64, shown, since, now time.Duration) {
	end := w.held
	if !w.holds() {
		end = now
	}
	end += time.Duration(part * float64(shown))
	w.held = min(max(end, min(since+shown, now)), now)
}

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
