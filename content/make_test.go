package content_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
)

// making is a lesson that offers exercises. Its first page is at line 9.
const making = front + `
## Make it

Write it.

` + "```make" + `
exercises: [order, group]
` + "```" + `

## Before you go on

**In one line:** write it.
`

func TestParseMake(t *testing.T) {
	t.Parallel()
	lesson, err := content.Parse("lesson.md", []byte(making))
	if err != nil {
		t.Fatal(err)
	}
	made, ok := lesson.Pages[0].Make()
	if diff := cmp.Diff(content.Make{Line: 13, Exercises: []string{"order", "group"}}, made); !ok || diff != "" {
		t.Errorf("%v, (-want +got):\n%s", ok, diff)
	}
	if _, ok := lesson.Pages[1].Make(); ok {
		t.Error("the other page offers something")
	}
	for _, tt := range []struct{ old, new, want string }{
		{"exercises: [order, group]", "exercises: []", "x.md:14: make lacks exercises"},
		{"exercises: [order, group]", "exercises: [order, order]", "x.md:14: exercise order is offered twice"},
		{"exercises: [order, group]", `exercises: [" "]`, "x.md:14: exercises is empty"},
		{"exercises: [order, group]", "exercise: [order]", "x.md:14: make: unknown field \"exercise\""},
		{"## Before", "More.\n\n## Before", "x.md:17: the exercises at line 13 must end their page; begin another page here"},
	} {
		if _, err := content.Parse("x.md", []byte(strings.Replace(making, tt.old, tt.new, 1))); err == nil || err.Error() != tt.want {
			t.Errorf("%q: %v, want %s", tt.new, err, tt.want)
		}
	}
}

const anExercise = `---
title: Keep the order
summary: in order
minutes: 5
---
Make ` + "`All`" + ` wait.

## Hint

A hint.

## Hint

Another.

## Solution

Why it is right.
`

func TestParseExercise(t *testing.T) {
	t.Parallel()
	want := content.Exercise{Title: "Keep the order", Summary: "in order", Minutes: 5,
		Task: "Make `All` wait.", Hints: []string{"A hint.", "Another."}, Solution: "Why it is right."}
	got, err := content.ParseExercise("exercise.md", []byte(strings.ReplaceAll(anExercise, "\n", "\r\n")))
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for _, tt := range []struct{ old, new, want string }{
		{"title: Keep the order\n", "", "x.md:1: front matter lacks title"},
		{"minutes: 5", "minutes: 0", "x.md:4: minutes is 0; it must be from 1 to 60"},
		{"## Solution\n", "## The end\n", `x.md:16: "## The end" is no heading of an exercise; they are ## Hint and ## Solution`},
		{"\nA hint.\n", "", "x.md:9: nothing stands below ## Hint"},
		{"## Solution\n\nWhy it is right.\n", "", "x.md:15: an exercise has hints, and ends with ## Solution"},
		{"right.\n", "right.\n\n## Hint\n\nMore.\n", "x.md:20: the solution stands last"},
		{"Why", "Why \x1b[2J", "x.md:18: control character U+001B; write spaces and visible characters only"},
	} {
		_, err := content.ParseExercise("x.md", []byte(strings.Replace(anExercise, tt.old, tt.new, 1)))
		if err == nil || err.Error() != tt.want {
			t.Errorf("%q: %v, want %s", tt.new, err, tt.want)
		}
	}
}
