package stage

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/fault"
	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
)

// A Note is something to say below the timelines.
type Note struct {
	Text  string
	Brief string // where there is little room; "" is Text
}

// terse is how notes are said.
type terse int

const (
	inFull    terse = iota
	inBrief         // in as many lines as that takes
	inOneLine       // each
)

// noteLines are the notes in lines that fit.
func (s Scene) noteLines(how terse) (lines []string) {
	for _, note := range s.Notes {
		text := note.Text
		if how > inFull {
			text = cmp.Or(note.Brief, text)
		}
		if how < inOneLine {
			text = ansi.Wordwrap(text, max(s.Width-2, 1), "")
		}
		for line := range strings.SplitSeq(text, "\n") {
			lines = append(lines, " "+line)
		}
	}
	return lines
}

// busy is said of runs from which others took the CPUs.
const busy = "this machine was busy, run it again: these times say nothing"

// cut is said of runs that did more than is kept.
const cut = "there was more than a timeline can hold: its lanes are not all, or end early"

func wasCut(s player.Snapshot) bool {
	return slices.ContainsFunc(s.Present(), func(r player.Recording) bool { return r.Cut })
}

// notes are what stands below the timelines. What was predicted is marked
// in s.
func (l *Live) notes(s *Scene, snapshot player.Snapshot, over bool) (notes []Note) {
	if p := l.expected; p != nil {
		mark, kind := p.Mark()
		for i, panel := range s.Panels {
			if panel.Job.Kind() == kind {
				s.Panels[i].Mark = mark
			}
		}
		for _, text := range p.Notes(snapshot, over) {
			notes = append(notes, Note{Text: text})
		}
	}
	if note := costNote(snapshot); over && note.Text != "" && s.compact() {
		notes = append(notes, note)
	}
	if over && snapshot.Busy() {
		notes = append(notes, Note{Text: busy})
	}
	if over && wasCut(snapshot) {
		notes = append(notes, Note{Text: cut})
	}
	if missing := snapshot.Missing(); missing != nil {
		notes = append(notes, Note{Text: "nothing in Python: " + missing.What}, Note{Text: missing.Next})
	}
	if oneAtATime(snapshot) {
		const inTurn = "run one after the other"
		note := Note{Text: inTurn + ", for they would take the CPUs from each other", Brief: inTurn}
		if snapshot.Ended {
			note.Text, note.Brief = note.Text+"; played together", note.Brief+"; played together"
		}
		notes = append(notes, note)
	}
	if l.slowness > 1 && snapshot.Ended && !over {
		notes = append(notes, Note{Text: fmt.Sprintf("played %d times slower than it ran", l.slowness)})
	}
	if l.said != "" {
		notes = append(notes, Note{Text: l.said})
	}
	return notes
}

// Notes are what there is to say of the runs once they have ended, or why
// they could not be started.
func (l *Live) Notes() []string {
	switch {
	case l.err != nil:
		return l.failure()
	case !l.Ended():
		return nil
	}
	var texts []string
	for _, note := range l.notes(&Scene{}, l.Snapshot(), true) {
		texts = append(texts, note.Text)
	}
	return texts
}

// failure is why the runs could not be started, and what to do next.
func (l *Live) failure() []string {
	notes := []string{l.options.Palette.Bad(terminal.Printable(l.err.Error()))}
	if e, ok := errors.AsType[*fault.Error](l.err); ok && e.Next != "" {
		notes = append(notes, terminal.Printable(e.Next))
	}
	return notes
}
