package practice

import (
	"fmt"
	"strings"

	"gosyncio/runner/exercise"
	"gosyncio/runner/terminal"
)

// headline is a verdict in a word or two.
func headline(kind exercise.Kind) string {
	switch kind {
	case exercise.Compile:
		return "does not compile"
	case exercise.Vet:
		return "go vet objects"
	case exercise.Wrong:
		return "wrong"
	case exercise.Slow:
		return "too slow"
	case exercise.Leak:
		return "a goroutine leaks"
	case exercise.Panic:
		return "it panics"
	case exercise.Endless:
		return "it does not end"
	case exercise.Order:
		return "wrong in some runs"
	case exercise.Race:
		return "data race"
	}
	return string(kind)
}

// source says whose words the details of a verdict are, and how to read them;
// "" if that needs no word.
func source(v exercise.Voice) string {
	switch v {
	case exercise.Ours:
		return ""
	case exercise.Compiler:
		return "the compiler says:"
	case exercise.GoVet:
		return "go vet says:"
	case exercise.Lanes:
		return "one such run, from top to bottom: a column for each goroutine, with the line that it does in its turn (one that reads and then writes takes two turns):"
	case exercise.RaceDetector:
		return "the race detector says which goroutine did what, and where, the innermost function first:"
	}
	return "the runtime says what a goroutine does, in brackets, and where, the innermost function first:"
}

// sentence ends in a full stop, if it does not end in a sign already.
func sentence(text string) string {
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return text + "."
}

// Lines are a verdict, set for a width in columns.
func Lines(v exercise.Verdict, style terminal.Style, width int) []string {
	const indent, mostOutput = 2, 8
	mark, head := "✗ ", style.Bad(headline(v.Kind))
	if v.Kind == exercise.Solved {
		mark, head = "✓ ", style.Good(headline(v.Kind))
	}
	if v.Line > 0 {
		head += fmt.Sprintf(", line %d", v.Line)
	}
	if v.Check != "" && v.Kind != exercise.Solved {
		head += ", when " + v.Check
	}
	lines := terminal.Wrap(mark+head, 0, width)
	if v.Code != "" {
		lines = append(lines, fmt.Sprintf("%*s%4d  %s", indent, "", v.Line, style.Title(terminal.Printable(v.Code))))
	}
	if v.Message != "" {
		lines = append(lines, terminal.Wrap(sentence(terminal.Printable(v.Message)), indent, width)...)
	}
	if v.Given && v.Kind != exercise.Solved {
		lines = append(lines, terminal.Wrap("You have not changed the file yet.", indent, width)...)
	}
	if len(v.Detail) > 0 && !v.Given { // the task is what counts, before anything is written
		lines = append(lines, "")
		if said := source(v.Voice); said != "" {
			for _, line := range terminal.Wrap(said, indent, width) {
				lines = append(lines, style.Faint(line))
			}
		}
		for _, line := range v.Detail {
			lines = append(lines, style.Faint(strings.Repeat(" ", 2*indent)+terminal.Printable(line)))
		}
	}
	if len(v.Output) > 0 {
		lines = append(lines, "", style.Faint("  it printed:"))
		for _, line := range v.Output[:min(len(v.Output), mostOutput)] {
			lines = append(lines, strings.Repeat(" ", 2*indent)+terminal.Printable(line))
		}
		if more := len(v.Output) - mostOutput; more > 0 {
			lines = append(lines, style.Faint(fmt.Sprintf("    and %d lines more", more)))
		}
	}
	if len(v.Unchecked) > 0 {
		lines = append(lines, "")
		for _, line := range v.Unchecked {
			lines = append(lines, terminal.Wrap(style.Warning(terminal.Printable(line)), indent, width)...)
		}
	}
	return lines
}
