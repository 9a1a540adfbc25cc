package exercise

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gosyncio/runner/environ"
	"gosyncio/runner/schedule"
)

// A Checker checks what the learner makes with the learner's Go. It may be
// used by several goroutines.
type Checker struct {
	environ environ.Environ
	// patient begins with the orders, and then with the race detector, only when
	// all before is well: that takes longer, and costs less if something is wrong.
	patient bool
	// unvetted does without go vet.
	unvetted bool
	// schedules is in how many orders each check is run.
	schedules int
}

// usualSchedules takes a tenth of a second for most exercises.
const usualSchedules = 100

// NewChecker makes one that finds Go in that environment.
func NewChecker(env environ.Environ) *Checker {
	return &Checker{environ: env, schedules: usualSchedules}
}

// Check checks the text of an exercise's file. Builds and runs begin together
// and are ended as soon as the first thing that is wrong is known, or ctx
// ends. The error says that nothing could be checked: it is a *fault.Error if
// there is no Go.
func (c *Checker) Check(ctx context.Context, e Exercise, text []byte) (Verdict, error) {
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	v, err := c.check(ctx, e, text)
	if err != nil {
		return Verdict{}, err
	}
	v.Given = bytes.Equal(text, e.Given())
	v.Code = code(text, v.Line)
	return *v, nil
}

func (c *Checker) check(ctx context.Context, e Exercise, text []byte) (*Verdict, error) {
	src, problem := read(e, text)
	if problem != nil {
		return problem, nil
	}
	j, clear, err := c.prepare(e, src)
	if err != nil {
		return nil, err
	}
	defer clear()
	return j.run(ctx)
}

// prepare writes what is to be built into a folder of its own, which clear
// removes.
func (c *Checker) prepare(e Exercise, src source) (j *job, clear func(), err error) {
	tools, err := findGo(c.environ)
	if err != nil {
		return nil, nil, err
	}
	folder, err := c.Folder()
	if err != nil {
		return nil, nil, err
	}
	clear = func() { os.RemoveAll(folder) }
	tools.environ = append(tools.environ, "GOTMPDIR="+folder, "TMPDIR="+folder) // a build that is ended leaves its own there
	j = &job{exercise: e, src: src, tools: tools, real: filepath.Join(folder, "real"), virtual: filepath.Join(folder, "virtual"), ordered: filepath.Join(folder, "ordered"), checker: c}
	virtual := inVirtualTime(src.text, src.imports)
	ordered, err := schedule.Rewrite(e.FileName(), virtual)
	if err != nil {
		clear()
		return nil, nil, fmt.Errorf("check %s: %w", e.Name, err)
	}
	if err := errors.Join(writeModule(j.real, e, src.text), writeModule(j.virtual, e, virtual), writeModule(j.ordered, e, ordered)); err != nil {
		clear()
		return nil, nil, c.noPlace(err)
	}
	return j, clear, nil
}

// Warm builds what every check needs, so that the first is not slower than
// the others: with the race detector that takes up to a minute where nothing
// was built so before. What it cannot build a check will tell.
func (c *Checker) Warm(ctx context.Context, e Exercise) {
	src, problem := read(e, e.Solution())
	if problem != nil {
		return
	}
	j, clear, err := c.prepare(e, src)
	if err != nil {
		return
	}
	defer clear()
	j.build(ctx, j.real, filepath.Join(j.real, binary("check")), true)
}
