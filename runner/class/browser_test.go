package class

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gosyncio/lessons"
	"gosyncio/runner/browsertest"
	"gosyncio/runner/player"
)

// played is a comparison of the lesson tasks that goes on. It is over before
// the test is.
func played(t *testing.T, settings map[string]string) *player.Comparison {
	t.Helper()
	lesson, err := lessons.Find("tasks")
	if err != nil {
		t.Fatal(err)
	}
	setup := player.Setup{Lesson: lesson, Values: lesson.Defaults()}
	for name, value := range settings {
		if setup.Values, err = setup.Values.With(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"sequential", "concurrent"} {
		v, err := lesson.Variant(name)
		if err != nil {
			t.Fatal(err)
		}
		setup.Parts = append(setup.Parts, player.Part{Variant: v})
	}
	ctx, cancel := context.WithCancel(context.Background())
	c, err := player.New(os.Environ()).Play(ctx, setup)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		c.Wait()
	})
	return c
}

// question says that a page shows one.
const question = "!document.querySelector('#question').hidden"

// has says that what a selector finds has a text.
func has(selector, text string) string {
	return "document.querySelector('" + selector + "')?.innerText.includes('" + text + "')"
}

// pick presses an answer on a page.
func pick(p *browsertest.Page, answer string) {
	p.Do(chromedp.Click(chromedp.CSS("#answers .answer:nth-child(" + answer + ") button")))
	p.Wait("document.querySelector('#answers .answer:nth-child(" + answer + ") button').getAttribute('aria-pressed') === 'true'")
}

// narrow fails the test if the page is wider than its window.
func narrow(t *testing.T, p *browsertest.Page, when string) {
	t.Helper()
	if got := p.Text("document.documentElement.scrollWidth - innerWidth"); strings.TrimPrefix(got, "-") == got && got != "0" {
		t.Errorf("%s the page is %s pixels too wide", when, got)
	}
}

// A class of three pages and a terminal learner: a code, a vote, another, the
// answer, and a run that is seen as it goes on.
func TestAClassInBrowsers(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	s := started(t, Options{Title: "Tasks"})
	forbidden := browsertest.Options{Complains: []string{"403"}} // the browser says so itself
	phone := browsertest.Options{Width: 360, Height: 740, Touch: true, Dark: true}
	a, b := browser.Open(t, s.Link(), phone), browser.Open(t, s.Link(), browsertest.Options{})
	c := browser.Open(t, s.URL(), forbidden)
	ada := joinedBy(t, s, "Ada")

	// Who has no code is asked for it.
	c.Wait("!document.querySelector('#join').hidden && document.activeElement.id === 'code'")
	c.Picture("class-join")
	c.Do(chromedp.KeyEvent("wrong!" + kb.Enter))
	c.Wait(has("#refused", "That is not the code."))
	c.Text("document.querySelector('#code').value = ''")
	c.Do(chromedp.KeyEvent(strings.ToLower(s.Code()) + kb.Enter))
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait("!document.querySelector('#slide').hidden")
		p.Wait(has("#here", "4 here"))
	}
	a.Picture("class-slide-phone-dark")

	// The vote, by finger, by mouse, and by keys.
	q := longest()
	q.Text = "How long does `concurrent` take with <b>A</b> and B?"
	s.Ask(q)
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait(question)
	}
	if got := a.Text("document.querySelector('#text').innerText"); got != "How long does concurrent take with <b>A</b> and B?" {
		t.Errorf("the question is %q", got)
	}
	pick(a, "1")
	pick(b, "1")
	pick(b, "2") // another thought
	c.Do(chromedp.KeyEvent("3"))
	s.awaits(t, "three votes", func(p Poll) bool { return p.Voted == 3 && slices.Equal(p.Rounds[0], []int{1, 1, 1}) })
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait(has("#status", "3 of 4 have voted"))
		if p.Text("document.querySelector('.bar') === null") != "true" {
			t.Error("the page shows how the room votes while it does")
		}
	}
	a.Picture("class-vote-phone-dark")
	narrow(t, a, "while it votes")
	ada.awaits(t, "the question", func(s State) bool { return s.Question != nil })
	if err := ada.Vote(ada.State().Question, 1); err != nil {
		t.Fatal(err)
	}
	s.CloseVote()
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait(has("#answers .answer:nth-child(2) .count", "2 (50 %)"))
		p.Wait("document.querySelector('#answers button').ariaDisabled === 'true'")
	}
	b.Picture("class-closed")

	// Another round, by the keyboard alone: both are shown then.
	s.VoteAgain()
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait("document.querySelector('#answers button').ariaDisabled === 'false' && " + has("#status", "vote again"))
		if p.Text("document.querySelector('[aria-pressed=true]') === null") != "true" {
			t.Error("the first vote is taken for the second")
		}
	}
	c.Do(chromedp.Focus(chromedp.CSS("#answers .answer:nth-child(2) button")), chromedp.KeyEvent(kb.Enter))
	pick(a, "2")
	s.awaits(t, "two votes more", func(p Poll) bool { return slices.Equal(p.Rounds[1], []int{0, 2, 0}) })
	s.Reveal()
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait("document.querySelectorAll('#answers .answer:nth-child(2) .bar').length === 2")
		p.Wait(has("#answers .answer:nth-child(2)", "2 (50 %)") + "&&" + has("#answers .answer:nth-child(2)", "2 (100 %)"))
		p.Wait(has(".right", "Right. the longest decides") + " && document.querySelectorAll('.wrong').length === 2")
	}
	a.Picture("class-revealed-phone-dark")
	b.Picture("class-revealed")
	narrow(t, a, "with two rounds")

	// The run, as it goes on and as it ends, measured.
	going := played(t, map[string]string{"a": "1500ms", "b": "500ms"})
	s.Show(going, "Tasks", "a=1500ms b=500ms")
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait("document.querySelectorAll('#view .gs-span').length >= 2 && document.querySelector('#view .gs-controls').hidden")
	}
	b.Picture("class-run-goes-on")
	going.Wait()
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait("!document.querySelector('#view .gs-controls').hidden")
		p.Wait(has("#outputs", "A finished"))
		p.Wait(has("#view", "faster"))
		p.Wait(question)
	}
	a.Picture("class-run-phone-dark")
	b.Picture("class-run")
	narrow(t, a, "with a run")

	// The answer to what the run has shown stands below it, and comes into sight.
	inSight := func(p *browsertest.Page) string {
		return p.Text("(r => r.top > -1 && (r.bottom < innerHeight + 1 || r.top < 1))(document.querySelector('#question').getBoundingClientRect())")
	}
	q.ID, q.Text = "tasks/quiz/first", "Which ends first?"
	s.Ask(q)
	shows := played(t, map[string]string{"a": "300ms", "b": "100ms"})
	s.Show(shows, "Tasks", "a=300ms b=100ms")
	shows.Wait()
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait(has("#text", "Which ends first?") + " && !document.querySelector('#view .gs-controls').hidden")
	}
	if inSight(a) != "false" {
		t.Error("a telephone shows a question and a run above it at once")
	}
	s.Reveal()
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait(has(".right", "Right. the longest decides"))
		if inSight(p) != "true" {
			t.Error("the answer is out of sight")
		}
	}
	a.Picture("class-answer-phone-dark")

	s.Clear()
	for _, p := range []*browsertest.Page{a, b, c} {
		p.Wait("!document.querySelector('#slide').hidden && document.querySelector('#run').hidden")
		for _, request := range p.Requests() {
			if !strings.HasPrefix(request, s.URL()) {
				t.Errorf("the page asks for %s", request)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	a.Wait("!document.querySelector('#ended').hidden")
	a.Picture("class-ended-phone-dark")
}

// A telephone goes to sleep, or out of the room, and comes back; and the
// presenter's machine may have been started again meanwhile.
func TestAPageConnectsAgain(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	file := t.TempDir() + "/class.json"
	s := started(t, Options{File: file})
	gone := browsertest.Options{Complains: []string{"ERR_", "Failed to load"}} // the browser says itself that it cannot reach it
	p := browser.Open(t, s.Link(), gone)
	s.Ask(longest())
	p.Wait(question)
	pick(p, "1")
	s.awaits(t, "the vote", func(p Poll) bool { return p.Voted == 1 })

	// The server goes, and while it is away the page cannot vote.
	if err := s.Leave(); err != nil {
		t.Fatal(err)
	}
	p.Wait("!document.querySelector('#connection').hidden && " + has("#connection", "Connection lost, trying again."))
	p.Picture("class-lost")
	p.Offline(true)
	again := started(t, Options{File: file})
	again.CloseVote()
	again.VoteAgain()
	p.Offline(false)
	p.Text("dispatchEvent(new Event('online'))")
	p.Wait("document.querySelector('#connection').hidden && " + has("#status", "vote again"))
	pick(p, "2")
	again.awaits(t, "both votes", func(p Poll) bool {
		return p.Here == 1 && len(p.Rounds) == 2 && slices.Equal(p.Rounds[0], []int{1, 0, 0}) && slices.Equal(p.Rounds[1], []int{0, 1, 0})
	})

	// Its connection has died, and nobody has told it: it notices when it wakes.
	before := listened(p)
	p.Text(`(() => { const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange')) })()`)
	poll(t, "another connection", func() bool { return listened(p) > before })
	again.CloseVote()
	p.Wait(has("#status", "The vote is closed."))
	if n := again.Summary().Learners; n != 1 {
		t.Errorf("it joined as %d learners", n)
	}
}

// listened is how many connections a page has made to be told what there is.
func listened(p *browsertest.Page) (n int) {
	for _, request := range p.Requests() {
		if strings.HasSuffix(request, "/events") {
			n++
		}
	}
	return n
}
