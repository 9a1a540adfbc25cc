//go:build race

package rules

import (
	"errors"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"testing"
)

// plainly is what the lesson says of a counter that is a plain int.
func plainly(count int) (counter int) {
	var wg sync.WaitGroup
	for range count {
		wg.Go(func() { counter++ })
	}
	wg.Wait()
	return counter
}

// The race detector reports it, whatever the counter comes to, in the words
// that the lesson quotes, and the program ends with 66.
func TestAPlainCounterIsARace(t *testing.T) {
	t.Parallel()
	const child = "GOSYNCIO_TEST_RACE"
	if os.Getenv(child) != "" {
		plainly(100)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestAPlainCounterIsARace$")
	cmd.Env = append(os.Environ(), child+"=1", "GORACE=atexit_sleep_ms=0")
	report, err := cmd.CombinedOutput()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() == 0 {
		t.Errorf("it ends with %v", err)
	}
	for _, want := range []string{
		`(?m)^WARNING: DATA RACE$`,
		`(?m)^(Read|Write) at 0x[0-9a-f]+ by goroutine \d+:$`,
		`(?m)^Previous (read|write) at 0x[0-9a-f]+ by goroutine \d+:$`,
		`(?m)^Goroutine \d+ \((running|finished)\) created at:$`,
	} {
		if !regexp.MustCompile(want).Match(report) {
			t.Errorf("no %s in\n%s", want, report)
		}
	}
}
