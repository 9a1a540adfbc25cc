// Package visits counts the visits of a web site's pages.
package visits

import (
	"maps"
	"sync"
)

// Visits may be used by many goroutines at once. Its zero
// value counts from nothing.
type Visits struct {
	mu    sync.Mutex // guards all that is below
	pages map[string]int
	sum   int
}

// Add counts a visit of a page, and returns how many that
// page has had so far, this one among them.
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

// All returns the visits of each page, and their sum, all at
// one moment. The map belongs to the caller, who may change
// it.
func (v *Visits) All() (pages map[string]int, sum int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.pages), v.sum
}
