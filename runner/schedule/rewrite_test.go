package schedule

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestRewrite(t *testing.T) {
	t.Parallel()
	const before = `package p // a comment

import "sync"

var n int

func f(c chan int) int {
	n++
	n += 2 * n
	x := n
	n = n + x
	n = 3
	n = f(c)
	n, _ = two()
	n = int(7)
	if n > 0 {
		g(func() { n-- })
	}
	for i := range 3 {
		c <- i
	}
	go g(nil)
	var mu sync.Mutex
	defer mu.Unlock()
	select {
	case v := <-c:
		n = v
	default:
	}
	a.Store(a.Load() + 1)
	h(n, 1<<f(c))
	bits = 1 << bits
	a.CompareAndSwap(a.Load(), 2, f(c)+1)
	k(two())
	ok = ok || n == 1
	ok = n == 1
	return n
}

func g(f func()) {}
`
	const point = "gosyncio_schedule.Point"
	got, err := Rewrite("p.go", []byte(before))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(
		"package p", `package p; import gosyncio_schedule "gosyncio/lessons/verify/schedule"`,
		"\tn++", "\t"+point+"(8); { gosyncio_value := n; "+point+"(8); n = gosyncio_value + 1 }",
		"\tn += 2 * n", "\t"+point+"(9); { gosyncio_value := n; "+point+"(9); n = gosyncio_value + (2 * n) }",
		"\tx := n", "\t"+point+"(10); x := n",
		"\tn = n + x", "\t"+point+"(11); { gosyncio_value := n + x; "+point+"(11); n = gosyncio_value }",
		"\tn = 3", "\t"+point+"(12); n = 3",
		"\tn = f(c)", "\t"+point+"(13); { gosyncio_value0 := f(c); "+point+"(13); n = gosyncio_value0 }",
		"\tn, _ = two()", "\t"+point+"(14); { gosyncio_value0, gosyncio_value1 := two(); "+point+"(14); n, _ = gosyncio_value0, gosyncio_value1 }",
		"\tn = int(7)", "\t"+point+"(15); n = int(7)",
		"\tif n", "\t"+point+"(16); if n",
		"\tg(func() { n-- })", "\t"+point+"(17); g(func() { "+point+"(17); { gosyncio_value := n; "+point+"(17); n = gosyncio_value - 1 } })",
		"\tfor", "\t"+point+"(19); for",
		"\tc <- i", "\t"+point+"(20); c <- i",
		"\tgo g", "\t"+point+"(22); go g",
		"\tselect", "\t"+point+"(25); select",
		"\t\tn = v", "\t\t"+point+"(27); n = v",
		"\ta.Store(a.Load() + 1)", "\t"+point+"(30); { gosyncio_value0 := a.Load() + 1; "+point+"(30); a.Store(gosyncio_value0) }",
		"\th(", "\t"+point+"(31); h(",
		"\tbits", "\t"+point+"(32); bits",
		"\ta.Comp", "\t"+point+"(33); { gosyncio_value0, gosyncio_value1 := a.Load(), f(c)+1; "+point+"(33); a.Comp",
		"Swap(a.Load(), 2, f(c)+1)", "Swap(gosyncio_value0, 2, gosyncio_value1) }",
		"\tk(", "\t"+point+"(34); k(",
		"\tok = ok || n == 1", "\t"+point+"(35); { gosyncio_value := ok || n == 1; "+point+"(35); ok = gosyncio_value }",
		"\tok = n", "\t"+point+"(36); ok = n",
		"\treturn", "\t"+point+"(37); return",
	).Replace(before)
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "p.go", got, 0); err != nil {
		t.Error(err)
	}
	if again, err := Rewrite("p.go", []byte("package p\n")); err != nil || string(again) != "package p\n" {
		t.Errorf("%s, %v", again, err)
	}
}
