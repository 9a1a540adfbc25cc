// Verdict: wrong
// Says: The channel gave 6 of 6 items, and is never closed

package producers

func Merge(room int, sources ...func(send func(item string))) <-chan string { // here
	items := make(chan string, room)
	for _, source := range sources {
		go source(func(item string) { items <- item })
	}
	return items
}
