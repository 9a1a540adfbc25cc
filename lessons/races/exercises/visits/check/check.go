// Package check says what must hold of the exercise visits.
package check

import (
	"maps"
	"slices"
	"sync"

	visits "gosyncio/lessons/races/exercises/visits/given"
	"gosyncio/lessons/verify"
)

// Checks are in the order in which they are told.
var Checks = []verify.Check{
	{Name: "nobody has come", Func: "Visits.All", Run: nobody},
	{Name: "there were three visits", Func: "Visits.Add", Run: three},
	{Name: "the caller changes the map", Func: "Visits.All", Run: owned},
	{Name: "two come at the same moment", Func: "Visits.Add", Run: two, AtOnce: true},
	{Name: "somebody looks while others come", Func: "Visits.All", Run: looked, AtOnce: true},
}

func nobody(c *verify.C) {
	var v visits.Visits
	if pages, sum := v.All(); len(pages) != 0 || sum != 0 {
		c.Wrong("All returns %v and %d", pages, sum)
	}
}

func three(c *verify.C) {
	var v visits.Visits
	for _, page := range []string{"a", "b", "a"} {
		v.Add(page)
	}
	holds(c, &v, map[string]int{"a": 2, "b": 1}, 3)
	if got := v.Add("a"); got != 3 {
		c.Wrong("The third visit of a page is counted, and Add returns %d", got)
	}
}

func holds(c *verify.C, v *visits.Visits, want map[string]int, wantSum int) {
	if pages, sum := v.All(); !maps.Equal(pages, want) || sum != wantSum {
		c.Wrong("All returns %v and %d, want %v and %d", pages, sum, want, wantSum)
	}
}

func owned(c *verify.C) {
	var v visits.Visits
	v.Add("a")
	pages, _ := v.All()
	if pages != nil {
		pages["a"] = 100
	}
	if pages, _ := v.All(); pages["a"] != 1 {
		c.Wrong("The caller sets a page of the map to 100, and then All returns %v", pages)
	}
}

func two(c *verify.C) {
	var v visits.Visits
	got := make([]int, 2)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i] = v.Add("a") })
	}
	wg.Wait()
	slices.Sort(got)
	if !slices.Equal(got, []int{1, 2}) {
		c.Wrong("Two visits of one page are counted, and Add returns %d and %d", got[0], got[1])
	}
	holds(c, &v, map[string]int{"a": 2}, 2)
}

// looked looks at what adds up at every moment.
func looked(c *verify.C) {
	var v visits.Visits
	v.Add("a")
	var wg sync.WaitGroup
	wg.Go(func() { v.Add("a") })
	wg.Go(func() {
		pages, sum := v.All()
		all := 0
		for _, n := range pages {
			all += n
		}
		if all != sum {
			c.Wrong("All returns %v and %d, which do not add up", pages, sum)
		}
	})
	wg.Wait()
}
