package class

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/tmaxmax/go-sse"
)

// Whatever comes in, nothing breaks, only the learner's own vote and seat
// change, and what others are told of it can be shown.
func FuzzIncoming(f *testing.F) {
	paths := []string{"/join", "/vote", "/report", "/help"}
	for i, body := range []string{
		`{"code":"ACDEFG","nick":"Ada"}`, `{"question":"tasks/quiz/longest","round":1,"answer":1}`,
		`{"lesson":"tasks","page":3,"pages":8,"exercise":"order","tries":4,"solved":["first"]}`, `{"wanted":true}`,
		`{"code":""}`, `{"question":"","round":0,"answer":-1}`, `{"solved":[""]}`, `null`,
	} {
		f.Add(uint8(i), []byte(body), i < 4)
	}
	now := time.Unix(0, 0)
	f.Fuzz(func(t *testing.T, path uint8, body []byte, program bool) {
		s := &Server{code: "ACDEFG", url: "http://127.0.0.1:1", room: newRoom("", func() time.Time { return now }), hub: newHub(), wrong: newGuesses(func() time.Time { return now }), silent: newSilent(1, 1)}
		handler := s.newHTTP(nowhere{}).Handler
		nick := ""
		if program {
			nick = "Ada"
		}
		token, mine, _ := s.room.join(nick)
		_, other, _ := s.room.join("Bob")
		s.Ask(longest())
		two := 2
		if refused := s.room.vote(other, ballotPaper{longest().ID, 1, &two}); refused != nil {
			t.Fatal(refused)
		}

		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:1"+paths[int(path)%len(paths)], strings.NewReader(string(body)))
		r.RemoteAddr = netip.MustParseAddrPort("192.0.2.1:1234").String()
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)

		if w.Code >= 500 {
			t.Errorf("it is answered %d", w.Code)
		}
		if o := s.room.own(other); o.Vote != 2 || o.Nick != "Bob" || o.Help {
			t.Errorf("the other learner has %+v", o)
		}
		p := s.Poll()
		if p.Voted > 2 || p.Rounds[0][2] < 1 || !p.Open || p.Revealed || len(p.Rounds) != 1 {
			t.Errorf("the poll is %+v", p)
		}
		if vote := s.room.own(mine).Vote; vote < -1 || vote > 2 {
			t.Errorf("the vote is %d", vote)
		}
		for _, seat := range s.Board() {
			for _, text := range append([]string{seat.Nick, seat.Lesson, seat.Exercise}, seat.Solved...) {
				if len([]rune(text)) > maxName || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Errorf("the board has %q", text)
				}
			}
			if seat.Page < 0 || seat.Tries < 0 || len(seat.Solved) > maxSolved {
				t.Errorf("the board has %+v", seat)
			}
		}
	})
}

// nowhere is the address of a server that does not listen.
type nowhere struct{}

func (nowhere) Network() string { return "tcp" }
func (nowhere) String() string  { return "127.0.0.1:1" }

// Whatever a class says, or what calls itself one, can be shown in a terminal.
func FuzzWhatAClassSays(f *testing.F) {
	f.Add("state", `{"title":"T","here":2,"question":{"id":"q","text":"\u001b[2J","answers":["a","b"],"round":2,"open":true,"rounds":[[1,0]],"revealed":null},"solved":{"\u0007":1}}`)
	f.Add("state", `{"question":{"round":1,"answers":["a"],"rounds":[[1,2]],"revealed":[{"why":"\u009b"}]}}`)
	f.Add("own", `{"question":"q","round":2,"vote":7,"nick":"\u001b]0;x\u0007"}`)
	f.Add("ended", `{}`)
	f.Fuzz(func(t *testing.T, kind, data string) {
		c := &Client{changed: make(chan struct{}, 1), own: own{Question: "q", Round: 2, Vote: 1}}
		c.take(sse.Event{Type: kind, Data: data})
		s := c.State()
		texts := append(slices.Collect(maps.Keys(s.Solved)), s.Title, s.Nick)
		if q := s.Question; q != nil {
			texts = append(texts, q.Lesson, q.Heading, q.Text)
			texts = append(append(texts, q.Answers...), q.Why...)
			if q.Vote < -1 || q.Vote >= len(q.Answers) {
				t.Errorf("the vote is %d of %d", q.Vote, len(q.Answers))
			}
			for _, counts := range q.Rounds {
				if len(counts) != len(q.Answers) {
					t.Errorf("%d counts of %d answers", len(counts), len(q.Answers))
				}
			}
			if q.Right != nil && len(q.Right) != len(q.Answers) || len(q.Why) != len(q.Right) {
				t.Errorf("%d are right or wrong of %d answers", len(q.Right), len(q.Answers))
			}
		}
		for _, text := range texts {
			if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
				t.Errorf("shown is %q", text)
			}
		}
	})
}
