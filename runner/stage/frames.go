package stage

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/player"
)

// A frame is drawn as soon as there is something new, but not earlier than
// frameLeast after the one before, and at the latest after frameMost, for
// time goes on too. A frame that took long to draw makes the pause longer,
// so that drawing takes at most one part in drawShare of a CPU, unless the
// screen would stand still for longer than pauseMost.
const (
	frameLeast = 16 * time.Millisecond
	frameMost  = 66 * time.Millisecond
	pauseMost  = 125 * time.Millisecond
	drawShare  = 8
)

// frameMsg asks for a frame of that generation.
type frameMsg int

// frame is what follows a frame: the next, as long as something moves.
func (l *Live) frame(generation int) tea.Cmd {
	switch {
	case generation != l.generation || l.comparison == nil:
		return nil
	case !l.Ended():
		return l.nextFrame()
	}
	return l.nextReplay()
}

// nextFrame waits until there is something new to draw.
func (l *Live) nextFrame() tea.Cmd {
	l.generation++
	generation := frameMsg(l.generation)
	pause, comparison := min(max(frameLeast, l.drawing*drawShare), pauseMost), l.comparison
	return func() tea.Msg {
		time.Sleep(pause)
		select {
		case <-comparison.Changed():
		case <-comparison.Done():
		case <-time.After(frameMost):
		}
		return generation
	}
}

// nextReplay waits for the next frame of the recordings that are played
// together, or for what is still to come; nil if there is neither.
func (l *Live) nextReplay() tea.Cmd {
	s := l.Snapshot()
	if oneAtATime(s) && l.replay.IsZero() {
		l.replay = time.Now()
	}
	switch {
	case l.replaying(s, time.Now()):
	case !l.Done():
		return l.nextFrame()
	default:
		return nil
	}
	l.generation++
	generation := frameMsg(l.generation)
	return tea.Tick(frameMost/2, func(time.Time) tea.Msg { return generation })
}

// oneAtATime reports whether the runs were made one after the other. Their
// recordings are then played together.
func oneAtATime(s player.Snapshot) bool { return s.Lesson.OneAtATime && len(s.Present()) > 1 }

// replaying reports whether the recordings are being played. While the
// learner looks at a moment they are not.
func (l *Live) replaying(s player.Snapshot, now time.Time) bool {
	if l.replay.IsZero() || l.cursor >= 0 {
		return false
	}
	var longest time.Duration
	for _, run := range s.Present() {
		longest = max(longest, run.Status.Elapsed)
	}
	return l.replayed(now) < longest
}

// replayed is how far the recordings have been played.
func (l *Live) replayed(now time.Time) time.Duration {
	return now.Sub(l.replay) / time.Duration(max(l.slowness, 1))
}

// endReplay shows the end of recordings that are being played, and reports
// whether there were any.
func (l *Live) endReplay() bool {
	if !l.replaying(l.Snapshot(), time.Now()) {
		return false
	}
	l.replay, l.slowness = time.Unix(1, 0), 1 // long ago
	return true
}

// Replay plays the recordings again, together, so many times slower than they
// were made. They must have ended.
func (l *Live) Replay(slowness int) tea.Cmd {
	l.cursor, l.scroll = -1, 0
	l.slowness, l.replay = slowness, time.Now()
	return l.nextReplay()
}
