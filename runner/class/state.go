package class

// A state is what all learners are told. It is whole: the newest is enough.
type state struct {
	Title    string `json:"title"`
	Here     int    `json:"here"`
	Question *asked `json:"question"` // null if nothing is asked
	Run      int    `json:"run"`      // the number of the run that is shown; 0 is none
	// Solved are how many of those who use the program have solved which
	// exercise, and Terminals how many of them are here.
	Solved    map[string]int `json:"solved"`
	Terminals int            `json:"terminals"`
}

// Asked is a question as learners may see it now.
type asked struct {
	ID       string   `json:"id"`
	Lesson   string   `json:"lesson"`
	Heading  string   `json:"heading"`
	Text     string   `json:"text"`
	Answers  []string `json:"answers"`
	Round    int      `json:"round"`
	Open     bool     `json:"open"`
	Voted    int      `json:"voted"`
	Rounds   [][]int  `json:"rounds"`   // those that are closed
	Revealed []reason `json:"revealed"` // of each answer; null until then
}

type reason struct {
	Right bool   `json:"right"`
	Why   string `json:"why"`
}

// own is what a learner is told of what is theirs.
type own struct {
	Question string `json:"question"`
	Round    int    `json:"round"`
	Vote     int    `json:"vote"` // -1 if there is none
	Nick     string `json:"nick"`
	Help     bool   `json:"help"`
}

func (r *room) state() (state, event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := state{Title: r.title, Here: r.here, Solved: map[string]int{}}
	var shown event
	if r.run != nil {
		s.Run, shown = r.run.number, r.run.event
	}
	for _, l := range r.learners {
		if l.seat == nil {
			continue
		}
		if len(l.streams) > 0 {
			s.Terminals++
		}
		for _, name := range l.seat.Report.Solved {
			s.Solved[name]++
		}
	}
	if b := r.current; b != nil {
		a := &asked{
			ID: b.ID, Lesson: b.Lesson, Heading: b.Heading, Text: b.Text, Answers: []string{},
			Round: len(b.rounds), Open: b.open, Voted: len(b.last()), Rounds: b.closed(),
		}
		for _, answer := range b.Answers {
			a.Answers = append(a.Answers, answer.Text)
			if b.revealed {
				a.Revealed = append(a.Revealed, reason{answer.Right, answer.Why})
			}
		}
		s.Question = a
	}
	return s, shown
}

func (r *room) own(l *learner) own {
	r.mu.Lock()
	defer r.mu.Unlock()
	o := own{Vote: -1}
	if l.seat != nil {
		o.Nick, o.Help = l.seat.Nick, l.seat.Help
	}
	if b := r.current; b != nil {
		o.Question, o.Round = b.ID, len(b.rounds)
		if answer, voted := b.last()[l.number]; voted {
			o.Vote = answer
		}
	}
	return o
}
