// Verdict: wrong
// Says: the last send is over after 300ms, so there is more room than for 2

package producers

import "sync"

func Merge(room int, sources ...func(send func(item string))) <-chan string { // here
	sent, items := make(chan string), make(chan string, room)
	var wg sync.WaitGroup
	for _, source := range sources {
		wg.Go(func() { source(func(item string) { sent <- item }) })
	}
	go func() {
		wg.Wait()
		close(sent)
	}()
	go func() {
		defer close(items)
		for item := range sent {
			items <- item
		}
	}()
	return items
}
