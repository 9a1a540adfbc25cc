package tally

import (
	"context"
	"sync"
	"sync/atomic"
)

var global sync.Map

func Count(ctx context.Context, boxes []string,
	open func(ctx context.Context, box string) []string) int {
	var m sync.Map
	var wg sync.WaitGroup
	for _, box := range boxes {
		wg.Add(1)
		go func(b string) {
			defer wg.Done()
			v, _ := m.LoadOrStore(b, new(atomic.Int64))
			for _, vote := range open(ctx, b) {
				if vote == "yes" {
					v.(*atomic.Int64).Add(1)
				}
			}
		}(box)
	}
	wg.Wait()
	n := 0
	m.Range(func(_, v any) bool { n += int(v.(*atomic.Int64).Load()); return true })
	return n
}
