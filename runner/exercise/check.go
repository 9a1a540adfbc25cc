package exercise

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons/verify"
	"gosyncio/runner/environ"
	"gosyncio/runner/group"
	"gosyncio/runner/schedule"
	"gosyncio/runner/terminal"
)

// A Checker checks what the learner makes with the learner's Go. It may be
// used by several goroutines.
type Checker struct {
	environ environ.Environ
	// patient begins with the race detector only when all else is well: that
	// takes longer, and costs less if something is wrong.
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
	tools.environ = append(tools.environ, "GOTMPDIR="+folder) // a build that is ended leaves its own there
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
	if solved.held && f.verdict == nil && f.err == nil {
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

// Bounds of a process that checks, besides those that it has itself, see
// package verify.
const (
	longest   = 25 * time.Second // what stops the world, or never begins, is not ended from inside
	inOrders  = 60 * time.Second // in many orders
	mostBytes = 4 << 20          // of output
	keptBytes = 32 << 10
)

// errFlood says that a process was ended because of what it printed.
var errFlood = errors.New("too much output")

// execute runs a check that was built, in so many orders, or once for 0.
func (j *job) execute(ctx context.Context, path string, schedules int) (*Verdict, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	longest := longest
	if schedules > 0 {
		longest = inOrders
	}
	timed, stop := context.WithTimeout(ctx, longest)
	defer stop()
	cmd := group.Command(timed, path, "-test.timeout=0")
	cmd.Dir = filepath.Dir(path)
	temp := "TMPDIR=" + cmd.Dir // its own: what it leaves there goes, and by it is found what it leaves running
	cmd.Env = append(slices.Clone(j.tools.environ), "GORACE=atexit_sleep_ms=0 halt_on_error=1", verify.Variable+"="+strconv.Itoa(schedules), "PWD="+cmd.Dir, temp)
	var events bytes.Buffer
	printed := &group.Output{Each: keptBytes, Most: mostBytes, More: func() { cancel(errFlood) }}
	cmd.Stdout, cmd.Stderr = &limited{&events, 4 * mostBytes}, printed
	status, err := group.Run(cmd)
	group.Sweep(temp)
	switch {
	case errors.Is(context.Cause(ctx), errFlood):
		return &Verdict{Kind: Endless, Message: "It prints without an end", Output: outputLines(printed.String())}, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case timed.Err() != nil:
		message := fmt.Sprintf("It was not over after %v", longest)
		if events.Len() == 0 {
			message += ", before its function was called: what does it do when the program begins?"
		}
		return &Verdict{Kind: Endless, Message: message, Output: outputLines(printed.String())}, nil
	case err != nil:
		return nil, j.checker.noPlace(err)
	}
	return j.judge(events.Bytes(), printed.String(), status), nil
}

// judge makes the verdict of what a process reported and printed.
func (j *job) judge(events []byte, printed string, status int) (v *Verdict) {
	name := j.exercise.FileName()
	check, seed := "", uint64(0)
	for line := range bytes.Lines(events) {
		var event verify.Event
		if json.Unmarshal(line, &event) != nil {
			continue // the learner's program can write there, too
		}
		if event.Check != "" {
			check, seed = event.Check, event.Seed
		}
		switch {
		case event.Solved && status == 0:
			return &Verdict{Kind: Solved, Output: outputLines(printed), held: event.Held}
		case event.Kind != "":
			v = j.src.explain(name, event)
		}
		if v != nil {
			break
		}
	}
	output := printed
	if v == nil {
		v, output = j.src.ended(name, printed, status)
		if seed > 0 {
			v.inOrder(seed)
		}
	}
	v.Check, v.Output = check, outputLines(output)
	return v
}

// outputLines are the lines of what a program printed, as they may be shown.
func outputLines(text string) []string {
	text = strings.TrimRight(text, "\n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = clipped(terminal.Printable(line))
	}
	return lines
}

// clipped is a line without what nobody would read of it.
func clipped(line string) string {
	const widest = 500 // columns
	return ansi.Truncate(line, widest, "…")
}

// limited keeps what is written to it up to so many bytes, and drops the
// rest.
type limited struct {
	to   *bytes.Buffer
	room int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.room)
	l.room -= n
	l.to.Write(p[:n])
	return len(p), nil
}
