// Verdict: panic
// Says: panic: send on closed channel

package producers

func Merge(room int, sources ...func(send func(item string))) <-chan string {
	items := make(chan string, room)
	for _, source := range sources {
		go func() {
			defer close(items)
			source(func(item string) { items <- item }) // here
		}()
	}
	return items
}
