package class

import "slices"

// A Summary is what there is to keep of a class.
type Summary struct {
	Title     string  `json:"title"`
	Learners  int     `json:"learners"` // that joined
	Questions []Asked `json:"questions"`
	Board     []Seat  `json:"board"`
}

// Asked is a question that was asked, and how the room voted.
type Asked struct {
	Question
	Rounds   [][]int `json:"rounds"` // of each, how many voted for each answer
	Revealed bool    `json:"revealed"`
}

// Summary is what there is to keep so far.
func (s *Server) Summary() Summary { return s.room.summary() }

func (r *room) summary() Summary {
	board := r.board()
	r.mu.Lock()
	defer r.mu.Unlock()
	sum := Summary{Title: r.title, Learners: r.joined, Questions: []Asked{}, Board: board}
	for _, b := range r.asked {
		q := b.Question
		q.Answers = slices.Clone(q.Answers)
		sum.Questions = append(sum.Questions, Asked{q, b.counts(), b.revealed})
	}
	return sum
}
