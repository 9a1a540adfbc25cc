package class

import (
	"context"
	"slices"
	"testing"
	"time"
)

// longest is a question with three answers, of which the second is right.
func longest() Question {
	return Question{
		ID: "tasks/quiz/longest", Lesson: "tasks", Heading: "Tasks", Text: "How long in all?",
		Answers: []Answer{{Text: "6 seconds", Why: "one after the other"}, {Text: "5 seconds", Why: "the longest decides", Right: true}, {Text: "3 seconds", Why: "the average"}},
	}
}

// started is a class that ends with the test.
func started(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// joinedBy is a learner with a program, who leaves with the test.
func joinedBy(t testing.TB, s *Server, nick string) *Client {
	t.Helper()
	c, err := Join(context.Background(), s.Link(), "", nick)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// until waits for something that changes now and then. What it looks at says
// so in a test that fails.
func until(t testing.TB, changed <-chan struct{}, what string, state func() any, done func() bool) {
	t.Helper()
	limit := time.After(time.Minute)
	for !done() {
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("waited for %s in vain: %+v", what, state())
		}
	}
}

func (c *Client) awaits(t testing.TB, what string, done func(State) bool) {
	t.Helper()
	until(t, c.Changed(), what, func() any { return c.State() }, func() bool { return done(c.State()) })
}

func (s *Server) awaits(t testing.TB, what string, done func(Poll) bool) {
	t.Helper()
	until(t, s.Changed(), what, func() any { return s.Poll() }, func() bool { return done(s.Poll()) })
}

func TestAClassVotesAndVotesAgain(t *testing.T) {
	t.Parallel()
	s := started(t, Options{Title: "Tasks"})
	ada, bob := joinedBy(t, s, "Ada"), joinedBy(t, s, "Bob")
	s.awaits(t, "two learners", func(p Poll) bool { return p.Here == 2 })

	s.Ask(longest())
	for _, c := range []*Client{ada, bob} {
		c.awaits(t, "an open vote", func(s State) bool { return s.Question != nil && s.Question.Open })
		if err := c.Vote(c.State().Question, 0); err != nil {
			t.Fatal(err)
		}
	}
	if err := bob.Vote(bob.State().Question, 2); err != nil { // may be changed
		t.Fatal(err)
	}
	s.awaits(t, "two votes", func(p Poll) bool { return p.Voted == 2 && slices.Equal(p.Rounds[0], []int{1, 0, 1}) })
	ada.awaits(t, "the number of votes", func(s State) bool { return s.Question.Voted == 2 })
	if q := ada.State().Question; len(q.Rounds) != 0 || q.Vote != 0 {
		t.Errorf("a learner sees %+v while the vote is open", q)
	}
	s.CloseVote()
	ada.awaits(t, "the result", func(s State) bool { return len(s.Question.Rounds) == 1 && !s.Question.Open })
	if err := ada.Vote(ada.State().Question, 1); err == nil {
		t.Error("a vote was taken that is closed")
	}

	s.VoteAgain()
	ada.awaits(t, "the second round", func(s State) bool { return s.Question.Round == 2 && s.Question.Open })
	if err := ada.Vote(ada.State().Question, 1); err != nil {
		t.Fatal(err)
	}
	s.Reveal()
	ada.awaits(t, "the answer", func(s State) bool { return s.Question.Right != nil })
	q := ada.State().Question
	if !slices.Equal(q.Right, []bool{false, true, false}) || q.Why[1] != "the longest decides" || len(q.Rounds) != 2 {
		t.Errorf("revealed is %+v", q)
	}
	p := s.Poll()
	if !slices.Equal(p.Rounds[0], []int{1, 0, 1}) || !slices.Equal(p.Rounds[1], []int{0, 1, 0}) || !p.Revealed || p.Open {
		t.Errorf("the poll is %+v", p)
	}
	s.Clear()
	ada.awaits(t, "nothing asked", func(s State) bool { return s.Question == nil })
	s.Ask(longest())
	if p := s.Poll(); p.Round != 2 || p.Open || !p.Revealed {
		t.Errorf("asked again, the poll is %+v", p)
	}
	if sum := s.Summary(); len(sum.Questions) != 1 || sum.Learners != 2 || len(sum.Questions[0].Rounds) != 2 {
		t.Errorf("the summary is %+v", sum)
	}
}

func TestTheBoardShowsWhatIsReported(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	ada, second := joinedBy(t, s, "Ada"), joinedBy(t, s, "ada")
	if nick := second.State().Nick; nick != "ada 2" {
		t.Errorf("the second is called %q", nick)
	}
	ada.Report(Report{Lesson: "tasks", Page: 3, Pages: 8, Exercise: "order", Tries: StuckTries, Solved: []string{"first"}})
	ada.Help(true)
	var board []Seat
	until(t, s.Changed(), "what Ada reports", func() any { return board }, func() bool {
		board = s.Board()
		return board[0].Nick == "Ada" && board[0].Help && board[0].Page == 3
	})
	if seat := board[0]; !seat.Stuck || seat.Exercise != "order" || !slices.Equal(seat.Solved, []string{"first"}) {
		t.Errorf("the board has %+v", seat)
	}
	second.awaits(t, "the sum", func(s State) bool { return s.Solved["first"] == 1 && s.Terminals == 2 })
	ada.Help(false)
	until(t, s.Changed(), "that Ada has been helped", func() any { return s.Board() }, func() bool {
		return !slices.ContainsFunc(s.Board(), func(s Seat) bool { return s.Help })
	})
}

func TestTheEndIsTold(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	ada := joinedBy(t, s, "Ada")
	ada.awaits(t, "a connection", func(s State) bool { return s.Connected })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	ada.awaits(t, "the end", func(s State) bool { return s.Ended && !s.Connected })
}

// poll waits for something that nobody tells.
func poll(t testing.TB, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s in vain", what)
		}
	}
}

// A round in which nobody has voted is none: it is opened again.
func TestVoteAgainWithoutVotes(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	ada := joinedBy(t, s, "Ada")
	s.Ask(longest())
	s.CloseVote()
	s.VoteAgain()
	if p := s.Poll(); p.Round != 1 || !p.Open {
		t.Errorf("round %d, open %v", p.Round, p.Open)
	}
	ada.awaits(t, "an open vote", func(s State) bool { return s.Question != nil && s.Question.Open })
	if err := ada.Vote(ada.State().Question, 1); err != nil {
		t.Fatal(err)
	}
	s.CloseVote()
	s.VoteAgain()
	if p := s.Poll(); p.Round != 2 || !p.Open {
		t.Errorf("round %d, open %v", p.Round, p.Open)
	}
}
