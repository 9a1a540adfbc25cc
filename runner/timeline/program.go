package timeline

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/exp/trace"
)

// A GoProgram is what must be known of a program of the learner's own.
type GoProgram struct {
	// Packages are its import path, and those of its modules: functions of
	// these packages, and of those within them, are its own, as those of main
	// are.
	Packages []string
	// Folders are where its files are: places in them are named from there.
	Folders []string
	// Main is the function that stands for main, with its package.
	Main string
	// Hidden are functions that are not the program's, or with a low line at
	// the end what the names of such functions begin with.
	Hidden []string
	// Wrappers are hidden, too, but not the goroutines that begin in them.
	Wrappers []string
}

// owns reports whether a function is one of the program's own.
func (p *GoProgram) owns(function string) bool {
	if strings.HasPrefix(function, "main.") {
		return true
	}
	for _, pkg := range p.Packages {
		if rest, ok := strings.CutPrefix(function, pkg); ok && rest != "" && strings.ContainsRune("./_", rune(rest[0])) {
			return true
		}
	}
	return false
}

// isLibrary reports whether a function is of the standard library, or of the
// runtime: the first part of whose path has no dot.
func (p *GoProgram) isLibrary(function string) bool {
	folder, _, nested := strings.Cut(function, "/")
	return !p.owns(function) && (!nested || !strings.Contains(folder, "."))
}

// starts reports whether a function is one that starts goroutines for others,
// and is never what they are there for.
func (p *GoProgram) starts(function string) bool {
	return p.isLibrary(function) || strings.HasPrefix(function, "golang.org/x/sync/")
}

// hides reports whether a function is not the program's, but ours.
func (p *GoProgram) hides(function string) bool {
	return slices.Contains(p.Wrappers, function) || p.hidesAll(function)
}

// hidesAll reports whether nothing is shown of a goroutine that begins in a
// function.
func (p *GoProgram) hidesAll(function string) bool {
	if rest, ok := strings.CutPrefix(function, p.Main); ok && p.Main != "" && (rest == "" || rest[0] == '.') {
		return false
	}
	return slices.ContainsFunc(p.Hidden, func(hidden string) bool {
		return function == hidden || strings.HasSuffix(hidden, "_") && strings.HasPrefix(function, hidden)
	})
}

// written is a function by the name that it has in the program's code.
func (p *GoProgram) written(function string) string {
	if rest, ok := strings.CutPrefix(function, p.Main); ok && p.Main != "" && (rest == "" || rest[0] == '.') {
		return "main.main" + rest
	}
	return function
}

// name is how a function is shown: the program's without their package, others
// with its last part.
func (p *GoProgram) name(function string) string {
	function = p.written(function)
	if function == "main.main" {
		return "main"
	}
	if pkg := p.Packages; len(pkg) > 0 {
		for _, start := range []string{pkg[0] + ".", pkg[0] + "_test."} {
			if rest, ok := strings.CutPrefix(function, start); ok {
				function = rest
			}
		}
	}
	name := strings.TrimSuffix(path.Base(function), "-fm") // of a method's value
	return strings.TrimPrefix(strings.ReplaceAll(name, "[...]", ""), "main.")
}

// place is how a file and a line are shown.
func (p *GoProgram) place(frame trace.StackFrame) string {
	file := frame.File
	name := path.Base(filepath.ToSlash(file))
	for _, folder := range p.Folders {
		if rest, ok := strings.CutPrefix(file, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator)); ok {
			name = filepath.ToSlash(rest)
			break
		}
	}
	for _, pkg := range p.Packages { // as -trimpath names files
		if rest, ok := strings.CutPrefix(file, pkg+"/"); ok {
			name = rest
		}
	}
	return fmt.Sprintf("%s:%d", name, frame.Line)
}

// Shown is how a function and a place in it are shown; own is whether they are
// the program's.
func (p *GoProgram) Shown(function, file string, line int) (name, place string, own bool) {
	frame := trace.StackFrame{Func: function, File: file, Line: uint64(line)}
	return p.name(function), p.place(frame), p.owns(function) && !p.hides(function)
}

// where is the innermost place in the program's own code or, where there is
// none, in the first that is not the runtime's.
func (p *GoProgram) where(stack trace.Stack) string {
	other := ""
	for frame := range stack.Frames() {
		switch {
		case p.owns(frame.Func) && !p.hides(frame.Func):
			return p.place(frame)
		case other == "" && !isOf(frame.Func, []string{"runtime.", "internal/", "sync.", "time.", "os.", "syscall."}):
			other = p.place(frame)
		}
	}
	return other
}

// outermost is the outermost function of the program's own in a stack, and the
// one that the stack begins with.
func (p *GoProgram) outermost(stack trace.Stack) (own, root string) {
	for frame := range stack.Frames() {
		if p.owns(frame.Func) && !p.hides(frame.Func) {
			own = frame.Func
		}
		if frame.Func != "runtime.main" && frame.Func != "runtime.goexit" {
			root = frame.Func
		}
	}
	return own, root
}

// appear is a goroutine of a program that is seen for the first time; nil if it
// is one of ours.
func (b *goBuilder) appear(ev trace.Event, change trace.StateTransition, from trace.GoState) *goroutine {
	program := b.own.Program
	own, root := program.outermost(change.Stack)
	if root != "" && program.hidesAll(root) {
		return nil
	}
	g := &goroutine{origin: &Origin{ID: int64(change.Resource.Goroutine()), Function: program.written(root), At: b.at(ev)}}
	if from == trace.GoNotExist {
		if parent := b.goroutines[ev.Goroutine()]; parent != nil && parent.origin != nil {
			b.recognise(parent, ev.Stack())
			g.origin.Parent = parent.origin.ID
			if !parent.former {
				g.label = parent.label
			}
			if parent.function != nil {
				g.origin.By = parent.function.Name
			} else if parent.last != nil {
				g.origin.By = parent.last.Name
			}
		}
		g.origin.Started = program.where(ev.Stack())
	}
	name := root
	switch {
	case own == root && root != "":
	case own != "" && program.starts(root):
		name = own
	case root == "":
		name, g.dubious, g.origin.Library = "goroutine", true, true
	case program.starts(root):
		g.dubious, g.origin.Library = true, true
	}
	g.function = b.timeline.newLane("")
	g.function.Origin = g.origin
	g.name = program.name(name)
	b.rename(g, g.function, b.printable(cmp.Or(g.label, g.name)))
	b.goroutines[change.Resource.Goroutine()] = g
	return g
}

// follow notes who lets a goroutine go on, and finds a better name for one that
// a library began.
func (b *goBuilder) follow(g *goroutine, ev trace.Event, change trace.StateTransition, from, to trace.GoState) {
	b.recognise(g, change.Stack)
	for lane := range g.lanes {
		if lane.open.End == Open && lane.open.State == Waiting && lane.open.Reason() == lockReason {
			b.unlocked(lane.open, ev)
		}
		break
	}
	if to == trace.GoWaiting && g.former {
		b.call(g, "")
	}
	if to == trace.GoWaiting && waitsFor(change.Reason, change.Stack) == lockReason {
		b.locked(b.own.Program.where(change.Stack))
	}
	if from == trace.GoWaiting && to == trace.GoRunnable {
		by, now := int64(ev.Goroutine()), b.at(ev)
		if by < 0 {
			by = 0
		}
		for lane := range g.lanes {
			lane.WokenBy, lane.WokenAt = by, now
		}
	}
}

// recognise finds a better name for a goroutine that a library began, or of
// which it was not seen who did, by a stack of it.
func (b *goBuilder) recognise(g *goroutine, stack trace.Stack) {
	if !g.dubious {
		return
	}
	program := b.own.Program
	own, root := program.outermost(stack)
	switch {
	case root != "" && program.hidesAll(root):
		b.timeline.drop(g.function)
		g.function, g.dubious = nil, false
		return
	case own == "":
		if root != "" && g.origin.Function == "" && g.function != nil {
			origin := *g.origin
			origin.Function, g.origin = program.written(root), &origin
			g.name = program.name(root)
			b.rename(g, g.function, b.printable(cmp.Or(g.label, g.name)))
		}
		return
	}
	g.dubious = false
	origin := *g.origin
	origin.Library, origin.Function = false, cmp.Or(origin.Function, program.written(root))
	g.origin = &origin
	g.name = program.name(own)
	if g.function != nil {
		b.rename(g, g.function, b.printable(cmp.Or(g.label, g.name)))
	}
}

// printable is a name as it is shown.
func (b *goBuilder) printable(name string) string {
	if b.own.Name != nil {
		return b.own.Name(name)
	}
	return name
}

// lanes are those in which the goroutine is shown now.
func (g *goroutine) lanes(yield func(*Lane) bool) {
	if g.function != nil && !yield(g.function) {
		return
	}
	for _, lane := range g.regions {
		if !yield(lane) {
			return
		}
	}
}

// begun names the goroutine that gave the start mark: it is main.
func (b *goBuilder) begun(id trace.GoID) {
	g := b.goroutines[id]
	if g == nil || g.origin == nil || g.function == nil {
		return
	}
	origin := *g.origin
	origin.Library, origin.Function, g.dubious = false, "main.main", false
	g.origin = &origin
	g.name = "main"
	b.rename(g, g.function, cmp.Or(g.label, g.name))
}

// relabel gives a goroutine the name by which it calls itself; "" takes it
// back, when it waits the next time: one that ends soon is remembered by what it
// was there for.
func (b *goBuilder) relabel(id trace.GoID, label string) {
	g := b.goroutines[id]
	if g == nil || g.origin == nil {
		return
	}
	if g.former = label == "" && g.label != ""; !g.former && g.label != label {
		b.call(g, label)
	}
}

// call calls a goroutine by a label; "" is by its function.
func (b *goBuilder) call(g *goroutine, label string) {
	g.label, g.former = label, false
	if g.function == nil {
		return
	}
	b.rename(g, g.function, b.printable(cmp.Or(label, g.name)))
}

// rename names a lane and, in a program of the learner's own, numbers it among
// those of its name.
func (b *goBuilder) rename(g *goroutine, lane *Lane, name string) {
	renamed := lane.Name != name || lane.Origin == nil
	lane.Name = name
	if g.origin == nil {
		return
	}
	origin := *g.origin
	switch {
	case !renamed:
		origin.Number = lane.Origin.Number
	case b.numbers[name] > 0 || len(b.numbers) < mostCauses:
		b.numbers[name]++
		origin.Number = b.numbers[name]
	}
	lane.Origin = &origin
}
