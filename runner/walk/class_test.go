package walk

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/prompt"
)

// classroom opens a class that ends with the test.
func classroom(t *testing.T) *class.Server {
	t.Helper()
	s, err := class.Start(context.Background(), class.Options{Title: "Tasks"})
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

// joins is somebody who has joined the class.
func joins(t *testing.T, s *class.Server, nick string) *class.Client {
	t.Helper()
	c, err := class.Join(context.Background(), s.Link(), "", nick)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// hears waits until somebody in the class is told something.
func hears(t *testing.T, c *class.Client, what string, ok func(class.State) bool) class.State {
	t.Helper()
	for limit := time.After(patience); ; {
		if s := c.State(); ok(s) {
			return s
		}
		select {
		case <-c.Changed():
		case <-limit:
			t.Fatalf("never told: %s; but %+v", what, c.State())
		}
	}
}

// knows waits until somebody whose screen takes the news knows something.
func knows(t *testing.T, c *class.Client, what string, ok func(class.State) bool) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for limit := time.After(patience); !ok(c.State()); {
		select {
		case <-look.C:
		case <-limit:
			t.Fatalf("never known: %s; but %+v", what, c.State())
		}
	}
}

// teaches is a headless screen from which a class is shown a lesson; "" is one
// that is chosen.
func teaches(t *testing.T, s *class.Server, id string, o headlessOptions) *headless {
	t.Helper()
	return start(t, o, func(ctx context.Context, tour *Tour) error { return tour.Class(ctx, id, s) })
}

func TestAClassVotesOnASlide(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	ada, ben := joins(t, s, "ada"), joins(t, s, "ben")
	d := teaches(t, s, "tasks", headlessOptions{columns: 120, rows: 40})
	shown := d.waitFor("Join the class", s.URL(), s.Code(), "2 here", "Only this machine can reach it")
	if !strings.Contains(shown, "▄▄▄▄▄") {
		t.Errorf("no code to photograph:\n%s", shown)
	}
	d.press("x") // closes the card, and does nothing else
	d.waitFor("tasks · page 1 of", s.Code(), "digits go to a page")
	d.press("3", "enter")
	d.waitFor("tasks · page 3 of")
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("How long does concurrent take?", "0 of 2 have voted", "v close the vote", s.URL())

	open := func(round int) func(class.State) bool {
		return func(s class.State) bool {
			return s.Question != nil && s.Question.Open && s.Question.Round == round
		}
	}
	vote := func(c *class.Client, round, answer int) {
		t.Helper()
		q := hears(t, c, "a question", open(round)).Question
		if want := "How long does concurrent take? (a=2s b=1s)"; q.Text != want || len(q.Rounds) > round-1 {
			t.Errorf("asked %q, seen of others %v", q.Text, q.Rounds)
		}
		if err := c.Vote(q, answer); err != nil {
			t.Error(err)
		}
	}
	vote(ada, 1, 0)
	if shown := d.waitFor("1 of 2 have voted"); strings.Contains(shown, "████████████████████ ") && strings.Contains(shown, "1 ████") {
		t.Errorf("what they voted for is seen:\n%s", shown)
	}
	vote(ben, 1, 2)
	d.waitFor("2 of 2 have voted")
	d.press("v")
	d.waitFor("1 ██████████", "The vote is closed. Discuss it", "v vote again")
	hears(t, ada, "the result", func(s class.State) bool { return s.Question != nil && len(s.Question.Rounds) == 1 })
	d.press("v")
	d.waitFor("Vote 2: 0 of 2 have voted.")
	vote(ada, 2, 1)
	vote(ben, 2, 1)
	d.waitFor("Vote 2: 2 of 2 have voted.")
	d.press("v")
	d.waitFor("0   then 2 ████████████████████", "1 ██████████   then 0")
	d.fits()
	d.press("enter") // the run answers
	d.waitFor("concurrent · Go", "the class said 1 s (1), 3 s (1)", "and then 2 s (2)", "a shows the answer")
	d.press("a")
	d.waitFor("2 s: The waits overlap")
	hears(t, ben, "the answer", func(s class.State) bool {
		return s.Question != nil && s.Question.Right != nil && s.Question.Right[1]
	})
	d.press("n")
	hears(t, ben, "that there is nothing to do", func(s class.State) bool { return s.Question == nil })
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	kept := s.Summary()
	if len(kept.Questions) != 1 || fmt.Sprint(kept.Questions[0].Rounds) != "[[1 0 1] [0 2 0]]" {
		t.Errorf("kept: %+v", kept)
	}
}

// The code to photograph is there in a window of 80 columns, and what there is
// to type in any.
func TestTheCardFits(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	d := teaches(t, s, "tasks", headlessOptions{})
	if shown := d.waitFor("Join the class", s.URL(), s.Code()); !strings.Contains(shown, "▄▄▄▄▄") {
		t.Errorf("no code to photograph:\n%s", shown)
	}
	for _, size := range [][2]int{{80, 24}, {60, 20}, {40, 12}, {30, 8}} {
		d.resize(size[0], size[1])
		d.waitFor(s.Code())
		d.fits()
	}
	d.resize(80, 24)
	d.press("x", "q")
	d.ends()
}

func TestTheQuizIsPutToTheClass(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	ada := joins(t, s, "ada")
	d := teaches(t, s, "tasks", headlessOptions{})
	d.press("x")
	d.press("9", "9", "enter")
	d.toEnd("enter quiz")
	d.press("enter")
	first := hears(t, ada, "a question", func(s class.State) bool { return s.Question != nil }).Question
	d.press("enter")
	second := hears(t, ada, "another question", func(s class.State) bool { return s.Question != nil && s.Question.ID != first.ID }).Question
	for _, q := range []*class.OpenQuestion{first, second} {
		of, prediction, ok := class.ParseQuestionID(q.ID)
		if !ok || prediction || of.Lesson != "tasks" || !strings.Contains(q.ID, "/quiz/") {
			t.Errorf("the quiz asks %q", q.ID)
		}
	}
	d.press("b")
	hears(t, ada, "the first again", func(s class.State) bool { return s.Question != nil && s.Question.ID == first.ID })
	d.fits()
	d.press("q")
	d.ends()
}

// Who goes on and on before a class comes to the last slide, and stays there.
func TestOnlyQEndsAClass(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	d := teaches(t, s, "tasks", headlessOptions{})
	d.press("x")
	for range pagesOf(t, "tasks") + 2 {
		d.press("n")
	}
	d.press("enter", "space", "down")
	shown := d.waitFor("What you saw", "q ends the class")
	for _, unwanted := range []string{"enter", "q quit", "Exercises:", "Until this lesson is done"} {
		if strings.Contains(shown, unwanted) {
			t.Errorf("%q stands there:\n%s", unwanted, shown)
		}
	}
	d.fits()
	d.press("b")
	d.waitFor("tasks · page")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// Where there are other lessons the end of one leads to them.
func TestAClassGoesOnWithAnotherLesson(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	d := teaches(t, s, "", headlessOptions{columns: 120, rows: 60})
	d.choose("Gather")
	d.waitFor("gather · page 1 of")
	for range pagesOf(t, "gather") {
		d.press("n")
	}
	d.waitFor("What you saw", "enter other lessons")
	d.press("enter")
	d.waitFor("Which lesson?")
	d.reply(answer{err: prompt.ErrQuit})
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

func TestAClassChoosesAmongLessons(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	d := teaches(t, s, "", headlessOptions{columns: 120, rows: 60})
	d.waitFor("Which lesson?", s.Code())
	d.choose("Gather")
	d.waitFor("gather · page 1 of")
	d.press("m")
	d.waitFor("Which lesson?")
	d.choose("Tasks")
	d.waitFor("tasks · page 1 of")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

func TestTheBoard(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	d := teaches(t, s, "tasks", headlessOptions{})
	d.press("x")
	d.waitFor("tasks · page 1 of")
	d.press("l")
	d.waitFor("Learners in a terminal", "Nobody yet.")
	ada, ben := joins(t, s, "ada"), joins(t, s, "ben")
	ada.Report(class.Report{Lesson: "tasks", Page: 3, Pages: 11, Solved: []string{"order"}})
	d.waitFor("ada   tasks page 3 of 11   1 solved", "ben   not begun")
	ben.Help(true)
	shown := d.waitFor("ben   not begun   wants help")
	if strings.Index(shown, "ben") > strings.Index(shown, "ada") {
		t.Errorf("who wants help does not come first:\n%s", shown)
	}
	d.fits()
	d.press("x")
	d.waitFor("tasks · page 1 of")
	d.press("?")
	d.waitFor("says how to join the class", "shows where learners are")
	d.press("x", "q")
	d.ends()
}

// learning is a headless screen of somebody who has joined a class.
func learning(t *testing.T, c *class.Client, o headlessOptions) *headless {
	t.Helper()
	return start(t, o, func(ctx context.Context, tour *Tour) error {
		if err := tour.Join(c); err != nil {
			return err
		}
		return tour.Menu(ctx)
	})
}

func TestSomebodyInAClassVotesAndIsSeen(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	d := learning(t, joins(t, s, "ada"), headlessOptions{})
	d.waitFor("In the class as ada. Which lesson?")
	d.choose("Tasks")
	d.waitFor("lesson 3 of", "in the class as ada   1 here")
	seen := func(what string, ok func(class.Seat) bool) {
		t.Helper()
		d.wait(what, func() bool { board := s.Board(); return len(board) == 1 && ok(board[0]) })
	}
	seen("page 1", func(s class.Seat) bool { return s.Lesson == "tasks" && s.Page == 1 && s.Pages > 1 })
	d.press("n")
	seen("page 2", func(s class.Seat) bool { return s.Page == 2 })
	d.press("w")
	d.waitFor("sees that you want help")
	seen("a wish for help", func(s class.Seat) bool { return s.Help })
	d.press("w")
	seen("that no help is wanted", func(s class.Seat) bool { return !s.Help })
	d.press("v")
	d.waitFor("page 2 of", "the class is not voting now")

	s.Ask(class.Question{ID: "tasks/predict/x", Lesson: "tasks", Heading: "A vote", Text: "Which of them?", Answers: []class.Answer{{Text: "this one"}, {Text: "that one"}}})
	d.waitFor("v votes with the class, 0 of 1 have: Which of them?")
	d.press("v")
	d.waitFor("A vote", "Which of them?", "What do you say?")
	d.choose("that one")
	d.waitFor("you have voted", "page 2 of")
	if p := s.Poll(); p.Voted != 1 || p.Rounds[0][1] != 1 {
		t.Errorf("the poll is %+v", p)
	}
	d.fits()
	d.press("?")
	d.waitFor("votes on what the class is asked", "want help")
	d.press("x", "q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// An answer that was chosen too late is not counted, and it is asked again.
func TestAVoteIsAskedAgainWhenTheClassVotesAgain(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	ada, ben := joins(t, s, "ada"), joins(t, s, "ben")
	d := learning(t, ada, headlessOptions{done: standsOn("tasks", 2)})
	d.choose("Tasks")
	d.waitFor("page 2 of")
	ask := func(id string) {
		s.Ask(class.Question{ID: "tasks/predict/" + id, Lesson: "tasks", Heading: "A vote", Text: "Which " + id + "?", Answers: []class.Answer{{Text: "this one"}, {Text: "that one"}}})
	}
	hearsOf := func(c *class.Client, id string, round int) *class.OpenQuestion {
		t.Helper()
		return hears(t, c, "the question", func(s class.State) bool {
			return s.Question != nil && s.Question.ID == "tasks/predict/"+id && s.Question.Open && s.Question.Round == round
		}).Question
	}
	ask("first")
	if err := ben.Vote(hearsOf(ben, "first", 1), 0); err != nil {
		t.Fatal(err)
	}
	d.waitFor("v votes with the class")
	d.press("v")
	d.waitFor("What do you say?")
	s.VoteAgain()
	knows(t, ada, "the second vote", func(s class.State) bool { return s.Question.Round == 2 })
	d.choose("that one")
	d.waitFor("The class votes again by now: your answer has not been counted.", "Which first?")
	ask("second")
	knows(t, ada, "the other question", func(s class.State) bool { return s.Question.ID == "tasks/predict/second" })
	d.choose("that one")
	d.waitFor("The class is asked something else by now: your answer has not been counted.", "Which second?")
	if p := s.Poll(); p.Voted != 0 {
		t.Errorf("it was counted: %+v", p)
	}
	d.fits()
	d.choose("that one")
	d.waitFor("you have voted", "page 2 of")
	if p := s.Poll(); p.Voted != 1 || p.Rounds[0][1] != 1 {
		t.Errorf("the poll is %+v", p)
	}
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// A class may know earlier than those in it that a vote is over.
func TestAVoteThatIsRefusedIsSaid(t *testing.T) {
	t.Parallel()
	refused := make(chan struct{})
	says := func(w http.ResponseWriter, round int, rounds string) {
		fmt.Fprintf(w, "event: state\ndata: {\"here\":1,\"question\":{\"id\":\"x\",\"text\":\"Which?\",\"answers\":[\"this one\",\"that one\"],\"round\":%d,\"open\":true,\"rounds\":%s}}\n\n", round, rounds)
		w.(http.Flusher).Flush()
	}
	fake := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/join":
			fmt.Fprint(w, `{"token":"t","nick":"ada"}`)
		case "/events":
			says(w, 1, "[]")
			select {
			case <-refused:
				says(w, 2, "[[1,0]]")
			case <-r.Context().Done():
			}
			<-r.Context().Done()
		case "/vote":
			w.WriteHeader(http.StatusConflict)
			fmt.Fprint(w, `{"error":"that vote is over, and there is another"}`)
			close(refused)
		}
	}))
	t.Cleanup(fake.Close)
	ada, err := class.Join(context.Background(), fake.URL, "ACDEFG", "ada")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ada.Close() })
	d := learning(t, ada, headlessOptions{done: standsOn("tasks", 2)})
	d.choose("Tasks")
	d.waitFor("v votes with the class")
	d.press("v")
	d.choose("that one")
	const lost = "the vote did not reach the class: that vote is over, and there is another; v votes again"
	d.waitFor("page 2 of")
	knows(t, ada, "the second vote", func(s class.State) bool { return s.Question.Round == 2 })
	d.send(memberMsg{})
	if shown := unwrapped(d.text()); !strings.Contains(shown, lost) {
		t.Errorf("it is not said:\n%s", d.text())
	}
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// unwrapped is a text without the ends of its lines.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

// What calls itself a class may ask anything.
func TestAQuestionWithoutAnswersIsNotPut(t *testing.T) {
	t.Parallel()
	s := classroom(t)
	c := joins(t, s, "ada")
	d := learning(t, c, headlessOptions{done: standsOn("tasks", 2)})
	d.waitFor("Which lesson?")
	d.choose("Tasks")
	d.waitFor("in the class as ada   1 here")
	s.Ask(class.Question{ID: "x", Text: "Which of them?"})
	d.wait("the question", func() bool { return c.State().Question != nil })
	d.press("v", "w")
	d.waitFor("sees that you want help")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// Of others somebody in a class sees only how many have solved what.
func TestTheSumIsSeen(t *testing.T) {
	t.Parallel()
	lesson, err := course.Load("tasks")
	if err != nil {
		t.Fatal(err)
	}
	number, name := 0, ""
	for i, p := range lesson.Text.Pages {
		if made, ok := p.Make(); ok {
			number, name = i+1, made.Exercises[0]
		}
	}
	s := classroom(t)
	joins(t, s, "ben").Report(class.Report{Solved: []string{name}})
	d := learning(t, joins(t, s, "ada"), headlessOptions{done: standsOn("tasks", number), columns: 120, rows: 40})
	d.waitFor("Which lesson?")
	d.choose("Tasks")
	if shown := d.waitFor(fmt.Sprintf("page %d of", number), name+" solved by 1"); strings.Contains(shown, "ben") {
		t.Errorf("who has solved it is told:\n%s", shown)
	}
	d.press("q")
	d.ends()
}

func TestAClassThatEndsIsSaid(t *testing.T) {
	t.Parallel()
	s, err := class.Start(context.Background(), class.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ada := joins(t, s, "ada")
	d := learning(t, ada, headlessOptions{done: standsOn("tasks", 2)})
	d.waitFor("Which lesson?")
	d.choose("Tasks")
	d.waitFor("in the class as ada")
	s.Ask(class.Question{ID: "tasks/predict/x", Lesson: "tasks", Text: "Which?", Answers: []class.Answer{{Text: "this one"}, {Text: "that one"}}})
	d.waitFor("v votes with the class")
	d.press("v")
	d.waitFor("What do you say?")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	knows(t, ada, "the end", func(s class.State) bool { return s.Ended })
	d.choose("this one")
	d.waitFor("page 2 of", "the vote did not reach the class: it has ended")
	for _, key := range []string{"v", "w"} {
		d.press("x", key)
		d.waitFor("the class has ended", "page 2 of")
	}
	if keys := d.walking().Text().Keys; strings.Contains(keys, "v vote") || strings.Contains(keys, "w want help") {
		t.Errorf("in lines of text there is %q", keys)
	}
	d.press("?")
	if shown := d.text(); strings.Contains(shown, "votes on") || strings.Contains(shown, "want help") {
		t.Errorf("the keys are offered:\n%s", shown)
	}
	d.press("x", "m")
	d.waitFor("The class has ended. Which lesson?")
	d.reply(answer{err: prompt.ErrQuit})
	d.ends()
}
