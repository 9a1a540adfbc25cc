package exercise

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gosyncio/runner/environ"
)

func exercises(t *testing.T) []Exercise {
	t.Helper()
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		return all[:1]
	}
	return all
}

// testdata is the folder with what people write for an exercise.
func testdata(e Exercise) string {
	return filepath.Join("..", "..", "lessons", e.Lesson, "exercises", e.Name, "testdata")
}

// long skips, in a short run, what builds many programs.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds many programs")
	}
}

// check checks a text with this machine's Go.
func check(t *testing.T, e Exercise, text string) Verdict {
	t.Helper()
	return checkWith(t, e, text, true)
}

// checkWith does without go vet what it has been through with the rest of the
// repository.
func checkWith(t *testing.T, e Exercise, text string, vet bool) Verdict {
	t.Helper()
	checker := NewChecker(environ.Environ(os.Environ()))
	checker.patient, checker.unvetted = true, !vet
	v, err := checker.Check(t.Context(), e, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Unchecked) > 0 {
		t.Log(v.Unchecked)
	}
	return v
}

func TestWhatIsGivenIsNotSolved(t *testing.T) {
	t.Parallel()
	for _, e := range exercises(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			v := checkWith(t, e, string(e.Given()), false)
			if !v.Given || v.Kind == Solved || v.Kind == Compile || v.Kind == Vet {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestSolutionsAreSolved(t *testing.T) {
	t.Parallel()
	for _, e := range exercises(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			if v := checkWith(t, e, string(e.Solution()), false); v.Kind != Solved || v.Given {
				t.Errorf("%+v", v)
			}
		})
	}
}

// A solution is solved however often it is run. The flags say how often: what
// is handed in has been tried with -times 100 -orders 1000.
func TestSolutionsHold(t *testing.T) {
	if *times == 0 {
		t.Skip("it takes minutes: -times says how often")
	}
	checker := NewChecker(environ.Environ(os.Environ()))
	for _, e := range exercises(t) {
		t.Run(e.Name, func(t *testing.T) {
			src, problem := read(e, e.Solution())
			if problem != nil {
				t.Fatalf("%+v", problem)
			}
			j, clear, err := checker.prepare(e, src)
			if err != nil {
				t.Fatal(err)
			}
			defer clear()
			for _, tt := range []struct {
				module string
				race   bool
				times  int
				orders int
			}{{j.virtual, false, *times, 0}, {j.ordered, false, 1, *orders}, {j.virtual, true, *times, 0}} {
				path := filepath.Join(tt.module, binary("hold"))
				if v, err := j.build(t.Context(), tt.module, path, tt.race); v != nil || err != nil {
					t.Fatalf("%+v, %v", v, err)
				}
				for range tt.times {
					if v, err := j.execute(t.Context(), path, tt.orders); err != nil || v.Kind != Solved {
						t.Fatalf("race %v, orders %d: %+v, %v", tt.race, tt.orders, v, err)
					}
				}
			}
		})
	}
}

// Other ways to solve an exercise, which the checks must not refuse.
func TestOtherSolutionsAreSolved(t *testing.T) {
	if *times == 0 {
		t.Skip("it takes a minute: any -times does it")
	}
	for _, e := range exercises(t) {
		files, err := filepath.Glob(filepath.Join(testdata(e), "others", "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			t.Run(e.Name+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if v := check(t, e, string(text)); v.Kind != Solved {
					t.Errorf("%+v", v)
				}
			})
		}
	}
}

var (
	times  = flag.Int("times", 0, "how often each solution is run")
	orders = flag.Int("orders", 1000, "in how many orders each solution is run, with -times")
)

// A known mistake is a file whose first lines name the verdict and words that
// it must earn. The line that it names ends in "// here".
func TestKnownMistakesAreNamed(t *testing.T) {
	t.Parallel()
	for _, e := range exercises(t) {
		files, err := filepath.Glob(filepath.Join(testdata(e), "mistakes", "*.go"))
		if err != nil || len(files) < 2 {
			t.Fatalf("%s has %d known mistakes, %v", e.Name, len(files), err)
		}
		for _, file := range files {
			t.Run(e.Name+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				verdict, says := label(t, string(text), "Verdict"), label(t, string(text), "Says")
				v := checkWith(t, e, string(text), Kind(verdict) == Vet) // the others are vetted together
				if string(v.Kind) != verdict || !strings.Contains(strings.ToLower(v.Message), strings.ToLower(says)) || v.Line != hereLine(string(text)) {
					t.Errorf("%+v, want %s at line %d with %q", v, verdict, hereLine(string(text)), says)
				}
			})
		}
	}
}

// What go vet finds is told before anything that a check finds. So it must
// find nothing in those that are to earn another verdict: they are packages of
// one module here, which takes less time than a module for each.
func TestVetFindsNoOtherMistakes(t *testing.T) {
	t.Parallel()
	long(t)
	module := t.TempDir()
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte("module mistakes\n\ngo 1.25\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range exercises(t) {
		files, err := filepath.Glob(filepath.Join(testdata(e), "mistakes", "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if kind := Kind(label(t, string(text), "Verdict")); kind == Vet || kind == Compile {
				continue
			}
			folder := filepath.Join(module, e.Name, strings.TrimSuffix(filepath.Base(file), ".go"))
			if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, e.FileName()), text, 0o600)); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	tools, err := findGo(environ.Environ(os.Environ()))
	if err != nil {
		t.Skip(err)
	}
	if output, ok, err := tools.run(t.Context(), module, nil, "vet", "./..."); !ok || err != nil {
		t.Errorf("vet of %d mistakes: %v\n%s", n, err, output)
	}
}

// label is what stands behind "// name: ".
func label(t *testing.T, text, name string) string {
	t.Helper()
	_, after, ok := strings.Cut(text, "// "+name+": ")
	if !ok {
		t.Fatalf("no %s", name)
	}
	line, _, _ := strings.Cut(after, "\n")
	return line
}

func hereLine(text string) int {
	before, _, ok := strings.Cut(text, "// here\n")
	if !ok {
		return 0
	}
	return strings.Count(before, "\n") + 1
}
