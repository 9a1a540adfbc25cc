package class

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	neturl "net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tmaxmax/go-sse"

	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// How a Client behaves when it cannot reach the class.
const (
	requestLimit = 10 * time.Second
	firstRetry   = 500 * time.Millisecond
	lastRetry    = 15 * time.Second
	silenceLimit = 3 * beat // then the connection is dead
	maxEvent     = 1 << 20  // of what the class says at once
)

// A Client is a learner who uses the program. It never waits for the class,
// except in Join and Vote, and connects again by itself. It must be closed.
type Client struct {
	base    string
	code    string
	http    *http.Client
	changed chan struct{}
	send    chan struct{} // there is something to send
	stop    context.CancelFunc
	working sync.WaitGroup

	mu     sync.Mutex
	token  string
	nick   string
	heard  state
	own    own
	linked bool // is connected
	over   bool // the class is
	unsent outgoing
	said   outgoing // at last, for a class that does not know us any more
}

// outgoing is what the class is to be told; only the newest counts.
type outgoing struct {
	report *Report
	help   *bool
}

// A State is what a terminal learner is told of a class.
type State struct {
	Title     string
	Nick      string // as others see it: a second Ada is "Ada 2"
	Connected bool
	Ended     bool           // the class is over, or does not know us any more
	Here      int            // learners that are connected
	Terminals int            // those of them that use the program
	Solved    map[string]int // how many of them have solved which exercise
	Help      bool
	Question  *OpenQuestion // nil if nothing is asked
}

// An OpenQuestion is the question that is asked.
type OpenQuestion struct {
	ID, Lesson, Heading, Text string
	Answers                   []string
	Round                     int
	Open                      bool
	Voted                     int
	Vote                      int      // our own; -1 is none
	Rounds                    [][]int  // how many voted for each answer, in rounds that are closed
	Right                     []bool   // of each answer; nil until it is revealed
	Why                       []string // likewise
}

// Join joins the class at an address, such as 192.168.1.5:41234, under a nick.
// The address may be the link, with the code in it; then code may be "". The
// error is a *fault.Error. When ctx ends the Client leaves, too.
func Join(ctx context.Context, address, code, nick string) (*Client, error) {
	base, inLink, err := located(address)
	if err != nil {
		return nil, err
	}
	if code == "" {
		code = inLink
	}
	if nick = cleanNick(nick); nick == "" {
		return nil, fault.Usage("a nickname is needed to join a class", "name one with --as")
	}
	c := &Client{
		base: base, code: code, nick: nick,
		// No proxy: the class is in this room.
		http:    &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: requestLimit}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		changed: make(chan struct{}, 1),
		send:    make(chan struct{}, 1),
		own:     own{Vote: -1},
	}
	if err := c.join(ctx); err != nil {
		c.http.CloseIdleConnections()
		return nil, c.advised(err)
	}
	ctx, c.stop = context.WithCancel(ctx)
	c.working.Go(func() { c.listen(ctx) })
	c.working.Go(func() { c.sendAll(ctx) })
	return c, nil
}

// located is where a class is, and the code if the address has it.
func located(address string) (base, code string, err error) {
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := neturl.Parse(address)
	if err != nil || u.Scheme != "http" || u.Host == "" {
		return "", "", fault.Usage(fmt.Sprintf("%s is not the address of a class", terminal.Printable(address)), "it looks like 192.168.1.5:41234 and stands on the presenter's slide")
	}
	return "http://" + u.Host, u.Fragment, nil
}

// advised is why a class cannot be joined.
func (c *Client) advised(err error) error {
	f := &fault.Error{What: fmt.Sprintf("cannot join the class at %s: %s", terminal.Printable(c.base), terminal.Printable(err.Error())), Next: "look at the slide: are the address and the network the same?", Err: err}
	if refused, ok := errors.AsType[*refusedError](err); ok && refused.status == http.StatusForbidden {
		f.Next = "the code stands on the presenter's slide"
	}
	return f
}

// A refusedError says that the class did not do what it was asked.
type refusedError struct {
	status int
	why    string
}

func (e *refusedError) Error() string { return e.why }

// post sends JSON, and reads the answer into result if that is not nil.
func (c *Client) post(ctx context.Context, path string, body, result any) error {
	ctx, cancel := context.WithTimeout(ctx, requestLimit)
	defer cancel()
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	response, err := c.do(ctx, http.MethodPost, path, bytes.NewReader(data))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if result == nil {
		return nil
	}
	return json.NewDecoder(io.LimitReader(response.Body, maxEvent)).Decode(result)
}

// do makes a request. Whatever is no success is an error.
func (c *Client) do(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	c.mu.Lock()
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	c.mu.Unlock()
	response, err := c.http.Do(request)
	if err != nil {
		if u, ok := errors.AsType[*neturl.Error](err); ok {
			err = u.Err // the address is said already
		}
		return nil, err
	}
	if response.StatusCode/100 == 2 {
		return response, nil
	}
	defer response.Body.Close()
	var why refusal
	if json.NewDecoder(io.LimitReader(response.Body, maxBody)).Decode(&why) != nil || why.Error == "" {
		why.Error = "it answers " + response.Status
	}
	return nil, &refusedError{response.StatusCode, terminal.Printable(why.Error)}
}

func (c *Client) join(ctx context.Context) error {
	c.mu.Lock()
	c.token = ""
	body := joining{Code: c.code, Nick: c.nick}
	c.mu.Unlock()
	var in joined
	if err := c.post(ctx, "/join", body, &in); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.token, c.own.Nick = in.Token, terminal.Printable(in.Nick)
	c.unsent = c.said
	return nil
}

// Report says where the learner is.
func (c *Client) Report(r Report) { c.toSend(func(o *outgoing) { o.report = &r }) }

// Help says whether the learner wants help.
func (c *Client) Help(wanted bool) { c.toSend(func(o *outgoing) { o.help = &wanted }) }

func (c *Client) toSend(change func(*outgoing)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.unsent)
	change(&c.said)
	tell(c.send)
}

// Vote votes on a question that was open, and waits until the class has it.
func (c *Client) Vote(q *OpenQuestion, answer int) error {
	err := c.post(context.Background(), "/vote", ballotPaper{q.ID, q.Round, &answer}, nil)
	if err != nil {
		return &fault.Error{What: "the vote did not reach the class: " + c.whyNot(err), Next: "try again", Err: err}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.own.Question, c.own.Round, c.own.Vote = q.ID, q.Round, answer
	tell(c.changed)
	return nil
}

// whyNot is why the class did not do what it was asked, for a learner.
func (c *Client) whyNot(err error) string {
	if refused, ok := errors.AsType[*refusedError](err); ok {
		return refused.why
	}
	if c.State().Ended {
		return "it has ended"
	}
	return "it cannot be reached now"
}

// State is what the learner is told of the class, as it is now.
func (c *Client) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.heard
	s := State{
		Title: h.Title, Nick: c.own.Nick, Connected: c.linked, Ended: c.over,
		Here: h.Here, Terminals: h.Terminals, Solved: h.Solved, Help: c.own.Help,
	}
	if c.unsent.help != nil {
		s.Help = *c.unsent.help
	}
	if q := h.Question; q != nil {
		o := &OpenQuestion{
			ID: q.ID, Lesson: q.Lesson, Heading: q.Heading, Text: q.Text, Answers: q.Answers,
			Round: q.Round, Open: q.Open, Voted: q.Voted, Vote: -1, Rounds: q.Rounds,
		}
		if c.own.Question == q.ID && c.own.Round == q.Round && c.own.Vote < len(q.Answers) {
			o.Vote = c.own.Vote
		}
		for _, r := range q.Revealed {
			o.Right, o.Why = append(o.Right, r.Right), append(o.Why, r.Why)
		}
		s.Question = o
	}
	return s
}

// Changed has a value when State may have something new. It is for one
// receiver.
func (c *Client) Changed() <-chan struct{} { return c.changed }

// Close leaves the class, and waits until all that the Client started has
// ended.
func (c *Client) Close() error {
	c.stop()
	c.working.Wait()
	c.http.CloseIdleConnections()
	return nil
}

// update changes what is known.
func (c *Client) update(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f()
	tell(c.changed)
}

// listen hears what the class says, until it is over or ctx ends.
func (c *Client) listen(ctx context.Context) {
	wait := backoff{}
	for ctx.Err() == nil {
		err := c.hear(ctx, wait.reset)
		c.update(func() { c.linked = false })
		if c.State().Ended {
			return
		}
		if c.isStranger(err) {
			err = c.join(ctx)
		}
		if refused, ok := errors.AsType[*refusedError](err); ok && refused.status == http.StatusForbidden {
			c.update(func() { c.over = true })
			return
		}
		wait.pause(ctx)
	}
}

// isStranger reports whether the class does not know us: it was started anew.
func (c *Client) isStranger(err error) bool {
	refused, ok := errors.AsType[*refusedError](err)
	return ok && refused.status == http.StatusUnauthorized
}

// hear hears what the class says over one connection.
func (c *Client) hear(ctx context.Context, connected func()) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	dead := time.AfterFunc(silenceLimit, cancel)
	defer dead.Stop()
	response, err := c.do(ctx, http.MethodGet, "/events", nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	connected()
	tell(c.send) // what could not be sent before
	for event, err := range sse.Read(response.Body, &sse.ReadConfig{MaxEventSize: maxEvent}) {
		if err != nil {
			return err
		}
		dead.Reset(silenceLimit)
		if err := c.take(event); err != nil {
			return err
		}
	}
	return nil
}

// take takes what an event says.
func (c *Client) take(event sse.Event) error {
	switch event.Type {
	case "state":
		var s state
		if err := json.Unmarshal([]byte(event.Data), &s); err != nil {
			return err
		}
		if !s.fits() {
			return errors.New("the class says what cannot be")
		}
		s.clean()
		c.update(func() { c.heard, c.linked = s, true })
	case "ended":
		c.update(func() { c.over = true })
	case "own":
		var o own
		if err := json.Unmarshal([]byte(event.Data), &o); err != nil {
			return err
		}
		o.Nick, o.Vote = terminal.Printable(o.Nick), max(o.Vote, -1)
		c.update(func() { c.own = o })
	}
	return nil
}

// sendAll sends what there is to send, the newest of each kind.
func (c *Client) sendAll(ctx context.Context) {
	wait := backoff{}
	for {
		select {
		case <-c.send:
		case <-ctx.Done():
			return
		}
		for !c.sendOnce(ctx) && ctx.Err() == nil {
			wait.pause(ctx)
		}
		wait.reset()
	}
}

// sendOnce reports whether nothing is left to send.
func (c *Client) sendOnce(ctx context.Context) (done bool) {
	c.mu.Lock()
	what := c.unsent
	c.mu.Unlock()
	sent := func(err error, forget func()) {
		if err != nil && !isFinal(err) {
			done = false
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		forget()
	}
	done = true
	if what.report != nil {
		sent(c.post(ctx, "/report", what.report, nil), func() {
			if c.unsent.report == what.report {
				c.unsent.report = nil
			}
		})
	}
	if what.help != nil {
		sent(c.post(ctx, "/help", helpWanted{*what.help}, nil), func() {
			if c.unsent.help == what.help {
				c.unsent.help = nil
			}
		})
	}
	return done
}

// isFinal reports whether the class would not take it the next time, either.
func isFinal(err error) bool {
	refused, ok := errors.AsType[*refusedError](err)
	return ok && refused.status/100 == 4 && refused.status != http.StatusUnauthorized && refused.status != http.StatusTooManyRequests
}

// A backoff waits longer each time, and not as long as everybody else does.
type backoff struct{ next time.Duration }

func (b *backoff) reset() { b.next = 0 }

func (b *backoff) pause(ctx context.Context) {
	b.next = min(max(2*b.next, firstRetry), lastRetry)
	select {
	case <-time.After(b.next/2 + rand.N(b.next/2)):
	case <-ctx.Done():
	}
}

// fits reports whether a state is one that a class can be in, so that whoever
// shows it need not ask.
func (s *state) fits() bool {
	q := s.Question
	if q == nil {
		return true
	}
	other := func(counts []int) bool { return len(counts) != len(q.Answers) }
	return q.Round > 0 && len(q.Rounds) <= q.Round && !slices.ContainsFunc(q.Rounds, other) && (q.Revealed == nil || len(q.Revealed) == len(q.Answers))
}

// clean makes what a class says fit for a terminal.
func (s *state) clean() {
	s.Title = terminal.Printable(s.Title)
	solved := map[string]int{}
	for name, n := range s.Solved {
		solved[terminal.Printable(name)] = n
	}
	s.Solved = solved
	q := s.Question
	if q == nil {
		return
	}
	for _, text := range []*string{&q.Heading, &q.Lesson, &q.Text} {
		*text = terminal.Printable(*text)
	}
	for i := range q.Answers {
		q.Answers[i] = terminal.Printable(q.Answers[i])
	}
	for i := range q.Revealed {
		q.Revealed[i].Why = terminal.Printable(q.Revealed[i].Why)
	}
}
