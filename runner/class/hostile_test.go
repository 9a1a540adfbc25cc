package class

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tmaxmax/go-sse"
)

// A browser is what a learner has who is no Client: it sends whatever it likes.
type browser struct {
	t      testing.TB
	server *Server
	http   *http.Client
	cookie *http.Cookie
}

func newBrowser(t testing.TB, s *Server) *browser {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &browser{t: t, server: s, http: &http.Client{Transport: transport}}
}

// enter is a browser that has joined.
func enter(t testing.TB, s *Server) *browser {
	t.Helper()
	b := newBrowser(t, s)
	r := b.post("/join", joining{Code: s.Code()})
	if r.StatusCode != http.StatusNoContent || len(r.Cookies()) != 1 {
		t.Fatalf("joining is answered %s", r.Status)
	}
	b.cookie = r.Cookies()[0]
	return b
}

func (b *browser) request(method, path string, body io.Reader) *http.Request {
	b.t.Helper()
	r, err := http.NewRequest(method, b.server.URL()+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	return r
}

// do makes a request, and reads the answer into memory.
func (b *browser) do(r *http.Request) *http.Response {
	b.t.Helper()
	response, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	response.Body = io.NopCloser(bytes.NewReader(data))
	return response
}

func (b *browser) post(path string, body any) *http.Response {
	b.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(b.request(http.MethodPost, path, bytes.NewReader(data)))
}

func text(t testing.TB, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// ask puts the question, and returns a vote for it.
func ask(s *Server, answer int) ballotPaper {
	s.Ask(longest())
	return ballotPaper{longest().ID, 1, &answer}
}

func TestWhoHasNotJoinedMayDoNothing(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	vote := ask(s, 1)
	for name, b := range map[string]*browser{
		"no cookie":     newBrowser(t, s),
		"forged cookie": {t: t, server: s, http: newBrowser(t, s).http, cookie: &http.Cookie{Name: s.cookie(), Value: strings.Repeat("A", 26)}},
	} {
		for path, body := range map[string]any{"/vote": vote, "/report": Report{}, "/help": helpWanted{true}} {
			if r := b.post(path, body); r.StatusCode != http.StatusUnauthorized {
				t.Errorf("%s: %s is answered %s", name, path, r.Status)
			}
		}
		if r := b.do(b.request(http.MethodGet, "/events", nil)); r.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: /events is answered %s", name, r.Status)
		}
	}
	if p := s.Poll(); p.Voted != 0 || len(s.Board()) != 0 {
		t.Errorf("the poll is %+v", p)
	}
}

func TestACookieIsForTheServerAlone(t *testing.T) {
	t.Parallel()
	c := enter(t, started(t, Options{})).cookie
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie is %v", c)
	}
}

func TestWhoHasJoinedNeedsNoCodeAgain(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := enter(t, s)
	if r := b.post("/join", joining{}); r.StatusCode != http.StatusNoContent || len(r.Cookies()) != 0 {
		t.Errorf("it is answered %s with %v", r.Status, r.Cookies())
	}
	if n := s.Summary().Learners; n != 1 {
		t.Errorf("%d have joined", n)
	}
}

func TestVotesThatDoNotCount(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b, page := enter(t, s), enter(t, s)
	one, minus, three := 1, -1, 3
	id := longest().ID
	if r := b.post("/vote", ballotPaper{id, 1, &one}); r.StatusCode != http.StatusConflict {
		t.Errorf("a vote before the question is answered %s", r.Status)
	}
	ask(s, 0)
	for _, tt := range []struct {
		vote   any
		status int
	}{
		{ballotPaper{id, 1, &minus}, 400},
		{ballotPaper{id, 1, &three}, 400},
		{ballotPaper{id, 1, nil}, 400},
		{ballotPaper{id, 2, &one}, 409},
		{ballotPaper{id, 0, &one}, 409},
		{ballotPaper{"tasks/quiz/other", 1, &one}, 409},
		{map[string]any{"question": id, "round": 1, "answer": 1, "learner": 2}, 400},
		{map[string]any{"question": id, "round": 1, "answer": 1.5}, 400},
		{map[string]any{"question": id, "round": 1, "answer": "1"}, 400},
		{[]int{1}, 400},
	} {
		if r := b.post("/vote", tt.vote); r.StatusCode != tt.status {
			t.Errorf("%+v is answered %s", tt.vote, r.Status)
		}
	}
	if p := s.Poll(); p.Voted != 0 {
		t.Fatalf("%d have voted", p.Voted)
	}
	// The last counts, and once, whichever connection it comes by.
	for _, answer := range []int{0, 1, 2, 2} {
		if r := b.post("/vote", ballotPaper{id, 1, &answer}); r.StatusCode != http.StatusNoContent {
			t.Errorf("a vote is answered %s", r.Status)
		}
	}
	page.post("/vote", ballotPaper{id, 1, &one})
	if p := s.Poll(); p.Voted != 2 || !slices.Equal(p.Rounds[0], []int{0, 1, 1}) {
		t.Errorf("the poll is %+v", p)
	}
	s.CloseVote()
	if r := b.post("/vote", ballotPaper{id, 1, &one}); r.StatusCode != http.StatusConflict {
		t.Errorf("a vote that is late is answered %s", r.Status)
	}
}

func TestAPageHasNoSeat(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := enter(t, s)
	for path, body := range map[string]any{"/report": Report{Lesson: "tasks"}, "/help": helpWanted{true}} {
		if r := b.post(path, body); r.StatusCode != http.StatusForbidden {
			t.Errorf("%s is answered %s", path, r.Status)
		}
	}
	if len(s.Board()) != 0 {
		t.Errorf("the board is %+v", s.Board())
	}
}

func TestBodiesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := enter(t, s)
	send := func(path, kind, body string) int {
		r := b.request(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		return b.do(r).StatusCode
	}
	const kind = "application/json"
	for _, path := range []string{"/join", "/vote", "/report", "/help"} {
		for _, tt := range []struct {
			kind, body string
			status     int
		}{
			{kind, "", 400},
			{kind, "{", 400},
			{kind, "{}{}", 400},
			{kind, "{} x", 400},
			{kind, `{"__proto__":1}`, 400},
			{kind, "\xff\xfe", 400},
			{kind, strings.Repeat("[", 10_000), 400},
			{kind, `{"code":"` + strings.Repeat("A", 10*maxBody) + `"}`, 413},
			{"text/plain", "{}", 415},
			{"application/x-www-form-urlencoded", "code=1", 415},
			{"", "{}", 415},
		} {
			b.rest()
			status := send(path, tt.kind, tt.body)
			large := tt.status == 413 && status == 400 && path != "/join" // the field is unknown before it is too long
			if status != tt.status && !large {
				t.Errorf("%s: %.20q as %s is answered %d, not %d", path, tt.body, tt.kind, status, tt.status)
			}
		}
	}
}

// rest lets the learner send at once what it may send at once, again.
func (b *browser) rest() { b.server.room.known(b.cookie.Value).pace = newPace() }

func TestThereIsNothingElse(t *testing.T) {
	t.Parallel()
	s := started(t, Options{File: t.TempDir() + "/class.json"})
	b := enter(t, s)
	for _, path := range []string{"/class.html", "/page/class.html", "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/class.js/../../store.go", "/..%2fstore.go", "//etc/passwd",
		"/ask", "/reveal", "/close", "/board", "/poll", "/debug/pprof/", "/" + s.Code(), "/class.json", "/favicon.ico"} {
		r := b.request(http.MethodGet, "/", nil)
		r.URL.Opaque = "//" + r.URL.Host + path // as it is
		b.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		got := b.do(r)
		if got.StatusCode != http.StatusNotFound && got.StatusCode/100 != 3 {
			t.Errorf("%s is answered %s", path, got.Status)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if r := b.do(b.request(method, "/", nil)); r.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s is answered %s", method, r.Status)
		}
	}
	for _, path := range []string{"/vote", "/join", "/report", "/help"} {
		if r := b.do(b.request(http.MethodGet, path, nil)); r.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("GET %s is answered %s", path, r.Status)
		}
	}
}

func TestOtherNamesAndOriginsAreRefused(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := enter(t, s)
	vote := ask(s, 1)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		host, origin, site string
		status             int
	}{
		{"", "", "", 204},
		{"localhost:" + port, "", "", 204},
		{"[::1]:" + port, "", "", 204},
		{"", s.URL(), "", 204},
		{"", s.URL(), "same-origin", 204},
		{"evil.example", "", "", 421},
		{"evil.example:" + port, "http://evil.example:" + port, "same-origin", 421},
		{"127.0.0.1.evil.example", "", "", 421},
		{"", "http://evil.example", "", 403},
		{"", "http://127.0.0.1:1", "", 403},
		{"", "null", "", 403},
		{"", "", "cross-site", 403},
		{"", "", "same-site", 403},
	} {
		data, _ := json.Marshal(vote)
		r := b.request(http.MethodPost, "/vote", bytes.NewReader(data))
		r.Host = cmp.Or(tt.host, r.Host)
		if tt.origin != "" {
			r.Header.Set("Origin", tt.origin)
		}
		if tt.site != "" {
			r.Header.Set("Sec-Fetch-Site", tt.site)
		}
		if got := b.do(r); got.StatusCode != tt.status {
			t.Errorf("%+v is answered %s", tt, got.Status)
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := enter(t, s)
	for _, path := range []string{"/", "/class.js", "/class.css", "/nothing", "/vote"} {
		header := b.do(b.request(http.MethodGet, path, nil)).Header
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		} {
			if !strings.HasPrefix(header.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, header.Get(name))
			}
		}
		if policy := header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("the policy is %q", policy)
		}
	}
}

func TestTextsOfOthersAreNoMarkup(t *testing.T) {
	t.Parallel()
	const evil = `</title><script>alert(1)</script>`
	s := started(t, Options{Title: evil})
	b := newBrowser(t, s)
	if page := text(t, b.do(b.request(http.MethodGet, "/", nil))); strings.Contains(page, "<script>alert") {
		t.Errorf("the page has it as it is:\n%s", page)
	}
	nick := joinedBy(t, s, "\x1b[31m<script>\u202eAda\n \t Lovelace, who is called by a very long name").State().Nick
	if nick != "<script>Ada Lovelace, wh" {
		t.Errorf("the nick is %q", nick)
	}
	if r := b.post("/join", joining{Code: s.Code(), Nick: "\x00\x1b[2J "}); r.StatusCode != http.StatusBadRequest {
		t.Errorf("a nick of nothing is answered %s", r.Status)
	}
}

// What is reported as solved is told to others, in sum.
func TestReportsThatAreRefused(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	c := joinedBy(t, s, "Ada")
	b := newBrowser(t, s)
	send := func(report any) int {
		data, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		r := b.request(http.MethodPost, "/report", bytes.NewReader(data))
		c.mu.Lock()
		r.Header.Set("Authorization", "Bearer "+c.token)
		c.mu.Unlock()
		return b.do(r).StatusCode
	}
	for _, report := range []Report{
		{Lesson: "<script>"}, {Lesson: "Tasks"}, {Lesson: strings.Repeat("a", maxName+1)}, {Exercise: "a b"}, {Solved: []string{""}}, {Solved: []string{"you are all stupid"}},
		{Page: -1}, {Pages: maxNumber + 1}, {Tries: -1}, {Solved: slices.Repeat([]string{"a"}, maxSolved+1)},
	} {
		if status := send(report); status != http.StatusBadRequest {
			t.Errorf("%+v is answered %d", report, status)
		}
	}
	if status := send(map[string]string{"nick": "Bob"}); status != http.StatusBadRequest {
		t.Errorf("a report for another nick is answered %d", status)
	}
	if seat := s.Board()[0]; seat.Lesson != "" || seat.Nick != "Ada" {
		t.Errorf("the board has %+v", seat)
	}
}

func TestWrongCodesAreLimited(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := newBrowser(t, s)
	limited := false
	for range guessBurst * 20 {
		switch r := b.post("/join", joining{Code: "AAAAAA"}); r.StatusCode {
		case http.StatusForbidden:
		case http.StatusTooManyRequests:
			limited = true
		default:
			t.Fatalf("a wrong code is answered %s", r.Status)
		}
	}
	if !limited {
		t.Error("wrong codes are not limited")
	}
}

func TestASchoolBehindOneAddressGetsIn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGuesses(time.Now)
		school := netip.MustParseAddr("192.0.2.1")
		for i := range 1500 {
			if ok, limited := g.check(school, "acd-efg", "ACDEFG"); !ok || limited {
				t.Fatalf("the %dth is refused", i+1)
			}
			if i%30 == 0 { // somebody has a slip
				if ok, _ := g.check(school, "AAAAAA", "ACDEFG"); ok {
					t.Fatal("a wrong code is taken")
				}
			}
		}
	})
}

func TestGuessing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGuesses(time.Now)
		// A network of one's own has many addresses, and counts as one.
		looked := 0
		for i := range 10_000 {
			from := netip.MustParseAddr(fmt.Sprintf("2001:db8::%x", i))
			if _, limited := g.check(from, "AAAAAA", "ACDEFG"); !limited {
				looked++
			}
		}
		if looked != guessBurst {
			t.Errorf("%d guesses were looked at", looked)
		}
		if ok, limited := g.check(netip.MustParseAddr("2001:db8::1"), "ACDEFG", "ACDEFG"); ok || !limited {
			t.Error("who guesses learns which is right")
		}
		// Many networks have a limit together, and do not keep out others.
		looked = 0
		for range 100 {
			for i := range 200 {
				if _, limited := g.check(netip.MustParseAddr(fmt.Sprintf("192.0.2.%d", i)), "AAAAAA", "ACDEFG"); !limited {
					looked++
				}
			}
		}
		if looked > guessBurstAll {
			t.Errorf("%d guesses were looked at", looked)
		}
		if ok, _ := g.check(netip.MustParseAddr("198.51.100.1"), "ACDEFG", "ACDEFG"); !ok {
			t.Error("somebody else does not get in")
		}
		time.Sleep(time.Minute)
		if ok, _ := g.check(netip.MustParseAddr("2001:db8::1"), "ACDEFG", "ACDEFG"); !ok {
			t.Error("it is never forgiven")
		}
		for i := range 3 * maxGuessers {
			g.check(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), "AAAAAA", "ACDEFG")
		}
		if len(g.from) > maxGuessers {
			t.Errorf("%d addresses are kept", len(g.from))
		}
	})
}

func TestALearnerWhoSendsTooMuchIsSlowedDown(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b, other := enter(t, s), enter(t, s)
	vote := ask(s, 1)
	slowed := false
	for range 1000 {
		if r := b.post("/vote", vote); r.StatusCode == http.StatusTooManyRequests {
			slowed = true
			break
		}
	}
	if !slowed {
		t.Error("a thousand votes at once are taken")
	}
	if r := other.post("/vote", vote); r.StatusCode != http.StatusNoContent {
		t.Errorf("another learner's vote is answered %s", r.Status)
	}
}

func TestAFullClass(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64 // seconds: one each time somebody looks
	began := time.Now()
	s := started(t, Options{Now: func() time.Time { return began.Add(time.Duration(passed.Add(1)) * time.Second) }})
	b := enter(t, s)
	vote := ask(s, 1)
	if r := b.post("/vote", vote); r.StatusCode != http.StatusNoContent {
		t.Fatal(r.Status)
	}
	// Whoever joins a thousand times takes nobody's place.
	for range 2 * maxLearners {
		if _, _, refused := s.room.join(""); refused != nil {
			t.Fatal(refused)
		}
	}
	s.room.mu.Lock()
	count := len(s.room.learners)
	s.room.mu.Unlock()
	if count > maxLearners {
		t.Errorf("%d learners are kept", count)
	}
	if r := b.post("/vote", vote); r.StatusCode != http.StatusNoContent {
		t.Errorf("who has voted is forgotten: %s", r.Status)
	}
	// Who is there keeps the place, and when all are nobody else gets in.
	s.room.mu.Lock()
	for _, l := range s.room.learners {
		l.streams = append(l.streams, &stream{func() {}})
	}
	s.room.mu.Unlock()
	if _, _, refused := s.room.join(""); refused == nil || refused.status != http.StatusServiceUnavailable {
		t.Errorf("more are taken than there is room for: %v", refused)
	}
	if r := b.post("/vote", vote); r.StatusCode != http.StatusNoContent {
		t.Errorf("who is there is forgotten: %s", r.Status)
	}
	if p := s.Poll(); p.Voted != 1 {
		t.Errorf("%d have voted", p.Voted)
	}
}

// listening is a connection of a browser that is told what there is.
func (b *browser) listening() *http.Response {
	b.t.Helper()
	r, err := b.http.Do(b.request(http.MethodGet, "/events", nil))
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { r.Body.Close() })
	if r.StatusCode != http.StatusOK {
		b.t.Fatal(r.Status)
	}
	return r
}

func TestALearnerHasFewConnections(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := enter(t, s)
	first := b.listening()
	for range maxStreams {
		b.listening()
	}
	for _, err := range sse.Read(first.Body, nil) { // it ends
		if err != nil {
			break
		}
	}
	if p := s.Poll(); p.Here != 1 {
		t.Errorf("%d are here", p.Here)
	}
}

func TestAThousandConnectionsThatSayNothing(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	address := strings.TrimPrefix(s.URL(), "http://")
	for range 1000 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Skipf("there are not enough connections here: %v", err)
		}
		t.Cleanup(func() { c.Close() })
	}
	ada := joinedBy(t, s, "Ada")
	s.Ask(longest())
	ada.awaits(t, "the question", func(s State) bool { return s.Question != nil })
	if err := ada.Vote(ada.State().Question, 1); err != nil {
		t.Fatal(err)
	}
}

func TestTheOldestThatSaysNothingIsClosed(t *testing.T) {
	t.Parallel()
	s := newSilent(2, 4)
	var c []net.Conn
	for range 8 {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { ours.Close(); theirs.Close() })
		c = append(c, ours)
	}
	for _, tt := range []struct {
		conn    int
		state   http.ConnState
		surplus []net.Conn
	}{
		{0, http.StateNew, nil},
		{1, http.StateNew, nil},
		{0, http.StateActive, nil},
		{2, http.StateNew, nil},
		{3, http.StateNew, c[1:2]},
		{1, http.StateClosed, nil},
		{0, http.StateIdle, c[2:3]},
		{2, http.StateClosed, nil},
		{3, http.StateActive, nil},
		{0, http.StateActive, nil},
		{4, http.StateNew, nil},
		{4, http.StateActive, nil},
		{5, http.StateNew, nil},
		{6, http.StateNew, c[6:7]}, // there are four others
	} {
		if got := s.note(c[tt.conn], tt.state); !slices.Equal(got, tt.surplus) {
			t.Errorf("%d %v closes %v", tt.conn, tt.state, got)
		}
		if tt.state == http.StateActive { // of somebody who has joined
			s.known(c[tt.conn])
		}
	}
}

// Somebody who does not read is told nothing, and the others are.
func TestASlowReaderHoldsUpNobody(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	for range 3 {
		b := enter(t, s)
		b.http.Transport.(*http.Transport).DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := new(net.Dialer).DialContext(ctx, network, address)
			if err == nil {
				err = c.(*net.TCPConn).SetReadBuffer(4 << 10)
			}
			return c, err
		}
		b.http.CloseIdleConnections()
		b.listening() // and does not read
	}
	ada := joinedBy(t, s, "Ada")
	s.awaits(t, "all", func(p Poll) bool { return p.Here == 4 })
	long := longest()
	long.Text = strings.Repeat("How long in all? ", 10_000)
	for i := range 40 { // more than a connection buffers
		long.ID = fmt.Sprint("question/", i)
		s.Ask(long)
		ada.awaits(t, long.ID, func(s State) bool { return s.Question != nil && s.Question.ID == long.ID })
		if i%10 > 0 {
			continue
		}
		if err := ada.Vote(ada.State().Question, 1); err != nil {
			t.Fatal(err)
		}
		if p := s.Poll(); p.Voted != 1 {
			t.Fatalf("the poll is %+v", p)
		}
	}
}

// How long a nick takes to be told apart does not depend on how many want it.
func TestManyOfOneNick(t *testing.T) {
	t.Parallel()
	r := newRoom("", time.Now)
	seen := map[string]bool{}
	for i := range maxLearners {
		nick := []string{"ada", "Ada", "ada 2"}[i%3]
		_, l, refused := r.join(nick)
		if refused != nil {
			t.Fatal(refused)
		}
		if seen[folded(l.seat.Nick)] {
			t.Fatalf("there are two of %q", l.seat.Nick)
		}
		seen[folded(l.seat.Nick)] = true
	}
	if n := r.nicks["ada"]; n > 2*maxLearners {
		t.Errorf("%d were tried", n)
	}
}

// Pages are told of exercises that there are, and not of what somebody made up.
func TestNamesThatAreMadeUpAreLeftOut(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	for i := range 120 {
		_, l, _ := s.room.join(fmt.Sprint("a", i))
		names := []string{"order"}
		for j := range maxSolved - 1 {
			names = append(names, fmt.Sprintf("%04d-%04d-%038d", i, j, 0))
		}
		if refused := s.room.report(l, Report{Lesson: "nosuch", Page: 3, Pages: 4, Exercise: "nosuch", Tries: 9, Solved: names}); refused != nil {
			t.Fatal(refused.Error)
		}
	}
	state, _ := s.room.state()
	if len(state.Solved) != 1 || state.Solved["order"] != 120 {
		t.Errorf("pages are told of %v", state.Solved)
	}
	if seat := s.Board()[0]; seat.Lesson != "" || seat.Page != 0 || seat.Exercise != "" || seat.Tries != 0 {
		t.Errorf("the board has %+v", seat)
	}
}

// A question has at most as many votes as there is room for learners.
func TestNoMoreVotesThanLearners(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64
	began := time.Now()
	s := started(t, Options{Now: func() time.Time { return began.Add(time.Duration(passed.Add(1)) * time.Minute) }})
	v := ask(s, 0)
	for range maxLearners + 500 {
		if _, l, refused := s.room.join(""); refused == nil {
			s.room.vote(l, v)
		}
	}
	if p := s.Poll(); p.Voted != maxLearners {
		t.Errorf("%d have voted", p.Voted)
	}
}

// Joining has a pace, and whoever has just joined is not put out by the next.
func TestJoiningHasAPace(t *testing.T) {
	t.Parallel()
	now := time.Now()
	r := newRoom("", func() time.Time { return now })
	for range maxLearners {
		if _, _, refused := r.join(""); refused != nil {
			t.Fatal(refused)
		}
	}
	if _, _, refused := r.join(""); refused == nil || refused.status != http.StatusTooManyRequests {
		t.Errorf("one more at once is answered %+v", refused)
	}
	now = now.Add(settling / 2)
	if _, _, refused := r.join(""); refused == nil || refused.status != http.StatusServiceUnavailable {
		t.Errorf("in a full class joining is answered %+v", refused)
	}
	now = now.Add(settling)
	if _, _, refused := r.join(""); refused != nil {
		t.Errorf("when others never connected joining is answered %+v", refused)
	}
}

// A page asks with an empty code whether it has joined: that is no guess.
func TestAnEmptyCodeIsNoGuess(t *testing.T) {
	t.Parallel()
	g := newGuesses(time.Now)
	from := netip.MustParseAddr("192.0.2.1")
	for range 10 * guessBurst {
		if ok, _ := g.check(from, " ", "ACDEFG"); ok {
			t.Fatal("it is the code")
		}
	}
	if ok, _ := g.check(from, "ACDEFG", "ACDEFG"); !ok {
		t.Error("then the right one is refused")
	}
}

// What announces a body and does not send it holds no connection: it would be
// waited for when the stream has ended.
func TestAStreamTakesNoBody(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	b := enter(t, s)
	c, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET /events HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Length: 1000\r\n\r\n", s.address, b.cookie)
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || answer.StatusCode != http.StatusBadRequest {
		t.Errorf("answered %v, %v", answer, err)
	}
}

// Who has no code keeps nobody out, however many connections have said half of
// something.
func TestHalfBodiesKeepOutNobody(t *testing.T) {
	t.Parallel()
	s := newSilent(3, 6)
	pipe := func() net.Conn {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { ours.Close(); theirs.Close() })
		return ours
	}
	for range 6 {
		c := pipe()
		for _, closed := range append(s.note(c, http.StateNew), s.note(c, http.StateActive)...) { // a header, and a body that does not come
			s.note(closed, http.StateClosed)
		}
	}
	c := pipe()
	if surplus := s.note(c, http.StateNew); len(surplus) != 1 || surplus[0] == c {
		t.Errorf("who comes new closes %v", surplus)
	}
}

func TestConnectionsLeaveFilesForOthers(t *testing.T) {
	t.Parallel()
	files, ok := openFiles()
	most, all := within(maxSilent, maxConnections)
	if most > all || all > maxConnections || most > maxSilent || most < 1 || ok && uint64(all) > files {
		t.Errorf("of %d files (%v) there are %d and %d for connections", files, ok, most, all)
	}
}
