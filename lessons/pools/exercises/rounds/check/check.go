// Package check says what must hold of the exercise rounds.
package check

import (
	"context"
	"fmt"
	"slices"
	"time"

	rounds "gosyncio/lessons/pools/exercises/rounds/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "seven jobs go through a pool of 3 in three rounds", Func: "Run", Run: same(7, 3, 3*time.Second)},
	{Name: "six jobs go through a pool of 3 in two rounds", Func: "Run", Run: same(6, 3, 2*time.Second)},
	{Name: "a pool of 1 does one job after the other", Func: "Run", Run: same(4, 1, 4*time.Second)},
	{Name: "nobody waits for a job that takes longer", Func: "Run", Run: longer},
	{Name: "there are fewer jobs than the pool has room for", Func: "Run", Run: same(2, 5, time.Second)},
	{Name: "there are no jobs", Func: "Run", Run: same(0, 3, 0)},
}

// same has n jobs of a second each.
func same(n, size int, want time.Duration) func(*verify.C) {
	times := make([]time.Duration, n)
	for i := range times {
		times[i] = time.Second
	}
	return func(c *verify.C) { run(c, times, size, want) }
}

// longer takes 3 s in whatever order the jobs begin.
func longer(c *verify.C) {
	run(c, []time.Duration{time.Second, 2 * time.Second, 2 * time.Second}, 2, 3*time.Second)
}

// run has jobs done that take their times.
func run(c *verify.C, times []time.Duration, size int, want time.Duration) {
	takes := map[string]time.Duration{}
	var jobs []string
	for i, d := range times {
		name := fmt.Sprint("job ", i+1)
		jobs, takes[name] = append(jobs, name), d
	}
	do := func(job string) { c.Wait(context.Background(), job, takes[job]) }
	c.Takes(want,
		func() { rounds.Run(slices.Clone(jobs), size, do) },
		func() {
			done := map[string]int{}
			for _, name := range c.Calls() {
				done[name]++
			}
			for _, name := range jobs {
				switch done[name] {
				case 0:
					c.Wrong("%s of %d is not done in a pool of %d", name, len(jobs), size)
				case 1:
				default:
					c.Wrong("%s is done %d times in a pool of %d", name, done[name], size)
				}
			}
			if most := c.Most(); most > size {
				c.Wrong("%d jobs are under way at once in a pool of %d", most, size)
			}
		})
}
