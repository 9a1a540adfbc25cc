package exercise

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/verify"
	"gosyncio/lessons/verify/schedule"
)

// An order that is wrong is drawn as lanes.
func TestLanesOfAnOrder(t *testing.T) {
	t.Parallel()
	src := source{text: []byte("package p\n\nfunc Add() {\n\tgo add()\n\tn++\n}\n"), functions: map[string]function{"Add": {line: 3}}}
	event := verify.Event{Kind: verify.Wrong, Func: "Add", Message: "n is 1", Seed: 7,
		Steps: []schedule.Step{{Goroutine: 0, Line: 4}, {Goroutine: 2, Line: 5}, {Goroutine: 1, Line: 5}, {Goroutine: 2, Line: 5}}}
	v := src.explain("p.go", event)
	want := &Verdict{Kind: Order, Voice: Lanes, Line: 3, Seed: 7, Message: "In some runs only, depending on which goroutine goes when: n is 1", Detail: []string{
		"Add  G1   G2",
		"4              go add()",
		"     5         n++",
		"          5    n++",
		"     5         n++",
	}}
	if diff := cmp.Diff(want, v, cmp.AllowUnexported(Verdict{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for range 40 {
		event.Steps = append(event.Steps, schedule.Step{Goroutine: len(event.Steps), Line: 5})
	}
	lines := src.explain("p.go", event).Detail
	if len(lines) > 20 || lines[1] != "..." || !strings.HasSuffix(lines[len(lines)-1], "n++") {
		t.Errorf("many:\n%s", strings.Join(lines, "\n"))
	}
}

// What a panic, or a lock of ours, prints is read in whatever form it comes.
func TestParseStacks(t *testing.T) {
	t.Parallel()
	got := parseStacks(`goroutine 26 [chan send (durable), synctest bubble 2]:
x/given.All.func2.1()
	x/given/order.go:12 +0x1e
created by x/given.All in goroutine 25
	x/given/order.go:11 +0x5f

goroutine 10 gp=0x2 m=2 mp=0x3 [running, synctest bubble 1]:
x/given.f(0x2aaa76?)
	C:\x\given\order.go:14 +0x29 fp=0x1 sp=0x2 pc=0x3
`)
	want := []goroutine{
		{state: "chan send", bubble: true, durable: true, frames: []frame{{"x/given.All.func2.1", "x/given/order.go", 12}}, creator: frame{"x/given.All", "x/given/order.go", 11}},
		{state: "running", bubble: true, frames: []frame{{"x/given.f", "C:/x/given/order.go", 14}}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(goroutine{}, frame{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if at, ok := got[1].at("order.go"); !ok || at.line != 14 {
		t.Errorf("%v, %v", at, ok)
	}
}

// What does not end is told by who computes, or by who waits for something
// that cannot come in virtual time.
func TestWhatDoesNotEnd(t *testing.T) {
	t.Parallel()
	const (
		computes = "goroutine 8 [runnable, synctest bubble 1]:\ngosyncio/given.All.func1(...)\n\tgosyncio/given/order.go:1\ncreated by gosyncio/given.All in goroutine 7\n\tgosyncio/given/order.go:10 +0x1\n\n"
		stopped  = "goroutine 9 [sync.WaitGroup.Wait, synctest bubble 1]:\ngosyncio/given.All(...)\n\tgosyncio/given/order.go:13 +0x1\n\n"
		outside  = "goroutine 9 [IO wait, synctest bubble 1]:\ngosyncio/given.All(...)\n\tgosyncio/given/order.go:14 +0x1\n\n"
		waits    = "goroutine 7 [chan receive (durable), synctest bubble 1]:\ngosyncio/given.All(...)\n\tgosyncio/given/order.go:16 +0x1\n\n"
	)
	for _, tt := range []struct {
		name, stacks string
		line         int
		says         string
	}{
		{"a loop with nothing in it has no line", waits + computes, 10, "what it was"},
		{"a WaitGroup from outside virtual time", waits + stopped, 13, "Here it waits for a WaitGroup, which was made before All was called"},
		{"a WaitGroup from outside virtual time, and one who computes", stopped + computes, 10, "what it was"},
		{"a connection", outside, 14, "what it was"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			src := source{functions: map[string]function{"All": {line: 8}}}
			v := src.explain("order.go", verify.Event{Kind: verify.Endless, Func: "All", Message: "what it was", Stacks: tt.stacks})
			if v.Line != tt.line || !strings.Contains(v.Message, tt.says) || strings.Contains(strings.Join(v.Detail, " "), "order.go:1 ") {
				t.Errorf("%+v, want line %d and %q", v, tt.line, tt.says)
			}
		})
	}
}

// A line that fills screens is cut.
func TestLongLinesAreCut(t *testing.T) {
	t.Parallel()
	const most = 500
	long := strings.Repeat("x", 1<<20)
	if lines := outputLines(long + "\nshort\n"); len(lines) != 2 || len([]rune(lines[0])) != most || lines[1] != "short" {
		t.Errorf("%d lines, the first of %d", len(lines), len(lines[0]))
	}
	if got := code([]byte("package x\n"+long), 2); len([]rune(got)) != most {
		t.Errorf("a line of code has %d", len(got))
	}
}
