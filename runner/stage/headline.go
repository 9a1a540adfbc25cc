package stage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// roomForHeadline is how many lines there are to be before one of them goes
// to the headline.
const roomForHeadline = 16

// headline says how long the variants took that are compared, in each
// language, and what came of it: what the screen is about. It is empty before
// the end, and ok reports whether there is one to come.
func (s Scene) headline() (line string, ok bool) {
	var named, bare []string
	for _, language := range []player.Language{player.Python, player.Go} {
		of := s.compared(language)
		if of == nil {
			continue
		}
		ok = true
		if slices.ContainsFunc(of, func(p Panel) bool { return !p.succeeded() }) {
			continue
		}
		first, last := of[0], of[1]
		name := func(Panel) string { return "" }
		if len(of) > 2 {
			quicker := func(a, b Panel) int { return cmp.Compare(a.Status.Elapsed, b.Status.Elapsed) }
			first, last = slices.MaxFunc(of, quicker), slices.MinFunc(of, quicker)
			name = func(p Panel) string { return p.Job.Variant.Name + " " }
		}
		text := func(name func(Panel) string) string {
			times := name(first) + Seconds(first.Status.Elapsed) + " → " + name(last) + Seconds(last.Status.Elapsed)
			return fmt.Sprintf("%v  %s  %s", language, s.Palette.Title(times), s.Palette.faster.Sprint(speedup(first.Status.Elapsed, last.Status.Elapsed)))
		}
		named, bare = append(named, text(name)), append(bare, text(func(Panel) string { return "" }))
	}
	const gap = "       "
	for _, parts := range [][]string{named, bare} {
		if line = strings.Join(parts, gap); ansi.StringWidth(line) < s.Width {
			break
		}
	}
	return line, ok
}

// compared are the runs in a language that can be compared with each other,
// in their order; nil if there are none. Two are there for that; of more, those
// do not count that leave work undone, and one must be what others are
// compared with.
func (s Scene) compared(language player.Language) (of []Panel) {
	partial := func(p Panel) bool { return p.Job.Variant.Partial }
	for _, p := range s.Panels {
		if p.Job.Language == language {
			of = append(of, p)
		}
	}
	all := len(of)
	of = slices.DeleteFunc(of, partial)
	hasSequential := slices.ContainsFunc(of, func(p Panel) bool { return p.Job.Variant.Name == sequential })
	if len(of) < 2 || all > 2 && !hasSequential {
		return nil
	}
	return of
}
