// Verdict: wrong
// Says: The caller sets a page of the map to 100, and then All returns map[a:100]

package visits

import "sync"

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

func (v *Visits) All() (pages map[string]int, sum int) { // here
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.pages, v.sum
}
