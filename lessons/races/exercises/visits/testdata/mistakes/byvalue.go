// Verdict: vet
// Says: All passes lock by value

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

func (v *Visits) Add(page string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.pages == nil {
		v.pages = map[string]int{}
	}
	v.pages[page]++
	v.sum++
	return v.pages[page]
}

func (v Visits) All() (pages map[string]int, sum int) { // here
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.pages), v.sum
}
