package class

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/terminal"
)

// When a learner counts as stuck with an exercise.
const (
	StuckTries = 5
	StuckTime  = 10 * time.Minute
)

// A Seat is where a learner is who uses the program.
type Seat struct {
	Nick string `json:"nick"`
	Report
	Since time.Time `json:"since"` // when the place or what is solved last changed
	Help  bool      `json:"help"`  // wants some
	Here  bool      `json:"here"`  // is connected
	// Stuck says that there is an exercise that was tried at least StuckTries
	// times, or else that nothing has changed for StuckTime; of those who are
	// here.
	Stuck bool `json:"stuck"`
}

// A Report is what a learner's program says of where the learner is.
type Report struct {
	Lesson   string   `json:"lesson"` // "" in the menu
	Page     int      `json:"page"`
	Pages    int      `json:"pages"`
	Exercise string   `json:"exercise"` // that is being worked on; "" if none is
	Tries    int      `json:"tries"`    // of that exercise
	Solved   []string `json:"solved"`   // exercises
}

// A seat is a Seat as the room keeps it.
type seat struct {
	Nick   string
	Report Report
	Help   bool
	since  time.Time
}

// untouched reports whether nothing has been reported, or only the menu.
func (s *seat) untouched() bool {
	return s.Report.Lesson == "" && s.Report.Exercise == "" && len(s.Report.Solved) == 0 && !s.Help
}

// Board is where those are who use the program: first who wants help, then
// who is stuck, then the others, by nick, and last those who are not here.
func (s *Server) Board() []Seat { return s.room.board() }

func (r *room) board() []Seat {
	r.mu.Lock()
	defer r.mu.Unlock()
	board := []Seat{}
	for _, l := range r.learners {
		if l.seat == nil {
			continue
		}
		st := Seat{Nick: l.seat.Nick, Report: l.seat.Report, Since: l.seat.since, Help: l.seat.Help, Here: len(l.streams) > 0}
		st.Solved = slices.Clone(st.Solved)
		trying := st.Exercise != "" && !slices.Contains(st.Solved, st.Exercise)
		st.Stuck = st.Here && (trying && st.Tries >= StuckTries || r.now().Sub(st.Since) >= StuckTime)
		board = append(board, st)
	}
	slices.SortFunc(board, func(a, b Seat) int { return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.Nick, b.Nick)) })
	return board
}

// rank says how far up on the board a seat stands; 0 is first.
func (s Seat) rank() int {
	switch {
	case !s.Here:
		return 3
	case s.Help:
		return 0
	case s.Stuck:
		return 1
	}
	return 2
}

// What a report may hold.
const (
	maxNick   = 24 // characters
	maxName   = 48 // of a lesson or an exercise
	maxSolved = 200
	maxNumber = 10_000
)

// cleanNick is a nick as it may be shown; "" if nothing is left of it.
func cleanNick(nick string) string {
	nick = strings.Join(strings.Fields(terminal.Printable(nick)), " ")
	if runes := []rune(nick); len(runes) > maxNick {
		nick = strings.TrimSpace(string(runes[:maxNick]))
	}
	return nick
}

// apart is a nick that nobody else has, or had. How many wanted the same makes no
// difference to how long it takes.
func (r *room) apart(nick string) string {
	wanted, free := folded(nick), nick
	for r.nicks[folded(free)] > 0 {
		r.nicks[wanted]++
		free = fmt.Sprintf("%s %d", nick, r.nicks[wanted])
	}
	r.nicks[folded(free)] = 1
	return free
}

// folded is a nick of which it does not matter how it is written.
func folded(nick string) string { return strings.ToLower(nick) }

// check reports whether what is in a report can be: names are those of lessons
// and exercises, since other learners are told how many have solved which.
func (p Report) check() bool {
	for _, n := range []int{p.Page, p.Pages, p.Tries} {
		if n < 0 || n > maxNumber {
			return false
		}
	}
	if len(p.Solved) > maxSolved {
		return false
	}
	return isName(p.Lesson, true) && isName(p.Exercise, true) && !slices.ContainsFunc(p.Solved, func(name string) bool { return !isName(name, false) })
}

func isName(name string, orNone bool) bool {
	if name == "" {
		return orNone
	}
	other := func(c rune) bool { return !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '/') }
	return len(name) <= maxName && !strings.ContainsFunc(name, other)
}

// known are the names of all lessons and exercises.
var known = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{"": true}
	for _, l := range lessons.All() {
		known[l.ID] = true
	}
	for _, e := range lessons.Exercises() {
		known[e.Name] = true
	}
	return known
})

// strange reports whether a name is of nothing that there is: of another version
// of the program, or made up. There is no end of those.
func strange(name string) bool { return !known()[name] }

func (r *room) report(l *learner, p Report) *refusal {
	if !p.check() {
		return refuse(400, "that is no report")
	}
	p.Solved = slices.DeleteFunc(p.Solved, strange)
	if strange(p.Lesson) {
		p.Lesson, p.Page, p.Pages = "", 0, 0
	}
	if strange(p.Exercise) {
		p.Exercise, p.Tries = "", 0
	}
	slices.Sort(p.Solved)
	p.Solved = slices.Compact(p.Solved)
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	if l.seat == nil {
		return refuse(403, "only the program reports")
	}
	before := l.seat.Report
	if before.Lesson != p.Lesson || before.Page != p.Page || before.Exercise != p.Exercise || !slices.Equal(before.Solved, p.Solved) {
		l.seat.since = r.now()
	}
	l.seat.Report = p
	return nil
}

func (r *room) help(l *learner, wanted bool) *refusal {
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	if l.seat == nil {
		return refuse(403, "only the program asks for help")
	}
	l.seat.Help = wanted
	return nil
}
