package visits

import "sync"

type Visits struct {
	mu    sync.RWMutex
	pages map[string]int
}

func (v *Visits) Add(page string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.pages == nil {
		v.pages = make(map[string]int)
	}
	v.pages[page]++
	return v.pages[page]
}

func (v *Visits) All() (map[string]int, int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	sum := 0
	pages := make(map[string]int, len(v.pages))
	for page, n := range v.pages {
		pages[page] = n
		sum += n
	}
	return pages, sum
}
