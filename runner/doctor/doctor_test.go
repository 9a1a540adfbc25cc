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

func TestWhichGoTheLessonsRunOn(t *testing.T) {
	t.Parallel()
	const needs, has = ", where the goroutine leak profile needs GOEXPERIMENT=goroutineleakprofile (1.27 has it)",
		", which has the goroutine leak profile (1.26 needs GOEXPERIMENT for it)"
	for built, want := range map[string]string{
		"go1.26.8": "1.26.8" + needs, "go1.26.0 X:goroutineleakprofile": "1.26.0" + needs, "go1.27rc1": "1.27" + has,
		"go1.27.3": "1.27.3" + has, "go1.30.1": "1.30.1" + has, "devel go1.28-0a1b2c Mon Jan 4": "1.28" + has,
	} {
		if got := builtWith(built); got != "lessons run on "+want {
			t.Errorf("%s: %q", built, got)
		}
	}
	_, experiment, _ := strings.Cut(runtime.Version(), "X:")
	if !strings.Contains(experiment, "goroutineleakprofile") && strings.Contains(builtWith(runtime.Version()), has) != (pprof.Lookup("goroutineleak") != nil) {
		t.Errorf("%s: %q is not so", runtime.Version(), builtWith(runtime.Version()))
	}
}
