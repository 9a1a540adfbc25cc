// Package watch shows programs of the learner's own while they run: a window
// of time that follows them, or stands still, over lanes that are folded where
// there are many.
package watch

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"gosyncio/runner/follow"
	"gosyncio/runner/timeline"
)

// A row is a line of the window: a lane, or several of a name folded into one.
type row struct {
	key   string // of the group that it belongs to
	name  string
	lanes []timeline.Lane // one, or those that are folded
	fold  bool            // it stands for a group
	open  bool            // whose lanes follow
	inner bool            // it is a lane of such a group
}

// A group is the lanes of a name, or the library's own.
type group struct {
	key   string
	lanes []timeline.Lane
}

// How many lanes of a name have a row each, and how few are unfolded again:
// what comes and goes is not to change the picture all the time.
const (
	mostAlone  = 6
	fewestFold = 4
	mostOpen   = 200 // of a group that was opened
)

// folding is how the lanes of a program are shown.
type folding struct {
	filter string
	opened map[string]bool // by the learner: true is open, false is folded
	folded map[string]bool // by itself, for there were many
	order  map[string]int  // in which the names appeared
}

func newFolding() *folding {
	return &folding{opened: map[string]bool{}, folded: map[string]bool{}, order: map[string]int{}}
}

// rows are those for the lanes of a window. With few lanes each has its own.
func (f *folding) rows(lanes []timeline.Lane) []row {
	var rows []row
	for _, g := range f.groups(lanes) {
		n := len(g.lanes)
		library := g.key == follow.Library
		switch {
		case n > mostAlone:
			f.folded[g.key] = true
		case n <= fewestFold:
			delete(f.folded, g.key)
		}
		open, chosen := f.opened[g.key]
		if !chosen {
			open = !f.folded[g.key] && !library
		}
		if open && !chosen {
			for _, lane := range g.lanes {
				rows = append(rows, row{key: g.key, name: named(lane, n > 1), lanes: []timeline.Lane{lane}})
			}
			continue
		}
		if n == 1 && !library {
			rows = append(rows, row{key: g.key, name: g.key, lanes: g.lanes})
			continue
		}
		rows = append(rows, row{key: g.key, name: fmt.Sprintf("%s ×%d", g.key, n), lanes: g.lanes, fold: true, open: open})
		if !open {
			continue
		}
		for _, lane := range g.lanes[max(0, n-mostOpen):] {
			rows = append(rows, row{key: g.key, name: named(lane, true), lanes: []timeline.Lane{lane}, inner: true})
		}
	}
	return rows
}

// groups are the lanes that are not filtered out, by their names, in the order
// in which those appeared; the library's own are last.
func (f *folding) groups(lanes []timeline.Lane) []group {
	var groups []group
	index := map[string]int{}
	for _, lane := range lanes {
		if !f.passes(lane) {
			continue
		}
		key := lane.Name
		if lane.Origin != nil && lane.Origin.Library {
			key = follow.Library
		}
		i, ok := index[key]
		if !ok {
			i = len(groups)
			index[key], groups = i, append(groups, group{key: key})
			if _, known := f.order[key]; !known && len(f.order) < 10_000 {
				f.order[key] = len(f.order)
			}
		}
		groups[i].lanes = append(groups[i].lanes, lane)
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		if (a.key == follow.Library) != (b.key == follow.Library) {
			return cmp.Compare(boolean(a.key == follow.Library), boolean(b.key == follow.Library))
		}
		return cmp.Compare(f.order[a.key], f.order[b.key])
	})
	return groups
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// passes reports whether a lane has the filter's text in its name, its
// function, or what it waits for.
func (f *folding) passes(lane timeline.Lane) bool {
	if f.filter == "" {
		return true
	}
	texts := []string{lane.Name}
	if lane.Origin != nil {
		texts = append(texts, lane.Origin.Function, lane.Origin.Started)
	}
	if n := lane.Len(); n > 0 {
		span := lane.Span(n - 1)
		texts = append(texts, span.Reason(), span.Where())
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		return strings.Contains(strings.ToLower(text), strings.ToLower(f.filter))
	})
}

// named is a lane's name, with its number if it is one of several.
func named(lane timeline.Lane, several bool) string {
	if lane.Origin != nil && (several || lane.Origin.Number > 1) && lane.Origin.Number > 0 {
		return fmt.Sprintf("%s %d", lane.Name, lane.Origin.Number)
	}
	return lane.Name
}

// count says how many of the lanes were in each state at a time, and for what
// those wait that do: "2 running, 1 ready, 40 waiting: 30 chan receive, 10 sleep".
func count(lanes []timeline.Lane, at time.Duration) string {
	var states [timeline.States]int
	reasons := map[string]int{}
	there := 0
	for _, lane := range lanes {
		span, ok := lane.At(at)
		if !ok {
			continue
		}
		there++
		states[span.State]++
		if span.State == timeline.Waiting && span.Reason() != "" {
			reasons[span.Reason()]++
		}
	}
	if there == 0 {
		return "none now"
	}
	var parts []string
	for _, state := range []timeline.State{timeline.Running, timeline.Blocking, timeline.Ready, timeline.Syscall, timeline.Waiting} {
		if states[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %v", states[state], state))
		}
	}
	text := strings.Join(parts, ", ")
	names := make([]string, 0, len(reasons))
	for name := range reasons {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(reasons[b], reasons[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		if len(names) == 1 {
			text += sep + name
			break
		}
		text += fmt.Sprintf("%s%d %s", sep, reasons[name], name)
	}
	return text
}
