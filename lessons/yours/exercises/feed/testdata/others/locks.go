package feed

import "sync"

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) {
	var asking, saving sync.Mutex
	var wg sync.WaitGroup
	ask := func() (string, bool) {
		asking.Lock()
		defer asking.Unlock()
		return next()
	}
	for range workers {
		wg.Go(func() {
			for job, ok := ask(); ok; job, ok = ask() {
				result := do(job)
				saving.Lock()
				save(result)
				saving.Unlock()
			}
		})
	}
	wg.Wait()
}
