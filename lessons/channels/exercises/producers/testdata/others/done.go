package producers

func Merge(room int, sources ...func(send func(item string))) <-chan string {
	items, done := make(chan string, room), make(chan struct{})
	for _, source := range sources {
		go func() {
			source(func(item string) { items <- item })
			done <- struct{}{}
		}()
	}
	go func() {
		defer close(items)
		for range sources {
			<-done
		}
	}()
	return items
}
