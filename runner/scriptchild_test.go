package runner

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gosyncio/runner/player"
)

// child TEXT waits for a child process of the program that has TEXT among
// its arguments; ! child TEXT wants that there is none (any more). It is
// for Linux only.
func (s *script) child(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] child text")
	}
	for deadline := time.Now().Add(scriptPatience); hasChild(args[0]) == neg; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("child %s: still %v after %v", args[0], neg, scriptPatience)
		}
	}
}

func hasChild(text string) bool {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	return slices.ContainsFunc(files, func(file string) bool {
		line, _ := os.ReadFile(file)
		args := strings.Split(string(line), "\x00")
		return slices.Contains(args, player.ChildCommand) && slices.Contains(args, text)
	})
}

// harness TEXT waits for a run in Python that has TEXT in its environment;
// ! harness TEXT wants that there is none (any more). It is for Linux only.
func (s *script) harness(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] harness text")
	}
	for deadline := time.Now().Add(scriptPatience); hasHarness(args[0]) == neg; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("harness %s: still %v after %v", args[0], neg, scriptPatience)
		}
	}
}

func hasHarness(text string) bool {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	return slices.ContainsFunc(files, func(file string) bool {
		line, _ := os.ReadFile(file)
		environ, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "environ"))
		return strings.Contains(string(line), "harness.py") && strings.Contains(string(environ), text)
	})
}

// process TEXT waits for a process that has TEXT as one of its arguments;
// ! process TEXT wants that there is none (any more). It is for Linux only.
func (s *script) process(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] process text")
	}
	for deadline := time.Now().Add(scriptPatience); hasProcess(args[0]) == neg; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("process %s: still %v after %v", args[0], neg, scriptPatience)
		}
	}
}

func hasProcess(text string) bool {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	return slices.ContainsFunc(files, func(file string) bool {
		line, _ := os.ReadFile(file)
		return slices.Contains(strings.Split(string(line), "\x00"), text)
	})
}
