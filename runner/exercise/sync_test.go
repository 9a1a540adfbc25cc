package exercise

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A lock that is held while time goes on can be checked, and what it guards is
// free of races.
func TestALockIsHeldOverASleep(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	const text = `package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string, ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			answers[i] = ask(ctx, name)
		})
	}
	wg.Wait()
	return answers
}
`
	if v := check(t, order, text); v.Kind != Slow || v.Line != 16 {
		t.Errorf("%+v", v)
	}
	read := strings.Replace(strings.ReplaceAll(text, "mu.Lock", "mu.RLock"), "sync.Mutex", "sync.RWMutex", 1)
	if v := check(t, order, strings.Replace(read, "mu.Unlock", "mu.RUnlock", 1)); v.Kind != Solved {
		t.Errorf("%+v", v)
	}
}

// A WaitGroup in a package variable is like any other, also for the race
// detector.
func TestAWaitGroupOfThePackage(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	const text = `package order

import (
	"context"
	"sync"
)

var wg sync.WaitGroup

func All(ctx context.Context, names []string, ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	asked := 0
	for i, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			answers[i] = ask(ctx, name)
			asked++
		}()
	}
	wg.Wait()
	return answers
}
`
	lines := strings.SplitAfter(text, "\n")
	without := func(line string) string {
		i := slices.Index(lines, line+"\n")
		return strings.Join(slices.Concat(lines[:i], []string{"\n"}, lines[i+1:]), "")
	}
	for _, tt := range []struct {
		name, text string
		kind       Kind
		line       int
		says       string
	}{
		{"a race", strings.Replace(text, "return answers", "_ = asked\n\treturn answers", 1), Race, 18, "A goroutine"},
		{"no race", strings.Replace(without("\t\t\tasked++"), "asked := 0", "", 1), Solved, 0, ""},
		{"no Done", strings.Replace(without("\t\t\tdefer wg.Done()"), "asked := 0", "asked := 0\n\t_ = asked", 1), Deadlock, 22, "Nobody can go on: here All waits for a WaitGroup"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if v := check(t, order, tt.text); v.Kind != tt.kind || v.Line != tt.line || !strings.HasPrefix(v.Message, tt.says) {
				t.Errorf("%+v", v)
			}
		})
	}
}

// What panics in some orders only is told with the order's seed.
func TestAPanicInSomeOrders(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	v := check(t, order, `package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string, ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	done := make(chan struct{})
	closed := false
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			answers[i] = ask(ctx, name)
			mu.Lock()
			first := !closed
			mu.Unlock()
			if first {
				close(done)
			}
			mu.Lock()
			closed = true
			mu.Unlock()
		})
	}
	wg.Wait()
	return answers
}
`)
	if v.Kind != Order || v.Seed == 0 || v.Line != 21 || v.Message != "In some runs only, depending on which goroutine goes when: panic: close of closed channel" {
		t.Errorf("%+v", v)
	}
}

// Who reads a lock at the same time as others may not write what it guards,
// wherever the lock and the WaitGroup stand.
func TestReadersThatWrite(t *testing.T) {
	t.Parallel()
	e, err := Find("pages")
	if err != nil {
		t.Fatal(err)
	}
	const text = `package pages

import (
	"context"
	"sync"
)

type Page struct {
	URL  string
	Body string
	Err  error
}

type Fetch func(ctx context.Context, url string) (string, error)

var mu sync.RWMutex

func All(ctx context.Context, urls []string, fetch Fetch) []Page {
	m := map[int]Page{}
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			body, err := fetch(ctx, url)
			mu.RLock()
			m[i] = Page{url, body, err}
			mu.RUnlock()
		})
	}
	wg.Wait()
	var all []Page
	for i := range urls {
		all = append(all, m[i])
	}
	return all
}
`
	if v := check(t, e, text); v.Kind != Race || v.Line != 25 {
		t.Errorf("%+v", v)
	}
}

// What spins is no worse for being checked in every order, and a context may
// be called as one likes.
func TestWhatSpins(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]string{"tally": "spin", "order": "alias"} {
		e, err := Find(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(testdata(e), "others", other+".go"))
		if err != nil {
			t.Fatal(err)
		}
		if v := check(t, e, string(text)); v.Kind != Solved || len(v.Unchecked) > 0 {
			t.Errorf("%s: %+v", other, v)
		}
	}
}

// What is wrong in one run and not in the next depends on which goroutine goes
// when, on a busy machine too: it is told as such, with an order if the orders
// have one in which it is wrong. Here the first of several processes is wrong,
// whatever the machine does.
func TestWrongInTheFirstRunOnly(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, folder string // of which the first process is wrong
		seeds        bool
	}{
		{"and in an order", "os.TempDir()", true}, // those of the orders have another
		{"and never again", "filepath.Dir(os.TempDir())", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := checkWith(t, order, `package order

import (
	"context"
	"os"
	"path/filepath"
	"sync"
)

var seen = func() bool {
	file := filepath.Join(`+tt.folder+`, "seen")
	_, err := os.Stat(file)
	os.WriteFile(file, nil, 0o600)
	return err == nil
}()

func All(ctx context.Context, names []string, ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { answers[i] = ask(ctx, name) })
	}
	wg.Wait()
	if !seen {
		clear(answers)
	}
	return answers
}
`, false)
			if v.Kind != Order || (v.Seed > 0) != tt.seeds || v.Line != 17 || !strings.HasPrefix(v.Message, "In some runs only, depending on which goroutine goes when: ") {
				t.Errorf("%+v", v)
			}
		})
	}
}
