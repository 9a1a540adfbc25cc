package producers

import "sync/atomic"

func Merge(room int, sources ...func(send func(item string))) <-chan string {
	items := make(chan string, room)
	var left atomic.Int64
	left.Store(int64(len(sources)))
	if len(sources) == 0 {
		close(items)
	}
	for _, source := range sources {
		go func() {
			source(func(item string) { items <- item })
			if left.Add(-1) == 0 {
				close(items)
			}
		}()
	}
	return items
}
