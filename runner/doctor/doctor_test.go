package doctor

import (
	"context"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
)

func TestLoopbackThatDoesNotWork(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if found, next := checkLoopback(ctx); next == "" || !strings.Contains(found, "127.0.0.1 does not work: ") {
		t.Errorf("%q %q", found, next)
	}
}

func TestTerminals(t *testing.T) {
	t.Parallel()
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

// Whoever comes from Python hears of the Go of their machine what it is good
// for, and of differences only where they have one.
func TestWhatTheInstalledGoIsGoodFor(t *testing.T) {
	t.Parallel()
	const own = "gosyncio's own, 1.26.8"
	const profile = "build with GOEXPERIMENT=goroutineleakprofile"
	for _, tt := range []struct {
		path, installed string
		says, hides     []string
		next            string
	}{
		{"", "", []string{"not installed", own, "exercises and code of yours need one"}, []string{profile}, "install Go 1.25 or newer from https://go.dev/dl"},
		{"/bin/go", "", []string{"/bin/go does not tell its version"}, []string{profile}, "install Go 1.25 or newer"},
		{"/bin/go", "go1.19.2", []string{"1.19.2 at /bin/go is too old", own}, []string{profile}, "install Go 1.25 or newer from https://go.dev/dl"},
		{"/bin/go", "go1.24", []string{"1.24 at /bin/go is too old", own}, []string{profile}, "install Go 1.25 or newer"},
		{"/bin/go", "go1.25.0", []string{"1.25.0 at /bin/go, for exercises and code of yours", own}, []string{"too old", "goroutineleak"}, ""},
		{"/bin/go", "go1.26.8", []string{"1.26.8 at /bin/go", own, profile}, []string{"too old"}, ""},
		{"/bin/go", "go1.27rc1", []string{"1.27rc1 at /bin/go"}, []string{"goroutineleak", "too old"}, ""},
		{"/bin/go", "go1.27.3", []string{"1.27.3 at /bin/go, for exercises and code of yours", own}, []string{"goroutineleak"}, ""},
		{"/bin/go", "go1.30.1", []string{"1.30.1 at /bin/go"}, []string{"goroutineleak"}, ""},
	} {
		found, next := installedGo(tt.path, tt.installed, "go1.26.8 X:none")
		for _, says := range tt.says {
			if !strings.Contains(found, says) {
				t.Errorf("%s: no %q in %q", tt.installed, says, found)
			}
		}
		for _, hides := range tt.hides {
			if strings.Contains(found+next, hides) {
				t.Errorf("%s: %q in %q", tt.installed, hides, found+next)
			}
		}
		if !strings.Contains(next, tt.next) || (next == "") != (tt.next == "") {
			t.Errorf("%s: next %q", tt.installed, next)
		}
	}
}

func TestTheNumberOfAGo(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"go1.26.8": "1.26.8", "go1.26.0 X:goroutineleakprofile": "1.26.0", "go1.27rc1": "1.27rc1", "go1.30.1": "1.30.1",
		"devel go1.28-0a1b2c Mon Jan 4": "1.28", "": "",
	} {
		if got := goNumber(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What doctor says of the profile is so.
func TestWhichGoHasTheGoroutineLeakProfile(t *testing.T) {
	t.Parallel()
	if strings.Contains(runtime.Version(), "X:") {
		t.Skip("built with an experiment")
	}
	found, _ := installedGo("/bin/go", runtime.Version(), runtime.Version())
	if without := strings.Contains(found, "GOEXPERIMENT"); without != (pprof.Lookup("goroutineleak") == nil) {
		t.Errorf("%s: %q is not so", runtime.Version(), found)
	}
}
