package exercise

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/group"
)

// A toolchain is the learner's Go.
type toolchain struct {
	path    string // of the go command
	environ environ.Environ
}

// findGo finds the go command. The error says what to install.
func findGo(env environ.Environ) (toolchain, error) {
	path, err := env.LookPath("go")
	if err != nil {
		return toolchain{}, &fault.Error{
			What: "an exercise cannot be checked without Go: there is no go command on the PATH",
			Next: "install Go 1.25 or newer, and open another terminal",
			Err:  err,
		}
	}
	return toolchain{path, goEnviron(env)}, nil
}

// goEnviron is env without the learner's own settings of the go command: none
// of them changes what a check says, and nothing is fetched.
func goEnviron(env environ.Environ) environ.Environ {
	own := []string{"GOROOT", "GOPATH", "GOCACHE", "GOTMPDIR"} // where things are
	var kept environ.Environ
	for _, entry := range env {
		name, _, _ := strings.Cut(entry, "=")
		if (strings.HasPrefix(name, "GO") || strings.HasPrefix(name, "CGO_")) && !slices.Contains(own, name) {
			continue
		}
		kept = append(kept, entry)
	}
	return append(kept,
		"GO111MODULE=on", "GOPROXY=off", "GOTOOLCHAIN=local", "GOFLAGS=", "GOWORK=off", "GOENV=off", "GODEBUG=", "GOEXPERIMENT=",
		"CGO_ENABLED=0", "GOTELEMETRY=off")
}

// rarely has compilers and linkers, which soon end, collect garbage rarely: a
// check takes a seventh less (BenchmarkVerdict).
const rarely = "GOGC=400"

// run runs the go command in a folder, and returns what it printed.
func (t toolchain) run(ctx context.Context, folder string, extra []string, args ...string) (output string, ok bool, err error) {
	cmd := group.Command(ctx, t.path, args...)
	cmd.Dir, cmd.Env = folder, append(slices.Clone(t.environ), append(extra, "PWD="+folder, rarely)...)
	out := &group.Output{Each: 64 << 10}
	cmd.Stdout, cmd.Stderr = out, out
	status, err := group.Run(cmd)
	if ctx.Err() != nil {
		return "", false, ctx.Err()
	}
	if err != nil {
		return "", false, fmt.Errorf("run %s: %w", t.path, err)
	}
	return out.String(), status == 0, nil
}

// binary is the name of a file that can be executed.
func binary(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}
