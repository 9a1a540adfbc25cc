package class

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/fault"
)

// A Server that dies leaves its file behind. What is started with it goes on,
// and learners need do nothing.
func TestARestartKeepsVotes(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state", "class.json")
	s := started(t, Options{File: file, Title: "Tasks"})
	ada, bob := joinedBy(t, s, "Ada"), joinedBy(t, s, "Bob")
	s.Ask(longest())
	for i, c := range []*Client{ada, bob} {
		c.awaits(t, "an open vote", func(s State) bool { return s.Question != nil })
		if err := c.Vote(c.State().Question, i); err != nil {
			t.Fatal(err)
		}
	}
	ada.Report(Report{Lesson: "tasks", Page: 2, Solved: []string{"order"}})
	bob.Help(true)
	until(t, s.Changed(), "the reports", func() any { return s.Board() }, func() bool {
		b := s.Board()
		return b[0].Nick == "Bob" && b[0].Help && b[1].Page == 2
	})
	s.CloseVote()
	s.VoteAgain()
	url, code, link, before := s.URL(), s.Code(), s.Link(), s.Summary()
	if err := s.Leave(); err != nil {
		t.Fatal(err)
	}

	again := started(t, Options{File: file, Title: "Tasks"})
	if again.URL() != url || again.Code() != code || again.Link() != link {
		t.Errorf("it goes on at %s, not at %s", again.Link(), link)
	}
	again.awaits(t, "both learners", func(p Poll) bool { return p.Here == 2 })
	after := again.Summary()
	for i := range after.Board {
		after.Board[i].Here, before.Board[i].Here = true, true
		if !after.Board[i].Since.Equal(before.Board[i].Since) {
			t.Errorf("since %v, not %v", after.Board[i].Since, before.Board[i].Since)
		}
	}
	if after.Learners != 2 || len(after.Board) != 2 || after.Board[1].Page != 2 || !after.Board[0].Help || !slices.Equal(after.Questions[0].Rounds[0], []int{1, 1, 0}) {
		t.Errorf("of %+v there is left %+v", before, after)
	}
	ada.awaits(t, "the second round", func(s State) bool { return s.Connected && s.Question != nil && s.Question.Round == 2 })
	if err := ada.Vote(ada.State().Question, 1); err != nil {
		t.Fatal(err)
	}
	if p := again.Poll(); !p.Open || !slices.Equal(p.Rounds[1], []int{0, 1, 0}) {
		t.Errorf("the poll is %+v", p)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after the end there is still the file: %v", err)
	}
	next := started(t, Options{File: file})
	if next.Code() == code {
		t.Error("the next class has the same code")
	}
	ada.awaits(t, "the end", func(s State) bool { return s.Ended })
}

// A crash leaves what has been written: the file is not only there at the end.
func TestVotesAreInTheFileSoon(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "class.json")
	s := started(t, Options{File: file})
	ada := joinedBy(t, s, "Ada")
	s.Ask(longest())
	ada.awaits(t, "an open vote", func(s State) bool { return s.Question != nil })
	if err := ada.Vote(ada.State().Question, 2); err != nil {
		t.Fatal(err)
	}
	var k *kept
	poll(t, "the vote in the file", func() bool {
		var err error
		if k, err = readFile(file); err != nil {
			t.Fatal(err)
		}
		return k != nil && len(k.Asked) == 1 && len(k.Asked[0].Rounds[0]) == 1
	})
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ada.mu.Lock()
	defer ada.mu.Unlock()
	if strings.Contains(string(data), ada.token) {
		t.Error("the file has a token in it")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the file: %v %v", info.Mode(), err)
	}
}

func TestTwoPresentersAreRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "class.json")
	s := started(t, Options{File: file})
	poll(t, "the file", func() bool { _, err := os.Stat(file); return err == nil })
	second, err := Start(context.Background(), Options{File: file})
	if err == nil {
		second.Close()
		t.Fatal("a second presenter holds the same class")
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !strings.Contains(f.What, s.URL()) || f.Next == "" {
		t.Errorf("the second is told %v", err)
	}
}

func TestWhatCannotBeStarted(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	damaged := filepath.Join(folder, "damaged.json")
	for _, text := range []string{`{`, `{"format":99,"code":"ACDEFG"}`, `{"code":"ACDEFG","current":3}`, `{"code":"ACDEFG","current":-1,"asked":[{"question":{"answers":[{}]},"rounds":[null]}]}`,
		`{"format":1,"code":"ACDEFG","current":0,"asked":[{"question":{"text":"q"},"rounds":[{}]}]}`,
		`{"code":"ACDEFG","current":0,"asked":[{"question":{"answers":[{}]},"rounds":[{"1":1}]}]}`, `{"code":"ACDEFG","current":0,"asked":[{"question":{"answers":[{}]},"rounds":[]}]}`} {
		if err := os.WriteFile(damaged, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, Options{File: damaged}, "does not hold a class")
	}
	taken := started(t, Options{})
	refused(t, Options{Listen: strings.TrimPrefix(taken.URL(), "http://")}, "another program listens")
	refused(t, Options{Listen: "192.0.2.1:0"}, "cannot listen at 192.0.2.1:0")
	refused(t, Options{Listen: "127.0.0.1"}, "cannot listen at 127.0.0.1")
	refused(t, Options{File: filepath.Join(damaged, "class.json")}, "cannot keep the class")
}

func refused(t *testing.T, o Options, what string) {
	t.Helper()
	s, err := Start(context.Background(), o)
	if err == nil {
		s.Close()
		t.Errorf("%+v is taken", o)
		return
	}
	if f, ok := errors.AsType[*fault.Error](err); !ok || !strings.Contains(f.What, what) || f.Next == "" {
		t.Errorf("%+v: %v, not %s", o, err, what)
	}
}

func TestWhereAClassListensAgain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ wanted, before, want string }{
		{"", "127.0.0.1:4000", "127.0.0.1:4000"},
		{"", "[::]:4000", "127.0.0.1:4000"},
		{"", "192.168.1.5:4000", "127.0.0.1:4000"},
		{"", "nonsense", ""},
		{LAN, "[::]:4000", "[::]:4000"},
		{LAN, "0.0.0.0:4000", "0.0.0.0:4000"},
		{LAN, "127.0.0.1:4000", LAN},
		{"192.168.1.5:0", "192.168.1.5:4000", "192.168.1.5:4000"},
		{"192.168.1.5:80", "192.168.1.5:4000", "192.168.1.5:80"},
		{"192.168.1.5:0", "192.168.1.6:4000", "192.168.1.5:0"},
		{"localhost:0", "127.0.0.1:4000", "localhost:0"},
		{"nonsense", "127.0.0.1:4000", "nonsense"},
		{LAN, "nonsense", LAN},
	} {
		if got := again(tt.wanted, tt.before); got != tt.want {
			t.Errorf("again(%q, %q) is %q, not %q", tt.wanted, tt.before, got, tt.want)
		}
	}
}

// Nobody comes back to a class of yesterday: another one begins.
func TestAClassOfYesterdayIsOver(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "class.json")
	for _, tt := range []struct {
		ago     time.Duration
		resumed bool
	}{{0, false}, {day - time.Hour, true}, {day + time.Hour, false}} {
		if tt.ago > 0 {
			if err := os.Chtimes(file, time.Time{}, time.Now().Add(-tt.ago)); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Start(t.Context(), Options{File: file})
		if err != nil {
			t.Fatal(err)
		}
		if s.Resumed() != tt.resumed {
			t.Errorf("after %v: resumed is %v", tt.ago, s.Resumed())
		}
		if err := s.Leave(); err != nil {
			t.Fatal(err)
		}
	}
}
