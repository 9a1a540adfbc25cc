// Verdict: wrong
// Says: the last send is over after 0s, so there is more room than for 2

package producers

import "sync"

func Merge(room int, sources ...func(send func(item string))) <-chan string { // here
	items := make(chan string, 1000)
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() { source(func(item string) { items <- item }) })
	}
	go func() {
		wg.Wait()
		close(items)
	}()
	return items
}
