package course_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"path"
	runtimetrace "runtime/trace"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/exp/trace"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/typeset"
)

// TestCodeShownIsTheCodeThatRuns runs every variant under the execution
// tracer and wants each function of the lesson in whose body something
// happened to stand, whole and word for word, in the code that the page of
// the variant shows; and the variant's own function to be among them.
func TestCodeShownIsTheCodeThatRuns(t *testing.T) {
	for _, lesson := range lessons.All() {
		for _, variant := range lesson.Variants {
			if variant.Run == nil || variant.Dies != "" {
				continue // only Python has it, or the test would die of it
			}
			if lessontest.Race && slices.Contains(lessontest.FactsOf(t, lesson.ID).Racy, variant.Name) {
				continue
			}
			t.Run(lesson.ID+"/"+variant.Name, func(t *testing.T) {
				shown, err := typeset.Go(lesson.Source(), variant.Func)
				if err != nil {
					t.Fatal(err)
				}
				ran := framesOf(t, "gosyncio/lessons/"+lesson.ID+".", traced(t, lesson, variant))
				if own := "gosyncio/lessons/" + lesson.ID + "." + variant.Func; !slices.ContainsFunc(ran, func(f trace.StackFrame) bool {
					return f.Func == own
				}) {
					t.Errorf("%s is in none of the stacks", own)
				}
				for _, frame := range ran {
					if path.Base(frame.File) != lesson.ID+".go" {
						continue // what a lesson talks to, and measures with, is not shown
					}
					code, err := declarationAt(lesson, frame)
					if err != nil {
						t.Errorf("%s: %v", frame.Func, err)
					} else if !strings.Contains(shown.String(), code) {
						t.Errorf("%s:%d: %s runs and is not shown", path.Base(frame.File), frame.Line, frame.Func)
					}
				}
			})
		}
	}
}

// traced is the execution trace of one run of the variant: in virtual time,
// or in real time if the lesson talks to a server, or the facts say so.
func traced(t *testing.T, lesson lessons.Lesson, variant lessons.Variant) io.Reader {
	facts := lessontest.FactsOf(t, lesson.ID)
	values := lessontest.Set(t, lesson.Defaults(), facts.Settings.Traced)
	if lesson.Serve != nil {
		addr, server, err := lesson.Serve(values)
		if err != nil {
			t.Fatal(err)
		}
		if server != nil {
			defer server.Close()
		}
		values.Server = addr
	}
	run := func(ctx context.Context) error { return variant.Run(ctx, values) }

	var buffer bytes.Buffer
	if err := runtimetrace.Start(&buffer); err != nil {
		t.Fatal(err)
	}
	defer runtimetrace.Stop()
	if lesson.Serve == nil && facts.RealTime.Go[variant.Name] == "" {
		lessontest.InVirtualTime(t, func(ctx context.Context) error {
			defer time.Sleep(time.Hour) // of no length, for those that nobody waits for
			return run(ctx)
		})
	} else {
		lessontest.Output(t, func() {
			if err := run(t.Context()); err != nil {
				t.Errorf("run: %v", err)
			}
		})
	}
	runtimetrace.Stop()
	return &buffer
}

// framesOf are the places in functions with that prefix, once each, that
// occur in the stacks of a trace: of what happened, and of goroutines that
// were started.
func framesOf(t *testing.T, prefix string, r io.Reader) []trace.StackFrame {
	t.Helper()
	reader, err := trace.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	found := map[trace.StackFrame]bool{}
	add := func(stack trace.Stack) {
		for frame := range stack.Frames() {
			if strings.HasPrefix(frame.Func, prefix) {
				frame.PC = 0
				found[frame] = true
			}
		}
	}
	for {
		ev, err := reader.ReadEvent()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if ev.Kind() != trace.EventStateTransition {
			add(ev.Stack())
		} else if transition := ev.StateTransition(); !wasThere(transition) {
			add(ev.Stack())
			add(transition.Stack)
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b trace.StackFrame) int {
		return strings.Compare(fmt.Sprint(a.Func, a.Line), fmt.Sprint(b.Func, b.Line))
	})
}

// wasThere reports whether all that a transition tells is that a goroutine was
// there when the trace began, such as one that a run before has left.
func wasThere(t trace.StateTransition) bool {
	if t.Resource.Kind != trace.ResourceGoroutine {
		return false
	}
	from, _ := t.Goroutine()
	return from == trace.GoUndetermined
}

// declarationAt is the text of the function in the lesson's file in which a
// frame lies, with its doc comment, as pages show it.
func declarationAt(lesson lessons.Lesson, frame trace.StackFrame) (string, error) {
	if base := path.Base(strings.ReplaceAll(frame.File, `\`, "/")); base != lesson.ID+".go" {
		return "", fmt.Errorf("runs in %s:%d, which is not shown at all", base, frame.Line)
	}
	fset := token.NewFileSet()
	source := lesson.Source()
	file, err := parser.ParseFile(fset, "", source, parser.ParseComments)
	if err != nil {
		return "", err
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || frame.Line < uint64(fset.Position(f.Pos()).Line) || frame.Line > uint64(fset.Position(f.End()).Line) {
			continue
		}
		start := f.Pos()
		if f.Doc != nil {
			start = f.Doc.Pos()
		}
		code := string(source[fset.Position(start).Offset:fset.Position(f.End()).Offset])
		return strings.ReplaceAll(code, "\t", "    "), nil
	}
	return "", fmt.Errorf("no function at line %d", frame.Line)
}
