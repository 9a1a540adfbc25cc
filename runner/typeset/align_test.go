package typeset

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/lessons"
)

// sideBySide is how two programs stand beside each other.
func sideBySide(left, right string) string {
	lines := Columns(Column{Code: left, Language: "python"}, Column{Code: right, Language: "go"}, 200, false)
	return strings.Join(lines, "\n")
}

func TestLinesThatCorrespondStandInOneRow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, left, right, want string }{
		{
			"a function, its comment above it, and lines of its own",
			"async def say_hello(name):\n    \"\"\"Wait.\"\"\"\n    print(\"started\")\n    await asyncio.sleep(1)",
			"// sayHello waits.\nfunc sayHello(ctx context.Context,\n\tname string) {\n\tdefer region.End()\n" +
				"\tfmt.Println(\"started\")\n\ttime.Sleep(time.Second)\n}",
			`
                           │ // sayHello waits.
async def say_hello(name): │ func sayHello(ctx context.Context,
    """Wait."""            │     name string) {
                           │     defer region.End()
    print("started")       │     fmt.Println("started")
    await asyncio.sleep(1) │     time.Sleep(time.Second)
                           │ }`,
		},
		{
			"functions without a counterpart stand alone",
			"def first():\n    pass\n\ndef pythons():\n    open(1)\n\ndef last():\n    pass",
			"type gos struct{}\n\nfunc First() {\n}\n\nfunc mine() {\n}\n\nfunc Last() {\n}",
			`
               │ type gos struct{}
               │
def first():   │ func First() {
    pass       │ }
               │
def pythons(): │
    open(1)    │
               │
               │ func mine() {
               │ }
               │
def last():    │ func Last() {
    pass       │ }`,
		},
		{
			"a class is not a function",
			"class Loop:\n    timers = []\n\ndef loop():\n    run()",
			"func Loop() {\n\trun()\n}",
			`
class Loop:     │
    timers = [] │
                │
def loop():     │ func Loop() {
    run()       │     run()
                │ }`,
		},
		{
			"of two functions that change places, the one that is more alike",
			"def report():\n    pass\n\ndef gather():\n    results = work()\n    report(results)",
			"func Gather() {\n\tresults := work()\n\treport(results)\n}\n\nfunc report() {\n}",
			`
def report():        │
    pass             │
                     │
def gather():        │ func Gather() {
    results = work() │     results := work()
    report(results)  │     report(results)
                     │ }
                     │
                     │ func report() {
                     │ }`,
		},
		{
			"functions of other names that are much alike",
			"def one_by_one():\n    worker(\"A\")\n    worker(\"B\")",
			"// Sequential calls.\nfunc Sequential() {\n\tworker(\"A\")\n\tworker(\"B\")\n}",
			`
                  │ // Sequential calls.
def one_by_one(): │ func Sequential() {
    worker("A")   │     worker("A")
    worker("B")   │     worker("B")
                  │ }`,
		},
		{
			"the assigned variable rather than a word in passing",
			"def f():\n    results = await gather()\n    worker()",
			"func f() {\n\tresults := make([]string, 2)\n\tvar wg sync.WaitGroup\n\tworker()\n}",
			`
def f():                     │ func f() {
    results = await gather() │     results := make([]string, 2)
                             │     var wg sync.WaitGroup
    worker()                 │     worker()
                             │ }`,
		},
		{
			"no empty places for lines that have nothing in common",
			"def f():\n    a\n    b\n    c",
			"func f() {\n\tx\n\ty\n\tz\n}",
			`
def f(): │ func f() {
    a    │     x
    b    │     y
    c    │     z
         │ }`,
		},
		{
			"an empty line in a function stays",
			"def f():\n    a\n\n    b\n\ndef g():\n    c",
			"func f() {\n\ta\n\tb\n}\n\nfunc g() {\n\tc\n\n\td\n}",
			`
def f(): │ func f() {
    a    │     a
         │
    b    │     b
         │ }
         │
def g(): │ func g() {
    c    │     c
         │
         │     d
         │ }`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), sideBySide(c.left, c.right)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWordsOfTheSameOriginAreEqual(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		left, right string
		equal       bool
	}{
		{"print", "Println", true},
		{"results", "Result", true},
		{"response", "resp", true},
		{"await", "Wait", true},
		{"sleep", "select", false},
		{"a", "b", false},
	} {
		if got := stem(c.left) == stem(c.right); got != c.equal {
			t.Errorf("%s and %s: equal %v, want %v", c.left, c.right, got, c.equal)
		}
	}
}

func TestALineIsTakenApartIntoWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ line, kind, name, assigns, words string }{
		{line: "async def say_hello(url):", kind: "func", name: "sayhello", words: "asyn def hell say url"},
		{line: "func (l *loop) callLater() {", kind: "func", name: "calllater", words: "call func l late loop"},
		{line: "class Slow:", kind: "type", name: "slow", words: "clas slow"},
		{line: "type timers []timer", kind: "type", name: "timers", words: "time type"},
		{line: "    nextPage := urls[0]", assigns: "next", words: "next page urls"},
		{line: "    if a == b:", words: "a b if"},
		{line: `    fmt.Println("was started")`, words: "fmt prin star was"},
		{line: "    def inner():", words: "def inne"},
		{line: "// type loop waits"},
		{line: `    """Wait for it."""`},
	} {
		got := newCodeLine(0, c.line)
		if got.kind != c.kind || got.name != c.name || got.assigns != c.assigns || strings.Join(got.words, " ") != c.words {
			t.Errorf("%s: %+v", c.line, got)
		}
	}
}

// In the lessons a function stands beside the function of its name, and
// the columns stay dense.
func TestTheLessonsProgramsLineUp(t *testing.T) {
	t.Parallel()
	for _, l := range lessons.All() {
		text, err := content.Load(l.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range l.Variants {
			left, err := Python(text.Python, v.Name)
			if err != nil || v.Func == "" {
				continue // a variant that one of them does not have
			}
			right, err := Go(l.Source(), v.Func)
			if err != nil {
				t.Fatal(err)
			}
			checkLessonRows(t, l.ID+" "+v.Name, strings.Split(left.String(), "\n"), strings.Split(right.String(), "\n"))
		}
	}
}

func checkLessonRows(t *testing.T, name string, left, right []string) {
	t.Helper()
	rows := align(left, right)
	checkRows(t, left, right, rows)
	python, golang := map[string]int{}, map[string]int{}
	for i, r := range rows {
		if r.left != none {
			if l := newCodeLine(0, left[r.left]); l.kind != "" {
				python[l.name] = i
			}
		}
		if r.right != none {
			if l := newCodeLine(0, right[r.right]); l.kind == "func" {
				golang[l.name] = i
			}
		}
	}
	apart, alone := 0, 0
	for function, i := range python {
		if j, ok := golang[function]; !ok {
			alone++
		} else if i != j {
			apart++ // the programs have them in another order
		}
	}
	if apart > 1 {
		t.Errorf("%s: %d functions stand apart from their counterparts", name, apart)
	}
	longer := max(len(left), len(right))
	if extra := len(rows) - longer; alone+apart == 0 && extra > max(6, longer/7) {
		t.Errorf("%s: %d rows more than the longer program has lines", name, extra)
	}
}

// checkRows checks what holds for all programs.
func checkRows(t *testing.T, left, right []string, rows []row) {
	t.Helper()
	var gotLeft, gotRight []int
	for i, r := range rows {
		if r.left != none {
			gotLeft = append(gotLeft, r.left)
		}
		if r.right != none {
			gotRight = append(gotRight, r.right)
		}
		if r == (row{none, none}) && (i == 0 || i == len(rows)-1 || rows[i-1] == r) {
			t.Errorf("row %d of %v is empty for nothing", i, rows)
		}
	}
	checkOrder(t, left, gotLeft)
	checkOrder(t, right, gotRight)
	if most := len(left) + len(right) + 1; len(rows) > most {
		t.Errorf("%d rows for %d lines", len(rows), most-1)
	}
}

// checkOrder checks that a program's lines are all there, in order, but
// for empty ones.
func checkOrder(t *testing.T, lines []string, got []int) {
	t.Helper()
	if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("out of order: %v", got)
	}
	for i, line := range lines {
		if line != "" && !slices.Contains(got, i) {
			t.Errorf("line %d is lost: %q", i, line)
		}
	}
}

func FuzzAlign(f *testing.F) {
	f.Add("def f():\n    print(1)\n\n\n    a\n\nb = 1\n", "\n\n// F\nfunc F() {\n    a\n}\n\n\n)\n\ntype b int")
	f.Add("", "a")
	f.Add("a\n\nb\n\nc", "c\n\nb\n\na")
	f.Fuzz(func(t *testing.T, left, right string) {
		if len(left)+len(right) > 2000 {
			return
		}
		l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
		checkRows(t, l, r, align(l, r))
	})
}

func BenchmarkAlign(b *testing.B) {
	golang, err := Go(source(b, "eventloop"), "Loop")
	if err != nil {
		b.Fatal(err)
	}
	left, right := strings.Split(string(testdata(b, "tasks.py")), "\n"), strings.Split(golang.String(), "\n")
	for b.Loop() {
		align(left, right)
	}
}
