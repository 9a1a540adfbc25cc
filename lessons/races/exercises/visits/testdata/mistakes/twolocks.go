// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: All returns

package visits

import (
	"maps"
	"sync"
	"sync/atomic"
)

type Visits struct {
	mu    sync.Mutex
	pages map[string]int
	sum   atomic.Int64
}

func (v *Visits) Add(page string) int {
	v.sum.Add(1)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.pages == nil {
		v.pages = map[string]int{}
	}
	v.pages[page]++
	return v.pages[page]
}

func (v *Visits) All() (pages map[string]int, sum int) { // here
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.pages), int(v.sum.Load())
}
