package walk

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/class"
	"gosyncio/runner/page"
	"gosyncio/runner/terminal"
)

// A boardCard says where those are who learn in a terminal of their own.
type boardCard struct{ class *class.Server }

func (c *boardCard) lines(style terminal.Style, width, height int) []string {
	const headRows, footRows = 2, 1
	lines := board(c.class.Board(), time.Now(), page.Width(width))
	if room := max(height-headRows-footRows, 1); len(lines) > room {
		left := len(lines) - room + 1
		lines = append(lines[:room-1], style.Faint(fmt.Sprintf("and %d more", left)))
	}
	return cardLines(style, "Learners in a terminal", lines, width, height)
}

// board are the seats in lines: first who wants help, then who is stuck.
func board(seats []class.Seat, now time.Time, width int) []string {
	if len(seats) == 0 {
		return terminal.Wrap("Nobody yet. In a terminal: gosyncio class join ADDRESS CODE --as NAME", 0, width)
	}
	var lines []string
	wide := 0
	for _, s := range seats {
		wide = max(wide, ansi.StringWidth(s.Nick))
	}
	for _, mark := range []string{wantsHelp, isStuck, ""} {
		for _, s := range seats {
			if markOf(s) != mark {
				continue
			}
			parts := []string{s.Nick + strings.Repeat(" ", wide-ansi.StringWidth(s.Nick)), placeOf(s, now)}
			if mark != "" {
				parts = append(parts, mark)
			}
			if n := len(s.Solved); n > 0 {
				parts = append(parts, fmt.Sprintf("%d solved", n))
			}
			if !s.Here {
				parts = append(parts, "away")
			}
			lines = append(lines, ansi.Truncate(strings.Join(parts, "   "), width, "…"))
		}
	}
	return lines
}

const (
	wantsHelp = "wants help"
	isStuck   = "stuck"
)

// markOf is what to look at in a seat; "" is nothing.
func markOf(s class.Seat) string {
	switch {
	case s.Help:
		return wantsHelp
	case s.Stuck:
		return isStuck
	}
	return ""
}

// placeOf is where somebody is, and since when.
func placeOf(s class.Seat, now time.Time) string {
	place := "not begun"
	switch {
	case s.Exercise != "":
		place = fmt.Sprintf("exercise %s", s.Exercise)
		if s.Tries > 0 {
			place += fmt.Sprintf(", %d tries", s.Tries)
		}
	case s.Lesson != "" && s.Pages > 0:
		place = fmt.Sprintf("%s page %d of %d", s.Lesson, s.Page, s.Pages)
	case s.Lesson != "":
		place = s.Lesson
	}
	if minutes := int(now.Sub(s.Since).Minutes()); !s.Since.IsZero() && minutes > 0 {
		place += fmt.Sprintf(" for %d min", minutes)
	}
	return place
}
