// Verdict: wrong
// Says: in which errors.Is does not find "no answer from

package fetchall

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string, // here
	fetch func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make([]string, len(names))
	var once sync.Once
	var first error
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			page, err := fetch(ctx, name)
			if err != nil {
				once.Do(func() { first = err })
				cancel()
			}
			pages[i] = page
		})
	}
	wg.Wait()
	return pages, first
}
