// Package check says what must hold of the exercise parts.
package check

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	parts "gosyncio/lessons/cpubound/exercises/parts/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "12 numbers are counted in 4 parts", Func: "Count", Run: in(12, 4)},
	{Name: "10 numbers are counted in 4 parts", Func: "Count", Run: in(10, 4)},
	{Name: "11 numbers are counted in 4 parts", Func: "Count", Run: in(11, 4)},
	{Name: "there is one part", Func: "Count", Run: in(7, 1)},
	{Name: "there are more parts than numbers", Func: "Count", Run: in(3, 5)},
	{Name: "there are no numbers", Func: "Count", Run: in(0, 3)},
	{Name: "10 numbers do not split evenly into 4", Func: "Count", Run: even(10, 4)},
}

// in says what must hold of n numbers in so many parts.
func in(n, among int) func(*verify.C) {
	return func(c *verify.C) {
		r := &record{c: c, times: map[int]int{}}
		call := fmt.Sprintf("Count(%d, %d)", n, among)
		longest := time.Duration((n+among-1)/among) * time.Second
		got := 0
		c.Takes(longest,
			func() { got = parts.Count(n, among, r.count) },
			func() {
				r.holds(call, n)
				if most := c.Most(); most > among {
					c.Wrong("%s has %d parts counted at once", call, most)
				}
				if want := primes(0, n); got != want {
					c.Wrong("%s returns %d, but there are %d primes", call, got, want)
				}
			})
	}
}

// A record is of what was counted.
type record struct {
	c *verify.C

	mu      sync.Mutex
	times   map[int]int // how often a number was counted
	lengths []int       // of the parts
}

// count takes a second for each number.
func (r *record) count(from, to int) int {
	if from < to {
		r.c.Wait(context.Background(), fmt.Sprintf("count(%d, %d)", from, to), time.Duration(to-from)*time.Second)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lengths = append(r.lengths, to-from)
	for number := from; number < to; number++ {
		r.times[number]++
	}
	return primes(from, to)
}

// holds says which number was counted that should not have been, or not.
func (r *record) holds(call string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, number := range slices.Sorted(maps.Keys(r.times)) {
		if number < 0 || number >= n {
			r.c.Wrong("%s counts %d, which is none of the %d numbers", call, number, n)
		}
	}
	for number := range n {
		switch r.times[number] {
		case 0:
			r.c.Wrong("%s leaves out %d", call, number)
		case 1:
		default:
			r.c.Wrong("%s counts %d more than once", call, number)
		}
	}
}

// even says that n numbers, no fewer than the parts, make parts of lengths
// that differ by more than one.
func even(n, among int) func(*verify.C) {
	return func(c *verify.C) {
		r := &record{c: c, times: map[int]int{}}
		parts.Count(n, among, r.count)
		r.mu.Lock()
		defer r.mu.Unlock()
		slices.SortFunc(r.lengths, func(a, b int) int { return b - a })
		if slices.Max(r.lengths)-slices.Min(r.lengths) > 1 {
			c.Wrong("Count(%d, %d) has parts of %s numbers, but the lengths of two parts may differ by one at most", n, among, listed(r.lengths))
		}
	}
}

// listed is "3, 2 and 2".
func listed(numbers []int) string {
	var text strings.Builder
	for i, number := range numbers {
		switch {
		case i > 0 && i == len(numbers)-1:
			text.WriteString(" and ")
		case i > 0:
			text.WriteString(", ")
		}
		fmt.Fprint(&text, number)
	}
	return text.String()
}

func primes(from, to int) (n int) {
	for number := from; number < to; number++ {
		if big.NewInt(int64(number)).ProbablyPrime(0) {
			n++
		}
	}
	return n
}
