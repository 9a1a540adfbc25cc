package runner

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gosyncio/runner/terminal"
)

// doctor runs doctor --json, with no terminal, and returns its findings by
// their names.
func doctor(t *testing.T, environ ...string) (code int, ready bool, findings map[string]finding) {
	t.Helper()
	folder := t.TempDir()
	create := func(name string) *os.File {
		file, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { file.Close() })
		return file
	}
	out := create("stdout")
	code = Main(context.Background(), []string{"doctor", "--json"}, terminal.Streams{
		In: create("stdin"), Out: out, Err: create("stderr"), Environ: append(environ, quickExit),
	})
	printed, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Ready  bool
		Checks []finding
	}
	if err := json.Unmarshal(printed, &said); err != nil {
		t.Fatalf("%v in %q", err, printed)
	}
	findings = make(map[string]finding)
	for _, f := range said.Checks {
		if f.OK != (f.Next == "") || f.Found == "" || strings.Contains(f.Found+f.Next, "\n") {
			t.Errorf("%+v", f)
		}
		findings[f.Name] = f
	}
	return code, said.Ready, findings
}

func TestDoctorWithNextToNoEnvironment(t *testing.T) {
	code, ready, findings := doctor(t)
	if code != exitDone || !ready || !findings["run"].OK || !findings["loopback"].OK {
		t.Errorf("exit code %d, ready %v, %+v", code, ready, findings)
	}
	if f := findings["progress"]; f.OK || !strings.Contains(f.Found, "no home folder") {
		t.Errorf("%+v", f)
	}
}

// TestDoctorSaysThatNothingRuns in an environment that no Go program can
// start in.
func TestDoctorSaysThatNothingRuns(t *testing.T) {
	code, ready, findings := doctor(t, "GOMEMLIMIT=much")
	if code != exitFailed || ready || findings["run"].OK || !strings.Contains(findings["run"].Found, "sequential failed: ") {
		t.Errorf("exit code %d, ready %v, %+v", code, ready, findings["run"])
	}
}

func TestDoctorShowsNoControlCharacters(t *testing.T) {
	_, _, findings := doctor(t, "LANG=\x1b[2J", "GOSYNCIO_STATE=/\x1b[2J")
	for _, f := range findings {
		if strings.Contains(f.Found+f.Next, "\x1b") {
			t.Errorf("%q %q", f.Found, f.Next)
		}
	}
}

func TestDoctorWithoutLoopback(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if found, next := checkLoopback(ctx); next == "" || !strings.Contains(found, "127.0.0.1 does not work: ") {
		t.Errorf("%q %q", found, next)
	}
}

func TestDoctorOnTerminals(t *testing.T) {
	for _, test := range []struct {
		isTerminal, live, interactive bool
		columns, rows                 int
		found                         string
		ok                            bool
	}{
		{true, true, true, 80, 24, "80 columns, 24 rows", true},
		{true, true, true, 200, 60, "200 columns, 60 rows", true},
		{true, true, true, 79, 24, "enough for timelines, but small", false},
		{true, true, true, 40, 10, "enough for timelines, but small", false},
		{true, true, true, 39, 24, "too small for timelines", false},
		{true, true, true, 80, 9, "too small for timelines", false},
		{true, true, false, 80, 24, "input is no terminal", false},
		{true, false, false, 80, 24, "TERM=dumb", false},
		{false, false, false, 80, 24, "output is no terminal", false},
	} {
		found, next := checkTerminal(test.isTerminal, test.live, test.interactive, test.columns, test.rows)
		if !strings.Contains(found, test.found) || (next == "") != test.ok {
			t.Errorf("%+v: %q, %q", test, found, next)
		}
	}
}
