package stage

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/player"
)

// keys is the line of keys.
func (l *Live) keys(s player.Snapshot) string {
	const look, looking = "   ←→ look", "   ←→ move   esc stop looking"
	switch {
	case l.asks != "":
		return l.asks
	case l.cursor >= 0:
		return l.options.KeysEnded + looking
	case !s.Ended:
		return l.options.KeysGoing + l.options.MoreGoing
	case traced(s):
		return l.options.KeysEnded + l.options.MoreEnded + look
	}
	return l.options.KeysEnded + l.options.MoreEnded
}

// output answers the keys that show other output, and reports whether it was
// one.
func (l *Live) output(key string) bool {
	switch key {
	case "up", "k":
		l.scroll++ // as far as the next frame allows
	case "down", "j":
		l.scroll = max(l.scroll-1, 0)
	case "tab":
		l.turn, l.scroll = l.turn+1, 0
	default:
		return false
	}
	return true
}

func (l *Live) key(key string) (cmd tea.Cmd, handled bool) {
	if l.comparison == nil || !l.Ended() || !traced(l.Snapshot()) {
		return nil, false
	}
	scale := l.scene(MinWidth, MinHeight).scale()
	step := scale / 100
	switch key {
	case "right", "l":
		l.look(l.cursor+step, scale)
	case "left", "h":
		l.look(l.cursor-step, scale)
	case "shift+right", "pgdown":
		l.look(l.cursor+10*step, scale)
	case "shift+left", "pgup":
		l.look(l.cursor-10*step, scale)
	case "home":
		l.look(0, scale)
	case "end":
		l.look(scale-step, scale)
	case "esc":
		if l.cursor < 0 {
			return nil, l.endReplay()
		}
		l.cursor = -1
		return l.nextReplay(), true // which goes on where it would be by now
	default:
		return nil, false
	}
	return nil, true
}

// look moves the cursor. The first move puts it into the middle.
func (l *Live) look(t, scale time.Duration) {
	if l.cursor < 0 {
		t = scale / 2
	}
	l.cursor = min(max(t, 0), scale-1)
}

// traced reports whether there is a timeline to look at.
func traced(s player.Snapshot) bool {
	return slices.ContainsFunc(s.Present(), func(r player.Recording) bool { return r.Status.Traced })
}
