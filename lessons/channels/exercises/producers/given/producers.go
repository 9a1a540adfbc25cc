// Package producers has several producers and one channel.
package producers

// Merge starts all sources at the same time. Each calls send
// for its items, one after the other, and returns when it has
// no more. All items go on one channel, with room for so many
// of them, which Merge returns at once.
//
// A send waits while there is no room. The channel is closed
// when the last source has returned, and no goroutine is left.
func Merge(room int,
	sources ...func(send func(item string))) <-chan string {
	items := make(chan string)
	go func() {
		defer close(items)
		for _, source := range sources {
			source(func(item string) { items <- item })
		}
	}()
	return items
}
