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
	want := &Verdict{Kind: Order, Line: 3, Seed: 7, Message: "In some runs only, depending on which goroutine goes when: n is 1", Detail: []string{
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
		{state: "chan send", bubble: true, frames: []frame{{"x/given.All.func2.1", "x/given/order.go", 12}}, creator: frame{"x/given.All", "x/given/order.go", 11}},
		{state: "running", bubble: true, frames: []frame{{"x/given.f", "C:/x/given/order.go", 14}}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(goroutine{}, frame{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if at, ok := got[1].at("order.go"); !ok || at.line != 14 {
		t.Errorf("%v, %v", at, ok)
	}
}
