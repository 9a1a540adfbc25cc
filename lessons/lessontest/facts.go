package lessontest

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
)

// Facts are what tests need to know of one lesson besides what package
// lessons says of it. They stand in lessons/<id>/testdata/facts.yaml.
type Facts struct {
	// Ideal is how long each variant takes ideally with the defaults.
	Ideal map[string]time.Duration
	// IdealOnOneCPU is what differs from Ideal on a machine with one CPU.
	IdealOnOneCPU map[string]time.Duration `yaml:"ideal_on_one_cpu"`

	// Settings are those with which the lesson is run, besides the defaults.
	Settings Settings

	// Computes says that variants take time by computing, for which virtual
	// time stands still.
	Computes bool
	// RealTime are the variants that make no sense in virtual time, each
	// with the reason.
	RealTime struct{ Go, Python map[string]string } `yaml:"real_time"`
	// PythonDiffers are the variants that have not the same lanes and output
	// in both languages, each with the reason.
	PythonDiffers map[string]string `yaml:"python_differs"`

	// Racy are the variants with a data race, which the race detector would
	// report: they do not run in a test that has it.
	Racy []string
	// Mistaken are the variants that show a mistake which a learner's own
	// program would be told of.
	Mistaken []string

	// Bars are what the lesson's text says that some bars of a variant say,
	// such as "ready" or "waiting select".
	Bars struct{ Go, Python map[string][]string }

	// Original is the lesson's Python file, run by itself.
	Original struct {
		Arguments []string // as the file takes them
		// Prints is its output, with TIME and HOST for what is not the same
		// every time. If it is empty each variant is at least timed.
		Prints string
		Warns  string // a part of what it writes to stderr
	}
}

// Settings are assignments, as in "a=2s", by what they are for. Those that
// are not named keep their defaults.
type Settings struct {
	Virtual  []string // another case for virtual time
	Quick    []string // a run in real time that is over soon
	Compared []string // a run in real time long enough to tell the times of variants apart
	Traced   []string // a run with few events
	// Predicted are cases in which the right answers to the predictions are
	// right, too.
	Predicted [][]string
}

// FactsOf reads the facts of a lesson.
func FactsOf(t testing.TB, id string) Facts {
	t.Helper()
	facts, err := readFacts(Module(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

// readFacts reads the facts of a lesson in a module.
func readFacts(module fs.FS, id string) (facts Facts, err error) {
	name := factsFile(id)
	data, err := fs.ReadFile(module, name)
	if err != nil {
		return facts, fmt.Errorf("read test facts: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(data, &facts, yaml.Strict()); err != nil {
		return facts, fmt.Errorf("%s: %w", name, err)
	}
	return facts, nil
}

func factsFile(id string) string { return "lessons/" + id + "/testdata/facts.yaml" }

// IdealHere returns Ideal as it is on this machine.
func (f Facts) IdealHere() map[string]time.Duration {
	ideal := maps.Clone(f.Ideal)
	if runtime.NumCPU() == 1 {
		maps.Copy(ideal, f.IdealOnOneCPU)
	}
	return ideal
}

// Set returns values, which are a lessons.Values, with assignments.
func Set[V interface {
	With(name, text string) (V, error)
}](t testing.TB, values V, assignments []string) V {
	t.Helper()
	for _, a := range assignments {
		name, text, _ := strings.Cut(a, "=")
		changed, err := values.With(name, text)
		if err != nil {
			t.Fatalf("set %s: %v", a, err)
		}
		values = changed
	}
	return values
}

// Module returns the files of this module, which it finds above the folder in
// which the test runs.
func Module(t testing.TB) fs.FS {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return os.DirFS(dir)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no folder above the test has a go.mod")
		}
		dir = parent
	}
}
