// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: Two visits of one page are counted, and Add returns 2 and 2

package visits

import (
	"maps"
	"sync"
)

type Visits struct {
	mu    sync.Mutex
	pages map[string]int
	sum   int
}

func (v *Visits) Add(page string) int { // here
	v.mu.Lock()
	if v.pages == nil {
		v.pages = map[string]int{}
	}
	v.pages[page]++
	v.sum++
	v.mu.Unlock()
	return v.of(page)
}

func (v *Visits) of(page string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.pages[page]
}

func (v *Visits) All() (pages map[string]int, sum int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.pages), v.sum
}
