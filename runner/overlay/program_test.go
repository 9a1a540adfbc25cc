package overlay_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gosyncio/runner/fault"
	"gosyncio/runner/follow"
	"gosyncio/runner/overlay"
)

// programs are what learners may have, and what is seen of it: what it printed
// on stdout, words of stderr, its exit status, and its lanes, with the place at
// which each was started behind a space.
var programs = []struct {
	name, archive string
	target, tags  string // target is in the archive; "" is its folder
	args          []string
	out           string
	errs          []string
	code          int
	lanes         []string
}{
	{
		name: "one line, and a package of its own file names",
		archive: `
-- go.mod --
module example.com/m
go 1.26
-- main.go --
package main; import ("os"; "example.com/m/sub"); func main() { sub.Go(); os.Exit(3) }
-- sub/main.go --
package sub

func Go() {
	done := make(chan bool)
	go work(done)
	<-done
}

func work(done chan bool) { done <- true }
`,
		code:  3,
		lanes: []string{"main", "sub.work sub/main.go:5"},
	},
	{
		name: "byte order mark, CRLF, tags, comments, main in the second file",
		archive: strings.NewReplacer("BOM", "\ufeff", "CR", "\r").Replace(`
-- go.mod --
module example.com/m
go 1.17
-- a.go --
// Package main is a program.
/* of two files */ package main

// main is not here, but func main() { is what it looks like.
const text = "func main() {"

func helper() { panic("here") }
-- b.go --
BOM//go:build wantedCR
CR
package main // importCR
CR
import "os"CR
CR
/*CR
*/ func /* here */ main /* it */ () { // isCR
	done := make(chan bool)CR
	go func() { close(done) }()CR
	<-doneCR
	if len(os.Args) > 1 {CR
		os.Exit(4)CR
	}CR
	helper()CR
}CR
-- c.go --
//go:build !wanted

package main

func main() { this does not compile }
`),
		tags:  "wanted",
		code:  2,
		errs:  []string{"panic: here", "a.go:7", "b.go:15"},
		lanes: []string{"main", "main.func1 b.go:10"},
	},
	{
		name: "names of its own",
		archive: `
-- go.mod --
module example.com/m
go 1.12
-- main.go --
package main

import (
	. "log"
	system "os"
)

type error struct{}
type any bool
type bool byte
type uintptr rune
const nil, true, false, iota = 1, 2, 3, 4

func len() {}
func close() {}
func recover() {}

type ender struct{ Exit func(code int) }

func other() {
	os := ender{func(code int) { println("not ended with", code) }}
	os.Exit(9)
	log := struct{ Fatal func() }{func() { println("not fatal") }}
	log.Fatal()
}

func main() {
	other()
	exit := system.Exit
	if len := system.Args; cap(len) == 0 {
		Fatal("never")
	}
	defer println("never")
	exit(5)
}
`,
		code:  5,
		errs:  []string{"not ended with 9\nnot fatal\n"},
		lanes: []string{"main"},
	},
	{
		name: "types of its own that we need",
		archive: `
-- go.mod --
module example.com/m
go 1.12
-- main.go --
package main

import "os"

type string struct{}
type int struct{}

func main() {
	println("here")
	os.Exit(6)
}
`,
		code: 6,
		errs: []string{"here\n"},
	},
	{
		name: "main calls itself",
		archive: `
-- go.mod --
module example.com/m
go 1.26
-- main.go --
package main

import "fmt"

var depth = 0

func main() {
	if depth++; depth < 3 {
		main()
		return
	}
	done := make(chan bool)
	if depth == 3 {
		f := main
		go func() { f(); close(done) }()
		<-done
	}
	fmt.Println("depth", depth)
}
`,
		out:   "depth 4\ndepth 4\n",
		lanes: []string{"main", "main.func1 main.go:15"},
	},
	{
		name: "log.Fatal tells its own line",
		archive: `
-- go.mod --
module example.com/m
go 1.26
-- main.go --
package main

import "log"

func main() {
	log.SetFlags(log.Lshortfile)
	defer log.Print("never")
	end(log.Fatalf)
}

func end(fatal func(string, ...any)) {
	done := make(chan bool)
	go func() {
		fatal("%d %s", 1, "end")
	}()
	<-done
}
`,
		code:  1,
		errs:  []string{"main.go:14: 1 end\n"},
		lanes: []string{"main", "end.func1 main.go:13"},
	},
	{
		name: "no module, some of the files",
		archive: `
-- a.go --
package main

import "fmt"

func main() { fmt.Println(text) }
-- b.go --
package main

const text = "b"
-- c.go --
package main

func main() { second }
`,
		target: "a.go,b.go",
		out:    "b\n",
		lanes:  []string{"main"},
	},
	{
		name: "no module, a file, a panic in a goroutine",
		archive: `
-- ünter wegs/main file.go --
package main

func main() {
	done := make(chan bool)
	go fail()
	<-done
}

func fail() {
	panic("fail" +
		"ed")
}
`,
		target: "ünter wegs/main file.go",
		code:   2,
		errs:   []string{"panic: failed", "main file.go:10 ", "main file.go:5 "},
		lanes:  []string{"main", "fail main file.go:5"},
	},
	{
		name: "vendored",
		archive: `
-- go.mod --
module example.com/m
go 1.26
require example.org/dep v1.0.0
-- vendor/modules.txt --
# example.org/dep v1.0.0
## explicit
example.org/dep
-- vendor/example.org/dep/dep.go --
package dep

func Go(f func()) {
	done := make(chan bool)
	go func() { f(); close(done) }()
	<-done
}
-- cmd/tool/main.go --
package main

import "example.org/dep"

func main() { dep.Go(work) }

func work() { println("worked") }
`,
		target: "cmd/tool",
		errs:   []string{"worked\n"},
		lanes:  []string{"main", "dep.Go.func1 main.go:5"},
	},
	{
		name: "a workspace with modules without a dot",
		archive: `
-- go.work --
go 1.26
use (
	./one
	./two
)
-- one/go.mod --
module one
go 1.26
-- one/main.go --
package main

import "two/deep"

func main() { deep.Go() }
-- two/go.mod --
module two
go 1.26
-- two/deep/main.go --
package deep

func Go() {
	done := make(chan bool)
	go work(done)
	<-done
}

func work(done chan bool) { done <- true }
`,
		target: "one",
		lanes:  []string{"main", "deep.work two/deep/main.go:5"},
	},
	{
		name: "files of a name in the package and at the top of its module",
		archive: `
-- go.mod --
module example.com/m
go 1.26
-- main.go --
package m

func Go() {
	done := make(chan bool)
	go work(done)
	<-done
}

func work(done chan bool) { done <- true }
-- cmd/tool/main.go --
package main

import "example.com/m"

func main() {
	m.Go()
	done := make(chan bool)
	go work(done)
	<-done
}

func work(done chan bool) { done <- true }
`,
		target: "cmd/tool",
		lanes:  []string{"main", "work cmd/tool/main.go:8", "m.work main.go:5"},
	},
	{
		name: "cgo",
		archive: `
-- go.mod --
module example.com/m
go 1.26
-- main.go --
package main

// static int three(void) { return 3; }
import "C"

import "os"

func main() { os.Exit(int(C.three())) }
`,
		code:  3,
		lanes: []string{"main"},
	},
	{
		name: "arguments and the name",
		archive: `
-- go.mod --
module example.com/m
go 1.26
-- cmd/tool/main.go --
package main

import "fmt"
import "os"

func main() { fmt.Printf("%q\n", os.Args) }
`,
		target: "cmd/tool",
		args:   []string{"-x", "", "a b"},
		out:    `["tool" "-x" "" "a b"]` + "\n",
	},
}

func TestPrograms(t *testing.T) {
	t.Parallel()
	needGo(t)
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			if p.name == "cgo" {
				if _, err := exec.LookPath("gcc"); err != nil || os.Getenv("CGO_ENABLED") == "0" {
					t.Skip("there is no cgo here")
				}
			}
			folder := unpacked(t, p.archive)
			var names []string
			for name := range strings.SplitSeq(p.target, ",") {
				names = append(names, filepath.Join(folder, filepath.FromSlash(name)))
			}
			r := followed(t, surroundings(), overlay.Options{Target: strings.Join(names, ","), Tags: p.tags}, p.args...)
			if r.code != p.code || r.out != p.out {
				t.Errorf("status %d, want %d; printed %q, want %q", r.code, p.code, r.out, p.out)
			}
			for _, words := range p.errs {
				if !strings.Contains(r.errs, words) {
					t.Errorf("no %q in stderr", words)
				}
			}
			for _, lane := range p.lanes {
				if name, started, _ := strings.Cut(lane, " "); !r.has(name, started) {
					t.Errorf("no lane %s", lane)
				}
			}
			if t.Failed() {
				t.Logf("stderr:\n%s\nlanes:%s", r.errs, r.told())
			}
			same(t, p.archive, folder)
		})
	}
}

// A package is found by its import path, through a link, in the module cache
// and where it cannot be written to.
func TestPlaces(t *testing.T) {
	needGo(t)
	archive := `
-- here/go.mod --
module example.com/here
go 1.26
-- here/cmd/tool/main.go --
package main

import "os"

func main() {
	done := make(chan bool)
	go work(done)
	<-done
	folder, _ := os.Getwd()
	print(folder)
}

func work(done chan bool) { done <- true }
-- there/go.mod --
module example.com/there
go 1.26
-- there/main.go --
package main

func main() { print("there") }
`
	folder, err := filepath.EvalSymlinks(unpacked(t, archive))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(folder, "here"))
	if err := os.Symlink(filepath.Join("here", "cmd"), filepath.Join(folder, "link")); err != nil {
		t.Skip(err)
	}
	for _, p := range []struct{ target, folder string }{
		{"example.com/here/cmd/tool", "."},
		{"./cmd/tool", "."},
		{".", "cmd/tool"},
		{"tool", "../link"},
		{"../link/tool/main.go", "."},
		{filepath.Join(folder, "here", "cmd", "tool"), "../there"},
	} {
		t.Run(p.target, func(t *testing.T) {
			t.Chdir(p.folder)
			r := followed(t, surroundings(), overlay.Options{Target: p.target})
			here, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			if r.code != 0 || r.errs != here {
				t.Errorf("status %d, printed %q, want %q", r.code, r.errs, here)
			}
			if !r.has("work", "main.go:7") && !r.has("work", "cmd/tool/main.go:7") {
				t.Errorf("lanes:%s", r.told())
			}
		})
	}
	if err := os.Chmod("cmd/tool", 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("cmd/tool", 0o700)
	if r := followed(t, surroundings(), overlay.Options{Target: "../there"}); r.code != 0 || r.errs != "there" {
		t.Errorf("%+v", r)
	}
	if r := followed(t, surroundings(), overlay.Options{Target: "./cmd/tool"}); r.code != 0 {
		t.Errorf("in a folder that is read only: %+v", r)
	}
}

// In the module cache the go command lets nothing be replaced, which is said.
func TestModuleCache(t *testing.T) {
	t.Parallel()
	needGo(t)
	_, err := follow.Go(t.Context(), surroundings(), overlay.Options{Target: "golang.org/x/sync/errgroup", Test: true}, nil)
	if e, ok := errors.AsType[*fault.Error](err); !ok || !e.Usage || !strings.Contains(e.What, "in the cache of modules") {
		t.Error(err)
	}
}
