package exercise

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
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

// tells reports whether there is more to say than that nothing is wrong.
func (f found) tells() bool { return f.verdict != nil || f.err != nil }

// run runs the stages, and tells what they found in the order of telling.
func (j *job) run(ctx context.Context) (*Verdict, error) {
	ctx, stop := context.WithCancel(ctx)
	var stages sync.WaitGroup
	defer stages.Wait() // nobody may use the folder any more
	defer stop()
	begin := func(stage func() (*Verdict, error)) <-chan found {
		c := make(chan found, 1)
		stages.Go(func() {
			v, err := stage()
			c <- found{v, err}
		})
		return c
	}

	built := filepath.Join(j.virtual, binary("check"))
	compiled := begin(func() (*Verdict, error) { return j.build(ctx, j.virtual, built, false) })
	vetted := begin(func() (*Verdict, error) { return j.vet(ctx) })
	order := func() <-chan found { return begin(func() (*Verdict, error) { return j.order(ctx) }) }
	raceBuild := func() <-chan found {
		return begin(func() (*Verdict, error) { return j.build(ctx, j.real, j.raceBinary(), true) })
	}
	var ordered, raceBuilt <-chan found
	if !j.checker.patient {
		ordered, raceBuilt = order(), raceBuild()
	}
	if f := <-compiled; f.tells() {
		return f.verdict, f.err
	}
	ran := begin(func() (*Verdict, error) { return j.execute(ctx, built, 0) })
	if f := <-vetted; f.tells() {
		return f.verdict, f.err
	}
	f := <-ran
	if f.err != nil {
		return nil, f.err
	}
	solved, once, err := j.again(ctx, built, f.verdict)
	if err != nil || solved == nil {
		return once, err
	}
	if j.checker.patient {
		ordered = order()
	}
	switch f := <-ordered; {
	case f.err != nil, f.verdict.is():
		return f.verdict, f.err
	case f.verdict != nil:
		solved.Unchecked = f.verdict.Unchecked
	}
	if j.checker.patient {
		raceBuilt = raceBuild()
	}
	v, err := j.race(ctx, solved, <-raceBuilt)
	if err == nil && v.Kind == Solved && once != nil { // in no other order was it wrong, nor does it race
		once.inOrder(0)
		return once, nil
	}
	return v, err
}

// again runs a check once more that was not solved. If it is now, something is
// wrong in some runs only, and with whichever order the machine happened to
// give: once is what was found then, which the stages to come may tell more of.
// Otherwise solved is nil.
func (j *job) again(ctx context.Context, path string, first *Verdict) (solved, once *Verdict, err error) {
	switch {
	case first.Kind == Solved:
		return first, nil, nil
	case first.endless: // that took long enough
		return nil, first, nil
	}
	second, err := j.execute(ctx, path, 0)
	if err != nil {
		return nil, nil, err
	}
	if second.Kind != Solved {
		return nil, first, nil
	}
	return second, first, nil
}

// is reports whether a verdict is one, and does not only say what could not be
// checked.
func (v *Verdict) is() bool { return v != nil && v.Kind != "" }

// raceBinary is the path of the check with the race detector.
func (j *job) raceBinary() string { return filepath.Join(j.real, binary("check")) }

// race runs the check, solved so far, with the race detector. It is built with
// the standard package sync. Only what cannot run with that in virtual time is
// built with ours, which orders more than the standard one does, so that some
// races are not found.
func (j *job) race(ctx context.Context, solved *Verdict, built found) (*Verdict, error) {
	unchecked := func(f found) (*Verdict, error) {
		if f.verdict != nil { // there is no race detector
			solved.Unchecked = append(solved.Unchecked, f.verdict.Unchecked...)
		}
		return solved, f.err
	}
	if built.tells() {
		return unchecked(built)
	}
	v, err := j.execute(ctx, j.raceBinary(), 0)
	switch {
	case err != nil || v.Kind != Solved && v.Kind != Endless:
		return v, err
	case v.Kind == Solved:
		return solved, nil
	}
	if v, err := j.build(ctx, j.virtual, j.raceBinary(), true); v != nil || err != nil {
		return unchecked(found{v, err})
	}
	if v, err := j.execute(ctx, j.raceBinary(), 0); err != nil || v.Kind != Solved {
		return v, err
	}
	return solved, nil
}

// order runs the check in many orders of the goroutines. A verdict says what
// is wrong in one of them, or that they were not tried.
func (j *job) order(ctx context.Context) (*Verdict, error) {
	path := filepath.Join(j.ordered, binary("check"))
	v, err := j.build(ctx, j.ordered, path, false)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if v != nil || err != nil {
		return &Verdict{Unchecked: []string{"its goroutines' orders were not tried: the file could not be prepared for that", "write what is done in one statement in several, and check again"}}, nil
	}
	v, err = j.execute(ctx, path, j.checker.schedules)
	switch {
	case err != nil || v.Kind == Solved:
		return nil, err
	case v.endless: // its turns are longer than those that the runtime gives it
		return &Verdict{Unchecked: []string{"not all orders of its goroutines were tried: that took too long"}}, nil
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
	case race && noRoom.MatchString(output):
		return nil, j.checker.notBuilt(j.exercise, output)
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

// vetAdvice is what to do about what go vet says in these words.
var vetAdvice = map[string]string{
	"lock value: sync.":                           ". A copy is another one: pass a pointer, or let the closure use the one outside",
	"WaitGroup.Add called from inside":            ". That may be after Wait has looked: call Add before the go statement, or use wg.Go",
	"the cancel function is not used on all":      ". Call it with defer, right where you get it",
	"should be called, not discarded, to avoid a": ". Give it a name, and call it with defer",
}

// remark is the first thing that the go command says of the learner's file;
// nil if it says nothing of that.
func (j *job) remark(kind Kind, output string) *Verdict {
	name := j.exercise.FileName()
	at := regexp.MustCompile(`(?m)^(?:vet: )?\S*?\bgiven[/\\]` + regexp.QuoteMeta(name) + `:(\d+)(?::\d+)?: (.*)$`)
	v := &Verdict{Kind: kind, Voice: Compiler}
	if kind == Vet {
		v.Voice = GoVet
	}
	output = inGoroot.ReplaceAllString(output, "$1")
	output = ourGiven.ReplaceAllString(ourSync.ReplaceAllString(output, "sync."), "")
	output = strings.ReplaceAll(output, ourSyncPath, `"sync"`) // it is imported and not used
	output = quoted.ReplaceAllString(output, "$1.")
	for _, m := range at.FindAllStringSubmatch(output, -1) {
		line, _ := strconv.Atoi(m[1])
		if v.Line == 0 {
			v.Line, v.Message = line, m[2]
		}
		v.Detail = append(v.Detail, fmt.Sprintf("%s:%d: %s", name, line, m[2]))
	}
	if v.Line > 0 {
		for words, advice := range vetAdvice {
			if kind == Vet && strings.Contains(v.Message, words) {
				v.Message += advice
			}
		}
		return v
	}
	if m := regexp.MustCompile(`(?m)\bcheck\.go:\d+:\d+: (.*)$`).FindStringSubmatch(output); m != nil && j.src.doubt != nil {
		return j.src.doubt
	} else if m != nil {
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
