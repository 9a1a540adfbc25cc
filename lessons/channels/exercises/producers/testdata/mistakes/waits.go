// Verdict: deadlock
// Says: nobody can go on: here Merge waits for a WaitGroup

package producers

import "sync"

func Merge(room int, sources ...func(send func(item string))) <-chan string {
	items := make(chan string, room)
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() { source(func(item string) { items <- item }) })
	}
	wg.Wait() // here
	close(items)
	return items
}
