package class

import "slices"

// A Question is put to the class.
type Question struct {
	ID      string   `json:"id"` // such as "tasks/predict/longest"
	Lesson  string   `json:"lesson"`
	Heading string   `json:"heading"`
	Text    string   `json:"text"`
	Answers []Answer `json:"answers"`
}

// An Answer is one of those that a question has.
type Answer struct {
	Text  string `json:"text"`
	Why   string `json:"why"` // it is right or wrong
	Right bool   `json:"right"`
}

// A Poll is how things stand with the question that is asked.
type Poll struct {
	Question Question // its ID is "" if none is asked
	Round    int      // 1 is the first; 0 if no question is asked
	Open     bool     // votes are taken
	Revealed bool
	Voted    int     // in this round
	Here     int     // learners whose page or program is connected
	Rounds   [][]int // of each round, how many voted for each answer
}

// Voted are the rounds in which somebody voted.
func Voted(rounds [][]int) (voted [][]int) {
	for _, counts := range rounds {
		if slices.ContainsFunc(counts, func(n int) bool { return n > 0 }) {
			voted = append(voted, counts)
		}
	}
	return voted
}

// Ask puts q on all pages and opens the vote. If a question of that ID has
// been asked it goes on as it was left, with the votes that there are.
func (s *Server) Ask(q Question) {
	s.shown.stop()
	s.room.ask(q)
}

// CloseVote takes no more votes. The pages show how the room voted.
func (s *Server) CloseVote() { s.room.closeVote() }

// VoteAgain closes the vote and opens another round, or the last one again if
// nobody has voted in it. It does nothing once the answer has been revealed.
func (s *Server) VoteAgain() { s.room.voteAgain() }

// Reveal closes the vote and shows which answer is right, and why.
func (s *Server) Reveal() { s.room.reveal() }

// Clear asks nothing and shows no run: the pages say to look at the slide.
func (s *Server) Clear() {
	s.shown.stop()
	s.room.clear()
}

// Poll is how things stand. The presenter may see how the room votes at any
// time, the pages only once the vote is closed.
func (s *Server) Poll() Poll { return s.room.poll() }

// A ballot is a question with the votes for it.
type ballot struct {
	Question
	rounds   []round
	open     bool // the last round is
	revealed bool
}

// A round has the votes of learners, by their numbers.
type round map[int]int

func newBallot(q Question) *ballot {
	q.Answers = slices.Clone(q.Answers)
	return &ballot{Question: q, rounds: []round{{}}, open: true}
}

// last is the round that goes on, or went on last.
func (b *ballot) last() round { return b.rounds[len(b.rounds)-1] }

// counts are those of each round.
func (b *ballot) counts() [][]int {
	counts := make([][]int, len(b.rounds))
	for i, votes := range b.rounds {
		counts[i] = make([]int, len(b.Answers))
		for _, answer := range votes {
			counts[i][answer]++
		}
	}
	return counts
}

// closed are the counts that pages may see.
func (b *ballot) closed() [][]int {
	counts := b.counts()
	if b.open {
		counts = counts[:len(counts)-1]
	}
	return counts
}

func (r *room) ask(q Question) {
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.run = nil
	i := slices.IndexFunc(r.asked, func(b *ballot) bool { return b.ID == q.ID })
	switch {
	case i < 0:
		r.current = newBallot(q)
		r.asked = append(r.asked, r.current)
	case len(r.asked[i].Answers) != len(q.Answers): // the votes are not for these
		r.current = newBallot(q)
		r.asked[i] = r.current
	default:
		r.current = r.asked[i]
		r.current.Question = newBallot(q).Question
	}
}

func (r *room) clear() {
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current, r.run = nil, nil
}

// withCurrent calls f with the question that is asked, if one is.
func (r *room) withCurrent(f func(*ballot)) {
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.current != nil {
		f(r.current)
	}
}

func (r *room) closeVote() { r.withCurrent(func(b *ballot) { b.open = false }) }

func (r *room) voteAgain() {
	r.withCurrent(func(b *ballot) {
		if b.revealed {
			return
		}
		if b.open = true; len(b.last()) > 0 {
			b.rounds = append(b.rounds, round{})
		}
	})
}

func (r *room) reveal() { r.withCurrent(func(b *ballot) { b.open, b.revealed = false, true }) }

func (r *room) poll() Poll {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := Poll{Here: r.here}
	if b := r.current; b != nil {
		p.Question, p.Open, p.Revealed = b.Question, b.open, b.revealed
		p.Question.Answers = slices.Clone(b.Answers)
		p.Round, p.Voted, p.Rounds = len(b.rounds), len(b.last()), b.counts()
	}
	return p
}

// vote is that of a learner, who may change it while the vote is open.
func (r *room) vote(l *learner, v ballotPaper) *refusal {
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.current
	switch {
	case b == nil || b.ID != v.Question:
		return refuse(409, "that is not asked any more")
	case len(b.rounds) != v.Round:
		return refuse(409, "that vote is over, and there is another")
	case !b.open:
		return refuse(409, "the vote is closed")
	case v.Answer == nil || *v.Answer < 0 || *v.Answer >= len(b.Answers):
		return refuse(400, "there is no such answer")
	}
	b.last()[l.number] = *v.Answer
	return nil
}
