package typeset

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const inGo = `package p

type result int

// detail is
// a detail.
type detail struct {
	a, b int
}

func (d *detail) sum(more int,
	others ...int) (int, error) {
	return d.a, nil
}

// helper helps.
func helper(ctx context.Context, client *http.Client, page string) detail { return detail{} }

func one() result { helper(1); return 1 }

const limit = 3 // at most
const other = 4

func F() { one(); _ = limit; _ = other }

func G() { one(); helper(2) }

func H() { var d detail; d.sum(1) }
`

const inPython = `def helper(
    a,
    b,
):
    return DETAIL

DETAIL = 1  # at most

async def one(*, words: list[str]) -> int:
    return helper()

def f():
    one()

def g():
    one(); helper()
`

// named are the names and distances of the pieces.
func named(code Code) string {
	var names []string
	for _, p := range code {
		names = append(names, fmt.Sprint(p.Name, " ", p.Distance))
	}
	return strings.Join(names, ", ")
}

func TestPiecesHaveNamesAndDistances(t *testing.T) {
	t.Parallel()
	for fn, want := range map[string]string{
		"F": "result 2, detail 2, detail.sum 2, helper 2, one 1, limit 1, other 1, F 0",
		"G": "result 2, detail 2, detail.sum 2, helper 1, one 1, G 0",
		"H": "detail 1, detail.sum 1, H 0",
	} {
		code, err := Go([]byte(inGo), fn)
		if err != nil || named(code) != want {
			t.Errorf("%s: %s, %v, want %s", fn, named(code), err, want)
		}
	}
	for fn, want := range map[string]string{
		"f": "helper 2, DETAIL 2, one 1, f 0",
		"g": "helper 1, DETAIL 2, one 1, g 0",
	} {
		code, err := Python([]byte(inPython), fn)
		if err != nil || named(code) != want {
			t.Errorf("%s: %s, %v, want %s", fn, named(code), err, want)
		}
	}
}

// folding folds the pieces of those names.
func folding(code Code, names ...string) Code {
	for i := range code {
		for _, name := range names {
			code[i].Folded = code[i].Folded || code[i].Name == name
		}
	}
	return code
}

func TestAFoldedPieceIsALine(t *testing.T) {
	t.Parallel()
	golang, err := Go([]byte(inGo), "F")
	if err != nil {
		t.Fatal(err)
	}
	want := "+ type result int\n+ type detail struct\n+ func (d *detail) sum(...) (int, error)\n" +
		"+ func helper(...) detail\n\nfunc one() result { helper(1); return 1 }\n\n+ const limit = 3\n\nconst other = 4\n\n" +
		"func F() { one(); _ = limit; _ = other }"
	if diff := cmp.Diff(want, folding(golang, "result", "detail", "detail.sum", "helper", "limit").String()); diff != "" {
		t.Errorf("Go (-want +got):\n%s", diff)
	}
	if lane, other := (Piece{head: "async def f()"}), (Piece{head: "def f()"}); !lane.Lane() || other.Lane() || golang[0].Lane() {
		t.Error("Lane does not say what is a lane")
	}
	if !golang.Folded() || folding(nil).Folded() {
		t.Error("Folded does not say whether something is folded")
	}
	python, err := Python([]byte(inPython), "f")
	if err != nil {
		t.Fatal(err)
	}
	want = "+ def helper(a, b)\n+ DETAIL = 1\n+ async def one(*, words: list[str]) -> int\n\ndef f():\n    one()"
	if diff := cmp.Diff(want, folding(python, "helper", "DETAIL", "one").String()); diff != "" {
		t.Errorf("Python (-want +got):\n%s", diff)
	}
}

// What corresponds begins in one line, what has no counterpart comes last.
func TestProgramsInTurn(t *testing.T) {
	t.Parallel()
	left := Column{Title: "Python", Language: "python", Code: "def alone():\n    pass\n\ndef worker(name):\n    print(name)\n\nasync def concurrent():\n    worker(1)\n    worker(2)"}
	right := Column{Title: "Go", Language: "go", Code: "func worker(name string) {\n    print(name)\n    // that is\n    // all\n}\n\nfunc Concurrent() {\n    worker(1)\n    worker(2)\n}"}
	l, r := InTurn(left, right, 40, false)
	if len(l) != len(r) {
		t.Errorf("%d lines and %d", len(l), len(r))
	}
	var rows []string
	for i := range l {
		rows = append(rows, l[i]+" | "+r[i])
	}
	want := []string{
		"Python ──────────────── | Go ───────────────────────",
		"def worker(name): | func worker(name string) {",
		"    print(name) |     print(name)",
		" |     // that is",
		" |     // all",
		" | }",
		" | ",
		"async def concurrent(): | func Concurrent() {",
		"    worker(1) |     worker(1)",
		"    worker(2) |     worker(2)",
		" | }",
		" | ",
		"def alone(): | ",
		"    pass | ",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if Fit(left, right, 40) || !Fit(left, right, 80) || !Fit(left, Column{}, 10) {
		t.Error("Fit does not say whether they stand beside each other")
	}
	l, r = InTurn(Column{Title: "Python", Language: "python", Code: "x = 1"}, Column{Title: "Go", Language: "go", Code: "type t int"}, 40, false)
	if len(l) != len(r) || len(l) == 0 {
		t.Errorf("%q and %q", l, r)
	}
}
