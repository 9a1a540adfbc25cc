package class

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"gosyncio/runner/fault"
)

func TestWhatCannotBeJoined(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	moved := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	t.Cleanup(moved.Close)
	gone := httptest.NewServer(nil)
	gone.Close()
	for _, tt := range []struct{ name, address, code, nick, what, next string }{
		{"wrong code", s.URL(), "AAAAAA", "Ada", "that is not the code", "the code stands on the presenter's slide"},
		{"no code", s.URL(), "", "Ada", "that is not the code", "the code stands on the presenter's slide"},
		{"no nick", s.URL(), s.Code(), " \x1b[31m", "a nickname is needed", "--as"},
		{"nobody there", gone.URL, "ACDEFG", "Ada", "cannot join the class at " + gone.URL, "look at the slide"},
		{"something else there", elsewhere.URL, "ACDEFG", "Ada", "it answers 404", "look at the slide"},
		{"a redirect", moved.URL, "ACDEFG", "Ada", "it answers 307", "look at the slide"},
		{"no address", "", "ACDEFG", "Ada", "is not the address of a class", "192.168.1.5:41234"},
		{"another scheme", "file:///etc/passwd", "ACDEFG", "Ada", "is not the address of a class", "192.168.1.5:41234"},
		{"not an address", "http://\x1b[2J/", "ACDEFG", "Ada", "is not the address of a class", "192.168.1.5:41234"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := Join(context.Background(), tt.address, tt.code, tt.nick)
			if err == nil {
				c.Close()
				t.Fatal("it is joined")
			}
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || !strings.Contains(f.What, tt.what) || !strings.Contains(f.Next, tt.next) || strings.Contains(f.What, "\x1b") {
				t.Errorf("%q, %q", err, f)
			}
		})
	}
}

func TestACodeMayBeTypedInManyWays(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	code := strings.ToLower(s.Code())
	for _, typed := range []string{s.Code(), code, code[:3] + " " + code[3:], " " + code[:3] + "-" + code[3:] + " "} {
		c, err := Join(context.Background(), strings.TrimPrefix(s.URL(), "http://"), typed, "Ada")
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		c.Close()
	}
}

// What calls itself a class may say anything, and for ever.
func TestAClassThatIsNone(t *testing.T) {
	t.Parallel()
	for name, says := range map[string]string{
		"garbage":          "event: state\ndata: {\n\n",
		"what cannot be":   "event: state\ndata: {\"question\":{\"round\":1,\"answers\":[\"a\"],\"rounds\":[[1,2]]}}\n\n",
		"an endless line":  "data: " + strings.Repeat("a", 2*maxEvent),
		"nothing":          "",
		"something else":   "event: other\ndata: {}\n\n",
		"a page in <html>": "<html>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var times atomic.Int64
			again := make(chan struct{}, 1)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/join" {
					fmt.Fprint(w, `{"token":"t","nick":"\u001b[31mAda"}`)
					return
				}
				fmt.Fprint(w, says)
				if times.Add(1) == 2 {
					tell(again)
				}
			}))
			t.Cleanup(server.Close)
			c, err := Join(context.Background(), server.URL, "ACDEFG", "Ada")
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			<-again // it has not given up
			if s := c.State(); s.Question != nil || s.Nick != "Ada" {
				t.Errorf("the state is %+v", s)
			}
		})
	}
}

// Why a vote did not arrive is said as a person would say it.
func TestAVoteThatDoesNotArrive(t *testing.T) {
	t.Parallel()
	s := started(t, Options{File: filepath.Join(t.TempDir(), "class.json")})
	ada := joinedBy(t, s, "Ada")
	s.Ask(Question{ID: "x", Text: "Which?", Answers: []Answer{{Text: "this one"}, {Text: "that one"}}})
	q := &OpenQuestion{ID: "x", Round: 1}
	votes := func(q *OpenQuestion, want string) {
		t.Helper()
		if err := ada.Vote(q, 0); err == nil || err.Error() != "the vote did not reach the class: "+want {
			t.Errorf("it says %v, want %s", err, want)
		}
	}
	votes(&OpenQuestion{ID: "y", Round: 1}, "that is not asked any more")
	votes(&OpenQuestion{ID: "x", Round: 2}, "that vote is over, and there is another")
	s.CloseVote()
	votes(q, "the vote is closed")
	if err := s.Leave(); err != nil {
		t.Fatal(err)
	}
	votes(q, "it cannot be reached now")
}

// A class that was started anew, and has the same code, has not seen us yet.
func TestALearnerJoinsAgainWhereNobodyKnowsThem(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	ada := joinedBy(t, s, "Ada")
	ada.Report(Report{Lesson: "tasks", Page: 2})
	s.awaits(t, "the report", func(Poll) bool { return s.Board()[0].Page == 2 })
	s.room.mu.Lock()
	for _, l := range s.room.learners {
		for _, st := range l.streams {
			st.end()
		}
	}
	clear(s.room.learners)
	s.room.mu.Unlock()
	s.awaits(t, "Ada", func(Poll) bool { b := s.Board(); return len(b) == 1 && b[0].Here && b[0].Page == 2 })
}
