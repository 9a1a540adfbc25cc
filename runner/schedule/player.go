package schedule

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"gosyncio/lessons/schedules"
	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/group"
)

// A Player runs the small programs, each time in a process of its own.
type Player struct{ environ environ.Environ }

// NewPlayer runs them in that environment.
func NewPlayer(env environ.Environ) Player { return Player{env} }

// After is where a program stands after choices: each is the index of who goes
// on among those who are at a point.
func (p Player) After(ctx context.Context, program string, mended bool, choices []int) (Report, error) {
	args := make([]string, len(choices))
	for i, choice := range choices {
		args[i] = strconv.Itoa(choice)
	}
	return p.run(ctx, program, mended, "choices", args...)
}

// Seed runs a program in the order of a seed.
func (p Player) Seed(ctx context.Context, program string, mended bool, seed uint64) (Report, error) {
	return p.run(ctx, program, mended, "seed", strconv.FormatUint(seed, 10))
}

// All runs a program in all orders, at most MostOrders.
func (p Player) All(ctx context.Context, program string, mended bool) (Report, error) {
	return p.run(ctx, program, mended, "all")
}

func (p Player) run(ctx context.Context, program string, mended bool, how string, args ...string) (r Report, err error) {
	path, name, err := group.Self()
	if err != nil {
		return Report{}, fmt.Errorf("find the program to run: %w", err)
	}
	version := "broken"
	if mended {
		version = "mended"
	}
	cmd := group.Command(ctx, path, append([]string{ChildCommand, program, version, how}, args...)...)
	cmd.Args[0], cmd.Env = name, p.environ
	const each = 4 << 10
	var answer bytes.Buffer
	said := &group.Output{Each: each}
	cmd.Stdout, cmd.Stderr = &answer, said
	status, err := group.Run(cmd)
	switch {
	case ctx.Err() != nil:
		return Report{}, ctx.Err()
	case err != nil:
		return Report{}, fmt.Errorf("run %s: %w", program, err)
	case status != 0:
		first, _, _ := strings.Cut(said.String(), "\n")
		return Report{}, fmt.Errorf("run %s: it ended with exit status %d: %s", program, status, first)
	}
	if err := json.Unmarshal(answer.Bytes(), &r); err != nil {
		return Report{}, fmt.Errorf("run %s: it reports what cannot be understood", program)
	}
	return r, nil
}

// Find returns the program of that name. The error for a name that is none is
// that of fault.UnknownName.
func Find(name string) (schedules.Program, error) {
	var names []string
	for _, p := range schedules.All() {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return schedules.Program{}, fault.UnknownName(fmt.Sprintf("there is no program %q", name), "programs", name, names)
}
