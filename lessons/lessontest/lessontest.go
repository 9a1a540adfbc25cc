// Package lessontest runs the lessons' programs in tests: unchanged, in
// virtual time, with what they print caught.
package lessontest

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// InVirtualTime runs program in a bubble of testing/synctest, in which time
// passes only while everything waits: a sleep takes no time and is exact.
// It returns how long the program took by that time, and the lines that it
// printed to os.Stdout. It panics if the program leaves goroutines behind.
func InVirtualTime(t *testing.T, program func(context.Context) error) (elapsed time.Duration, lines []string) {
	t.Helper()
	lines = Output(t, func() {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			if err := program(t.Context()); err != nil {
				t.Errorf("program: %v", err)
			}
			elapsed = time.Since(start)
		})
	})
	return elapsed, lines
}

// Output calls f and returns the lines that were printed to os.Stdout. It
// replaces os.Stdout meanwhile, so it is not for parallel tests.
func Output(t *testing.T, f func()) []string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "stdout")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stdout := os.Stdout
	os.Stdout = file
	defer func() { os.Stdout = stdout }()
	f()
	printed, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSuffix(string(printed), "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
