package runner

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gosyncio/runner/doctor"
	"gosyncio/runner/terminal"
)

// runDoctor runs doctor --json, with no terminal, and returns its findings by
// their names.
func runDoctor(t *testing.T, environ ...string) (code int, ready bool, findings map[string]doctor.Finding) {
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
	code = run(context.Background(), []string{"doctor", "--json"}, terminal.Streams{
		In: create("stdin"), Out: out, Err: create("stderr"), Environ: append(environ, quickExit),
	})
	printed, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Ready  bool
		Checks []doctor.Finding
	}
	if err := json.Unmarshal(printed, &said); err != nil {
		t.Fatalf("%v in %q", err, printed)
	}
	findings = make(map[string]doctor.Finding)
	for _, f := range said.Checks {
		if f.OK != (f.Next == "") || f.Found == "" || strings.Contains(f.Found+f.Next, "\n") {
			t.Errorf("%+v", f)
		}
		findings[f.Name] = f
	}
	return code, said.Ready, findings
}

func TestDoctorWithNextToNoEnvironment(t *testing.T) {
	t.Parallel()
	code, ready, findings := runDoctor(t)
	if code != exitDone || !ready || !findings["run"].OK || !findings["loopback"].OK {
		t.Errorf("exit code %d, ready %v, %+v", code, ready, findings)
	}
	if f := findings["progress"]; f.OK || !strings.Contains(f.Found, "no home folder") {
		t.Errorf("%+v", f)
	}
}

func TestDoctorLooksForACompiler(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "darwin" {
		t.Skip("none is needed there")
	}
	_, ready, findings := runDoctor(t, "PATH="+os.Getenv("PATH"), "HOME="+os.Getenv("HOME"), "CC=nosuchcompiler -x")
	if f := findings["go"]; f.OK || !ready || !strings.Contains(f.Found, "There is no C compiler") {
		t.Errorf("ready %v, %+v", ready, f)
	}
}

// TestDoctorSaysThatNothingRuns in an environment that is too large for any
// program to be started in.
func TestDoctorSaysThatNothingRuns(t *testing.T) {
	t.Parallel()
	code, ready, findings := runDoctor(t, "LARGE="+strings.Repeat("x", 4<<20))
	if code != exitFailed || ready || findings["run"].OK || !strings.Contains(findings["run"].Found, "sequential failed: ") {
		t.Errorf("exit code %d, ready %v, %+v", code, ready, findings["run"])
	}
}

func TestDoctorShowsNoControlCharacters(t *testing.T) {
	t.Parallel()
	_, _, findings := runDoctor(t, "LANG=\x1b[2J", "GOSYNCIO_STATE=/\x1b[2J")
	for _, f := range findings {
		if strings.Contains(f.Found+f.Next, "\x1b") {
			t.Errorf("%q %q", f.Found, f.Next)
		}
	}
}
