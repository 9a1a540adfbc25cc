package overlay_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gosyncio/runner/overlay"
)

const tested = `
-- go.mod --
module example.com/m
go 1.26
-- pool/pool.go --
package pool

func Go(f func()) {
	done := make(chan bool)
	go run(f, done)
	<-done
}

func run(f func(), done chan bool) { f(); close(done) }
-- pool/testdata/file --
here
-- pool/pool_test.go --
package pool

import (
	"os"
	"testing"
	"time"
)

func TestFile(t *testing.T) {
	if text, err := os.ReadFile("testdata/file"); err != nil || string(text) != "here\n" {
		t.Error(err)
	}
	if folder, err := os.Getwd(); err != nil || folder != os.Getenv("PWD") {
		t.Error(folder, err)
	}
}

func TestParallel(t *testing.T) {
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			time.Sleep(time.Millisecond)
		})
	}
}

func TestOther(t *testing.T) { Go(func() {}) }

func TestFails(t *testing.T) {
	if os.Getenv("FAIL") != "" {
		t.Fatal("failed")
	}
}
`

var tests = []struct {
	name, more string
	out        string // before PASS
	code       int
}{
	{"without TestMain", "", "", 0},
	{"TestMain of the package", `
-- pool/main_test.go --
package pool

import ("fmt"; "testing")

func TestMain(m *testing.M) { fmt.Println("before"); m.Run(); fmt.Println("after") }
`, "before\n", 0},
	{"TestMain of the package that exits", `
-- pool/main_test.go --
package pool

import ("fmt"; "os"; . "testing")

func TestMain(m *M) { fmt.Println("before"); os.Exit(m.Run() + 5) }
`, "before\n", 5},
	{"TestMain of the external tests", `
-- pool/main_test.go --
package pool_test

import ("fmt"; "os"; "testing")

func TestMain(m *testing.M) { fmt.Println("before"); os.Exit(m.Run()) }
`, "before\n", 0},
}

// Each test is a lane by its name, whatever TestMain there is, in the folder of
// the package.
func TestTests(t *testing.T) {
	t.Parallel()
	needGo(t)
	for _, p := range tests {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			folder := unpacked(t, tested+p.more)
			r := followed(t, surroundings(), overlay.Options{Target: filepath.Join(folder, "pool"), Test: true}, "-test.run=TestFile|TestParallel|TestOther")
			if r.code != p.code || !strings.HasPrefix(r.out, p.out+"PASS\n") {
				t.Errorf("status %d, printed %q%q", r.code, r.out, r.errs)
			}
			for _, lane := range []string{"TestFile", "TestParallel", "TestOther", "run pool.go:5", "TestParallel.func1"} {
				if name, started, _ := strings.Cut(lane, " "); !r.has(name, started) {
					t.Errorf("no lane %s", lane)
				}
			}
			if r.has("TestFails", "") {
				t.Error("another test was run")
			}
			if t.Failed() {
				t.Log(r.told())
			}
			same(t, tested+p.more, folder)
		})
	}
}

func TestFailingTests(t *testing.T) {
	t.Parallel()
	needGo(t)
	folder := unpacked(t, tested)
	r := followed(t, surroundings("FAIL=1"), overlay.Options{Target: filepath.Join(folder, "pool"), Test: true}, "-test.v")
	if r.code != 1 || !strings.Contains(r.out, "pool_test.go:31: failed\n") || slices.Contains(strings.Split(r.out, "\n"), "PASS") {
		t.Errorf("status %d, printed %q%q", r.code, r.out, r.errs)
	}
}

// Tags count that are in the learner's GOFLAGS, unless others are given.
func TestTags(t *testing.T) {
	t.Parallel()
	needGo(t)
	folder := unpacked(t, `
-- go.mod --
module example.com/m
go 1.26
-- one.go --
//go:build one && !two

package main

func main() { print("one") }
-- two.go --
//go:build two && !one

package main

func main() { print("two") }
`)
	for _, p := range []struct{ tags, want string }{{"", "one"}, {"two", "two"}} {
		if r := followed(t, surroundings("GOFLAGS=-tags=one"), overlay.Options{Target: folder, Tags: p.tags}); r.errs != p.want {
			t.Errorf("with tags %q: %q", p.tags, r.errs)
		}
	}
}
