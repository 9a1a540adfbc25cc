package player

import (
	"context"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// outcome is what went wrong in a run whose child has ended and whose streams
// have been read: why it was stopped, how it ended, what was wrong with its
// events. It may be less than the child itself has told.
func (r *Run) outcome(stopped, exit, events error) error {
	err := events
	if exit != nil {
		err = exit
	}
	if stopped != nil && !errors.Is(stopped, context.Canceled) {
		err = stopped
	}
	if !r.begun {
		if err == nil {
			err = errors.New("ended before it was ready")
		}
		return because(err, r.tellEarly())
	}
	dies := r.dies()
	if _, overdue := errors.AsType[*overdueError](stopped); overdue && r.Job.undetected() {
		r.print(time.Now(), fmt.Sprintf("given up after %v: all are asleep, and in a program built with cgo, as this one is, Go does not see it", r.Job.Limit))
		return nil
	}
	r.tellLast()
	if exit != nil {
		line := r.crash()
		if dies == "" || stopped != nil || !strings.HasPrefix(line, dies) {
			return because(err, line)
		}
		r.update(func(s *Status) { s.Died = line })
		return nil // its events break off wherever it was
	}
	if dies != "" && stopped == nil && err == nil {
		return fmt.Errorf("it came to its end this time, and did not die: %s", dies)
	}
	if stopped == nil && !r.Status().told {
		switch {
		case r.Job.Program != nil:
			return errEnded // which broke off its events, wherever they were
		case err == nil:
			return errUntold
		}
	}
	return err
}

// dies is how the line begins in which Go says why the whole process dies; ""
// if the run is not made to show that.
func (r *Run) dies() string {
	if r.Job.Language != Go {
		return ""
	}
	return r.Job.Variant.Dies
}

// tellLast makes of the crash that a run shows its output: what is in the
// lesson's package, and without the arguments of functions, which are bytes.
func (r *Run) tellLast() {
	if len(r.last) == 0 {
		return
	}
	arguments := regexp.MustCompile(`\(.*0x.*\)$`)
	last := r.last
	if r.Job.Program == nil {
		last = ofPackage(last, "gosyncio/lessons/"+r.Job.Lesson.ID)
	}
	for i := range last {
		last[i].Text = arguments.ReplaceAllString(last[i].Text, "(...)")
	}
	r.update(func(s *Status) { s.Output = slices.Concat(s.Output, last) })
}

// errUntold says that a child ended as if all were well, and did not say so.
var errUntold = errors.New("it ended without saying what came of it")

// errEnded says that a learner's program was over before its main was.
var errEnded = errors.New("it ended itself in the middle: does it call os.Exit?")

// because is the error with a reason, if there is one.
func because(err error, reason string) error {
	if reason == "" {
		return err
	}
	return fmt.Errorf("%w: %s", err, reason)
}

// crash is the line in which Go says why the whole program died; "" if it
// did not die. Of what follows, which may be the stacks of
// thousands of goroutines, only the beginning is kept as output.
func (r *Run) crash() (line string) {
	r.update(func(s *Status) {
		if s.told { // it came to its end, whatever it printed
			return
		}
		i := slices.IndexFunc(s.Output, func(line Line) bool { return isCrash(line.Text) })
		if i < 0 {
			line = r.unkept
			return
		}
		line = s.Output[i].Text
		if r.Job.Program != nil {
			s.Output = slices.Concat(s.Output[:i], ofPackage(s.Output[i:], r.Job.Program.Package))
		}
		most := maxEarly
		if r.dies() != "" {
			most = maxCrash
		}
		if more := len(s.Output) - i - most; more > 0 {
			s.Dropped += more
			s.Output = s.Output[:i+most]
		}
	})
	return line
}

// ofPackage are the lines of a crash without what is in other packages than
// this one: who called it, and what that is called.
func ofPackage(crash []Line, pkg string) (lines []Line) {
	for i := 0; i < len(crash); i++ {
		line := crash[i]
		text, created := strings.CutPrefix(line.Text, "created by ")
		isFrame := i+1 < len(crash) && strings.HasPrefix(crash[i+1].Text, "  ") // where it is
		switch {
		case !isFrame:
			lines = append(lines, line)
			continue
		case strings.HasPrefix(text, pkg+"."):
			text = strings.TrimPrefix(text, pkg+".")
			if created {
				text = "created by " + strings.ReplaceAll(text, pkg+".", "")
			}
			where, _, _ := strings.Cut(strings.TrimSpace(crash[i+1].Text), " +0x")
			lines = append(lines, Line{line.At, text}, Line{line.At, "    " + path.Base(where)})
		}
		i++
	}
	return lines
}

// fatalPython begins the line with which Python says that it dies.
const fatalPython = "Fatal Python error: "

// isCrash reports whether Go or Python begins with this line when the whole
// program dies. What follows may be long.
func isCrash(line string) bool {
	return slices.ContainsFunc([]string{"fatal error: ", "panic: ", "runtime: ", "runtime/cgo: ", fatalPython}, func(start string) bool {
		return strings.HasPrefix(line, start)
	})
}
