package exercise

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// A job is one check of one text.
type job struct {
	exercise Exercise
	src      source
	tools    toolchain
	checker  *Checker
	// The modules: with the standard package sync, with the one for virtual
	// time, and with that and points, see package schedule.
	real, virtual, ordered string
}

// found is what a stage of a job found; a nil verdict says that nothing is
// wrong so far.
type found struct {
	verdict *Verdict
	err     error
}

// begin runs a stage in the background.
func begin(stage func() (*Verdict, error)) <-chan found {
	c := make(chan found, 1)
	go func() {
		v, err := stage()
		c <- found{v, err}
	}()
	return c
}

// run runs the stages, and tells what they found in the order of telling.
func (j *job) run(ctx context.Context) (*Verdict, error) {
	ctx, stop := context.WithCancel(ctx)
	built, raceBuilt := filepath.Join(j.virtual, binary("check")), filepath.Join(j.real, binary("check"))
	compiled := begin(func() (*Verdict, error) { return j.build(ctx, j.virtual, built, false) })
	vetted := begin(func() (*Verdict, error) { return j.vet(ctx) })
	compileRace := func() (*Verdict, error) { return j.build(ctx, j.real, raceBuilt, true) }
	order := func() (*Verdict, error) { return j.order(ctx) }
	stages := []<-chan found{compiled, vetted}
	if !j.checker.patient {
		stages = append(stages, begin(order), begin(compileRace))
	}
	next := func() found {
		f := <-stages[0]
		stages = stages[1:]
		return f
	}
	defer func() { // nobody may use the folder any more
		stop()
		for len(stages) > 0 {
			next()
		}
	}()

	if f := next(); f.verdict != nil || f.err != nil { // compiled
		return f.verdict, f.err
	}
	ran := begin(func() (*Verdict, error) { return j.execute(ctx, built, 0) })
	stages = append([]<-chan found{vetted, ran}, stages[1:]...)
	if f := next(); f.verdict != nil || f.err != nil { // vetted
		return f.verdict, f.err
	}
	f := next()
	if f.err != nil || f.verdict.Kind != Solved {
		return f.verdict, f.err
	}
	solved := f.verdict
	if j.checker.patient {
		stages = append(stages, begin(order), begin(compileRace))
	}
	if f := next(); f.verdict != nil || f.err != nil { // in order
		return f.verdict, f.err
	}
	f = next()
	if (solved.held || j.src.outlasts) && f.verdict == nil && f.err == nil {
		f.verdict, f.err = j.build(ctx, j.virtual, raceBuilt, true)
	}
	switch {
	case f.err != nil:
		return nil, f.err
	case f.verdict != nil: // there is no race detector
		solved.Unchecked = f.verdict.Unchecked
		return solved, nil
	}
	return j.execute(ctx, raceBuilt, 0)
}

// order runs the check in many orders of the goroutines. A verdict says what
// is wrong in one of them. What cannot be built with points is not tried.
func (j *job) order(ctx context.Context) (*Verdict, error) {
	path := filepath.Join(j.ordered, binary("check"))
	v, err := j.build(ctx, j.ordered, path, false)
	if v != nil || err != nil {
		return nil, ctx.Err()
	}
	v, err = j.execute(ctx, path, j.checker.schedules)
	if err != nil || v.Kind == Solved || v.Kind == Endless && v.Seed == 0 { // all orders together took too long, or printed too much
		return nil, err
	}
	return v, nil
}

// vet runs go vet. What does not compile is not its business.
func (j *job) vet(ctx context.Context) (*Verdict, error) {
	if j.checker.unvetted {
		return nil, nil
	}
	output, ok, err := j.tools.run(ctx, j.real, nil, "vet", "./"+strings.TrimSuffix(j.exercise.GivenPath(), "/"+j.exercise.FileName()))
	if ok || err != nil || strings.Contains(output, "\nvet: ") {
		return nil, err
	}
	return j.remark(Vet, output), nil
}

// build builds the test of a module. A verdict says that it does not compile
// or, with the race detector, what keeps that from being built here.
func (j *job) build(ctx context.Context, module, to string, race bool) (*Verdict, error) {
	args := []string{"test", "-c", "-trimpath", "-vet=off", "-ldflags=-s -w", "-o", to,
		"-gcflags=gosyncio/" + path.Dir(j.exercise.GivenPath()) + "=-l"} // inlined, a closure is called after the check
	var env []string
	if race {
		args, env = append(args, "-race"), []string{"CGO_ENABLED=1"}
	}
	output, ok, err := j.tools.run(ctx, module, env, append(args, "./"+j.exercise.CheckPackage())...)
	switch {
	case err != nil || ok:
		return nil, err
	case race:
		return &Verdict{Unchecked: noRace(output)}, nil
	}
	if v := j.remark(Compile, output); v != nil {
		return v, nil
	}
	return nil, j.checker.notBuilt(j.exercise, output)
}

// What the go command says of the package that stands for sync, and of the
// learner's own.
var (
	ourSync  = regexp.MustCompile(`"?gosyncio/lessons/verify/sync"?\.`)
	inGoroot = regexp.MustCompile(`(?m)(is not in std) \(.*\)$`)         // where it was looked for
	quoted   = regexp.MustCompile(`"([a-z][a-z0-9]*(?:/[a-z0-9]+)*)"\.`) // a package, as in "sync".WaitGroup
	ourGiven = regexp.MustCompile(`"?gosyncio/lessons/[a-z]+/exercises/[a-z0-9]+/given"?\.`)
)

// remark is the first thing that the go command says of the learner's file;
// nil if it says nothing of that.
func (j *job) remark(kind Kind, output string) *Verdict {
	name := j.exercise.FileName()
	at := regexp.MustCompile(`(?m)^(?:vet: )?\S*?\bgiven[/\\]` + regexp.QuoteMeta(name) + `:(\d+)(?::\d+)?: (.*)$`)
	v := &Verdict{Kind: kind}
	output = inGoroot.ReplaceAllString(output, "$1")
	output = ourGiven.ReplaceAllString(ourSync.ReplaceAllString(output, "sync."), "")
	output = quoted.ReplaceAllString(output, "$1.")
	for _, m := range at.FindAllStringSubmatch(output, -1) {
		line, _ := strconv.Atoi(m[1])
		if v.Line == 0 {
			v.Line, v.Message = line, m[2]
		}
		v.Detail = append(v.Detail, fmt.Sprintf("%s:%d: %s", name, line, m[2]))
	}
	if v.Line > 0 {
		return v
	}
	if m := regexp.MustCompile(`(?m)\bcheck\.go:\d+:\d+: (.*)$`).FindStringSubmatch(output); m != nil {
		return &Verdict{Kind: kind, Message: "The check uses something of the file that is not as it was given: " + m[1]}
	}
	return nil
}

// noRace says why there is no race detector here.
func noRace(output string) []string {
	next := "see go help build for where -race works"
	if strings.Contains(output, "C compiler") || strings.Contains(output, "gcc") || strings.Contains(output, "cgo") {
		next = "install a C compiler, such as gcc, and check again"
	}
	return []string{"races were not looked for: " + telling(output), next}
}
