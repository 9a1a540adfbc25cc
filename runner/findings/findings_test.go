package findings

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/timeline"
)

const (
	ms = time.Millisecond
	s  = time.Second
)

// waiting is a lane that was started at a time and has waited since, to the end
// of what is known.
func waiting(name, reason, where string, since time.Duration) timeline.Lane {
	l := timeline.NewLane(name, timeline.NewSpan(timeline.Running, since, since+ms, "", ""), timeline.NewSpan(timeline.Waiting, since+ms, timeline.Open, reason, where))
	l.Origin = &timeline.Origin{At: since, Function: "main." + name}
	return l
}

// passed is one that has waited there for a second, and has ended.
func passed(name, reason, where string, since time.Duration) timeline.Lane {
	l := timeline.NewLane(name, timeline.NewSpan(timeline.Waiting, since, since+s, reason, where), timeline.NewSpan(timeline.Running, since+s, since+s+ms, "", ""))
	l.Origin = &timeline.Origin{At: since, Function: "main." + name}
	return l
}

// worked is one that has received at a place, and waits there again; who let it
// go on has that number, 0 is a timer.
func worked(by int64) timeline.Lane {
	l := timeline.NewLane("worker", timeline.NewSpan(timeline.Waiting, 0, 300*ms, receives, "main.go:5"), timeline.NewSpan(timeline.Running, 300*ms, 310*ms, "", ""),
		timeline.NewSpan(timeline.Waiting, 310*ms, timeline.Open, receives, "main.go:5"))
	l.Origin, l.WokenBy = &timeline.Origin{Function: "main.worker"}, by
	return l
}

// gone is one that has ended.
func gone(name string, at time.Duration) timeline.Lane {
	l := timeline.NewLane(name, timeline.NewSpan(timeline.Running, at, at+ms, "", ""))
	l.Origin = &timeline.Origin{At: at, Function: "main." + name}
	return l
}

// library is a lane of the library's own.
func library(function, reason string) timeline.Lane {
	l := waiting(function, reason, "", 0)
	l.Origin.Function, l.Origin.Library = function, true
	return l
}

// each are lanes that came one after the other, one in each time.
func each(count int, apart time.Duration, lane func(at time.Duration) timeline.Lane) (lanes []timeline.Lane) {
	for i := range count {
		lanes = append(lanes, lane(time.Duration(i)*apart))
	}
	return lanes
}

// closed are lanes as they are when the program has ended.
func closed(at time.Duration, lanes ...timeline.Lane) (ended []timeline.Lane) {
	for _, lane := range lanes {
		var spans []timeline.Span
		for span := range lane.Spans() {
			span.End = min(span.End, at)
			spans = append(spans, span)
		}
		l := timeline.NewLane(lane.Name, spans...)
		l.Origin, l.WokenBy = lane.Origin, lane.WokenBy
		ended = append(ended, l)
	}
	return ended
}

// timer is main, that sleeps.
var timer = waiting("main", "sleep", "main.go:9", 0)

// What seems to come by itself is what a goroutine receives, not what it sends,
// and not what is called in the same line.
func TestWhatComesByItself(t *testing.T) {
	for text, want := range map[string]bool{
		"<-ctx.Done()":                                       true,
		"<-r.Context().Done()":                               true,
		"case <-time.After(2 * time.Second):":                true,
		"<-time.NewTimer(2 * time.Second).C":                 true,
		"for range ticker.C {":                               true,
		"for now := range time.Tick(time.Second) {":          true,
		"x, ok := <-s.timer.C":                               true,
		"p.Conns <- 1":                                       false,
		"p.C <- 1":                                           false,
		"<-s.Closed":                                         false,
		"<-p.Conns":                                          false,
		"answers := <-p.Cache()":                             false,
		"go func() { defer wg.Done(); results <- i }()":      false,
		"go func() { results <- i; wg.Done() }()":            false,
		"go func() { defer wg.Done(); <-results }()":         false,
		"go func() { <-results; defer cancel(); wg.Done() }": false,
	} {
		p := Program{Text: func(string) string { return text }}
		if got := p.mayEnd("main.go:1"); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	leaky := func(at time.Duration) timeline.Lane { return waiting("ask", receives, "main.go:5", at) }
	for _, c := range []struct {
		name string
		p    Program
		want string // the kinds, places and how a sentence begins
	}{
		{"nothing", Program{Now: 10 * s}, ""},
		{"goroutines that come one after the other and never go on", Program{Now: 10 * s, Lanes: append(each(8, s, leaky), timer)},
			"leak main.go:5 8 goroutines wait at main.go:5 to receive what nobody sends, and ever more do: ask"},
		{"they wait for the end of a context", Program{Now: 10 * s, Lanes: append(each(8, s, leaky), timer), Text: func(string) string { return "<-ctx.Done()" }}, ""},
		{"they wait for what nobody knows", Program{Now: 10 * s, Lanes: append(each(8, s, leaky), timer), Text: func(string) string { return "<-answers" }},
			"leak main.go:5 8 goroutines wait at main.go:5 to receive what nobody sends, and ever more do: ask"},
		{"a pool that was started slowly, and is complete", Program{Now: 60 * s, Lanes: append(each(8, 400*ms, leaky), timer)}, ""},
		{"a pool that is idle", Program{Now: 60 * s, Lanes: append(each(8, ms, leaky), timer)}, ""},
		{"a pool that has worked", Program{Now: 60 * s, Lanes: append(each(8, s, leaky), timer, passed("ask", receives, "main.go:5", 3*s))}, ""},
		{"few", Program{Now: 10 * s, Lanes: append(each(3, s, leaky), timer)}, ""},
		{"they sleep", Program{Now: 10 * s, Lanes: append(each(8, s, func(at time.Duration) timeline.Lane { return waiting("nap", "sleep", "main.go:5", at) }), timer)}, ""},
		{"they wait for the network", Program{Now: 10 * s, Lanes: append(each(8, s, func(at time.Duration) timeline.Lane { return waiting("serve", "network", "main.go:5", at) }), timer)}, ""},
		{"they may be told to stop", Program{Now: 10 * s, Lanes: append(each(8, s, func(at time.Duration) timeline.Lane { return waiting("serve", "select", "main.go:5", at) }), timer)}, ""},
		{"the library's", Program{Now: 10 * s, Lanes: append(each(8, s, func(time.Duration) timeline.Lane { return library("net/http.f", receives) }), timer)}, ""},
		{"the first answer was enough", Program{Now: s, Ended: true, Returned: true, Lanes: closed(s, gone("main", 0), waiting("ask", sends, "main.go:5", 0), waiting("ask", sends, "main.go:5", 300*ms), gone("ask", 0))},
			"send main.go:5 at the end 2 goroutines still wait at main.go:5 to send what nobody receives: ask"},
		{"it had only just begun to send", Program{Now: s, Ended: true, Returned: true, Lanes: closed(s, waiting("ask", sends, "main.go:5", 990*ms))}, ""},
		{"it was ended while it sent", Program{Now: s, Ended: true, Lanes: closed(s, timer, waiting("ask", sends, "main.go:5", 0))}, ""},
		{"one is left over, others ended", Program{Now: s, Ended: true, Returned: true, Lanes: closed(s, waiting("ask", receives, "main.go:5", 0), gone("ask", 0))},
			"leak main.go:5 at the end a goroutine still waits at main.go:5 to receive what nobody sends: ask"},
		{"workers that are there to the end", Program{Now: s, Ended: true, Returned: true, Lanes: closed(s, waiting("ask", receives, "main.go:5", 0), waiting("ask", receives, "main.go:5", 0))}, ""},
		{"workers that have worked, to the end", Program{Now: s, Ended: true, Returned: true, Lanes: closed(s, worked(7), worked(7))}, ""},
		{"a ticker", Program{Now: s, Ended: true, Returned: true, Lanes: closed(s, worked(0))}, ""},
		{"nobody has received for long", Program{Now: 6 * s, Lanes: []timeline.Lane{timer, waiting("tell", sends, "main.go:5", 0)}},
			"send main.go:5 a goroutine waits at main.go:5 to send what nobody receives: tell"},
		{"not for long", Program{Now: 4 * s, Lanes: []timeline.Lane{timer, waiting("tell", sends, "main.go:5", 0)}}, ""},
		{"it is only slow to receive", Program{Now: 60 * s, Lanes: []timeline.Lane{timer, waiting("tell", sends, "main.go:5", 20*s), passed("tell", sends, "main.go:5", s)}}, ""},

		{"all wait for each other", Program{Now: 6 * s, Lanes: []timeline.Lane{waiting("main", "wait group", "main.go:9", 0), waiting("a", "lock", "main.go:5", 0), library("runtime.bgsweep", "")}},
			"deadlock main.go:9 it seems that nothing can go on: all 2 goroutines wait, main at main.go:9"},
		{"one of them is in a select", Program{Now: 60 * s, Lanes: []timeline.Lane{waiting("main", "wait group", "main.go:9", 0), waiting("a", "select", "main.go:5", 0)}}, ""},
		{"main waits for a timer", Program{Now: 60 * s, Lanes: []timeline.Lane{waiting("main", receives, "main.go:9", 0)}, Text: func(string) string { return "<-time.After(time.Hour)" }}, ""},
		{"something has just happened", Program{Now: 6 * s, Lanes: []timeline.Lane{waiting("main", "wait group", "main.go:9", 0), passed("a", "sleep", "", 2*s)}}, ""},
		{"one of them sleeps", Program{Now: 6 * s, Lanes: []timeline.Lane{waiting("main", "wait group", "main.go:9", 0), waiting("a", "sleep", "main.go:5", 0)}}, ""},
		{"somebody may connect", Program{Now: 6 * s, Lanes: []timeline.Lane{waiting("main", receives, "main.go:9", 0), library("net/http.(*Server).Serve", "network")}}, ""},
		{"a ticker has come before", Program{Now: 20 * s, Lanes: []timeline.Lane{worked(0)}}, ""},
		{"somebody has sent before, and is gone", Program{Now: 20 * s, Lanes: []timeline.Lane{worked(7)}}, "deadlock  it seems that nothing can go on: the only goroutine waits, main at an unknown place"},
		{"main has returned", Program{Now: 6 * s, Ended: true, Returned: true, Lanes: closed(6*s, waiting("main", receives, "main.go:9", 0))}, ""},

		{"a lock that many wait for", Program{Now: 2 * s, Lanes: []timeline.Lane{timer}, Locks: []timeline.Lock{{Where: "main.go:5", Waits: 40, Total: s, Most: 4, Holder: "worker", Until: "main.go:8"}}},
			"lock main.go:5 up to 4 goroutines at a time wait for the lock at main.go:5, 1s in all; mostly worker has it, until main.go:8"},
		{"not for long", Program{Now: 60 * s, Lanes: []timeline.Lane{timer}, Locks: []timeline.Lock{{Where: "main.go:5", Waits: 40, Total: s, Most: 4}}}, ""},
		{"only two", Program{Now: 2 * s, Lanes: []timeline.Lane{timer}, Locks: []timeline.Lock{{Where: "main.go:5", Waits: 40, Total: s, Most: 2}}}, ""},
		{"a lock that nobody gives back", Program{Now: 4 * s, Lanes: append(each(3, 0, func(at time.Duration) timeline.Lane { return waiting("worker", "lock", "main.go:5", at) }), timer), Locks: []timeline.Lock{{Where: "main.go:5", Waits: 3, Most: 3}}},
			"lock main.go:5 up to 3 goroutines at a time wait for the lock at main.go:5, 12s in all"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range Find(c.p) {
				got = append(got, fmt.Sprintf("%s %s %s", f.Kind, f.Line, f.Message))
				if f.Why == "" || strings.Contains(f.Message, "\n") {
					t.Errorf("no reason, or more than a sentence: %+v", f)
				}
			}
			if text := strings.Join(got, "\n"); text != c.want {
				t.Errorf("found\n%s\nwant\n%s", text, c.want)
			}
		})
	}
}

func TestFindInAScript(t *testing.T) {
	kept := timeline.NewLane("fetch", timeline.NewSpan(timeline.Waiting, 0, s, "sleep", "it.py:3"), timeline.NewSpan(timeline.Ready, s, 1300*ms, "", ""))
	idle := timeline.NewLane("idle", timeline.NewSpan(timeline.Waiting, 0, timeline.Open, "queue", "it.py:4"))
	slow := []timeline.Slow{{Task: "main", Where: "it.py:9", At: s, Took: 300 * ms}}
	for _, c := range []struct {
		name string
		p    Program
		want string
	}{
		{"another one was ready", Program{Script: true, Lanes: []timeline.Lane{kept, idle}, Slow: slow}, "main kept the event loop to itself for 300ms at it.py:9, while another task was ready"},
		{"again and again", Program{Script: true, Lanes: []timeline.Lane{kept, kept}, Slow: append(slow, slow...)}, "main kept the event loop to itself for 300ms at it.py:9, 2 times, while 2 other tasks were ready"},
		{"nobody else wanted to run", Program{Script: true, Lanes: []timeline.Lane{idle}, Slow: slow}, ""},
		{"its own lane does not count", Program{Script: true, Lanes: []timeline.Lane{timeline.NewLane("main", timeline.NewSpan(timeline.Ready, 0, 3*s, "", ""))}, Slow: slow}, ""},
		{"nothing was slow", Program{Script: true, Lanes: []timeline.Lane{kept}}, ""},
	} {
		found := ""
		for _, f := range Find(c.p) {
			found += f.Message
		}
		if found != c.want {
			t.Errorf("%s: found %q, want %q", c.name, found, c.want)
		}
	}
}
