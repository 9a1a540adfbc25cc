package typeset

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"gosyncio/lessons"
	"gosyncio/runner/golden"

	"github.com/google/go-cmp/cmp"
)

func TestGoCutsEveryVariantOfTheLessons(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.All() {
		for _, v := range l.Variants {
			if v.Func == "" {
				continue // only Python has it
			}
			pieces, err := Go(l.Source(), v.Func)
			if err != nil {
				t.Fatal(err)
			}
			code := pieces.String()
			checkComplete(t, string(l.Source()), code)
			if !strings.Contains(code, "\nfunc "+v.Func+"(") || strings.Contains(code, "\t") {
				t.Errorf("%s %s:\n%s", l.ID, v.Name, code)
			}
		}
	}
}

func TestGoCutsALesson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lesson, fn string }{
		{"tasks", "Concurrent"}, {"eventloop", "Concurrent"}, {"eventloop", "Loop"}, {"fetch", "Sequential"},
	} {
		code, err := Go(source(t, c.lesson), c.fn)
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, "go-"+c.lesson+"-"+strings.ToLower(c.fn), code.String())
	}
}

// checkComplete checks that code is Go and uses nothing of the file that
// it was cut from without having it.
func checkComplete(t *testing.T, source, code string) {
	t.Helper()
	fset := token.NewFileSet()
	whole, err := parser.ParseFile(fset, "", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := parser.ParseFile(fset, "", "package p\n"+code, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, code)
	}
	top := map[string]bool{}
	for _, d := range whole.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			top[d.Name.Name] = d.Recv == nil
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					top[s.Name.Name] = true
				case *ast.ValueSpec:
					for _, name := range s.Names {
						top[name.Name] = true
					}
				}
			}
		}
	}
	for _, name := range cut.Unresolved {
		if top[name.Name] {
			t.Errorf("%s is missing in\n%s", name.Name, code)
		}
	}
}

const program = `// Package p is left out.
package p

import (
	"fmt"
	other "example.com/not/there"
)

// limit is how many.
const limit = 3 // at most

const (
	red = iota
	green
)

var count, total int

// helper helps.
func helper() int { return limit }

// This stands alone.

type list[T any] []T

func (l list[T]) len() int { return len(l) + depth() }
func (l *list[T]) push(t T) {
	*l = append(*l, t)
}

func depth() int {
	return 0
}

type pair struct{ helper, count int }

func Plain() { fmt.Println("helper", "limit") /* helper */ }

func Calls() int { return helper() }

func Generic() { var l list[int]; _ = l }

func Group() int { return green }

func Shadowed(helper func()) {
	count := 1
	for limit := range count {
		helper()
		_ = limit
	}
}

func Fields() any { return pair{helper: 1, count: 2}.count }

func ForeignFields() any { return other.Thing{helper: 1, count: 2}.helper }

func Through() { other.Do(func() { go other.Each(func(any) { count++ }) }) }

func Loops() { Loops2() }

func Loops2() { Loops() }

func (p pair) Method() {}
`

func TestGoCutsWhatIsUsed(t *testing.T) {
	t.Parallel()
	helper := "// limit is how many.\nconst limit = 3 // at most\n\n// helper helps.\nfunc helper() int { return limit }\n\n"
	pair := "type pair struct{ helper, count int }\n\n"
	for _, c := range []struct{ fn, want string }{
		{"Plain", "func Plain() { fmt.Println(\"helper\", \"limit\") /* helper */ }"},
		{"Calls", helper + "func Calls() int { return helper() }"},
		{"Generic", "type list[T any] []T\n\nfunc (l list[T]) len() int { return len(l) + depth() }\n" +
			"func (l *list[T]) push(t T) {\n    *l = append(*l, t)\n}\n\nfunc depth() int {\n    return 0\n}\n\n" +
			"func Generic() { var l list[int]; _ = l }"},
		{"Group", "const (\n    red = iota\n    green\n)\n\nfunc Group() int { return green }"},
		{"Shadowed", "func Shadowed(helper func()) {\n    count := 1\n    for limit := range count {\n" +
			"        helper()\n        _ = limit\n    }\n}"},
		{"Fields", pair + "func Fields() any { return pair{helper: 1, count: 2}.count }\n\nfunc (p pair) Method() {}"},
		{"ForeignFields", "func ForeignFields() any { return other.Thing{helper: 1, count: 2}.helper }"},
		{"Through", "var count, total int\n\nfunc Through() { other.Do(func() { go other.Each(func(any) { count++ }) }) }"},
		{"Loops", "func Loops() { Loops2() }\n\nfunc Loops2() { Loops() }"},
	} {
		t.Run(c.fn, func(t *testing.T) {
			t.Parallel()
			got, err := Go([]byte(program), c.fn)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestGoWantsAFunctionOfAGoFile(t *testing.T) {
	t.Parallel()
	for source, fn := range map[string]string{
		program:                    "Method",
		"package p\nvar F func()":  "F",
		"package p\n":              "F",
		"package p\nfunc F() { (":  "F",
		"def F():\n    return 1\n": "F",
	} {
		if code, err := Go([]byte(source), fn); err == nil {
			t.Errorf("%s: %q", fn, code)
		}
	}
}
