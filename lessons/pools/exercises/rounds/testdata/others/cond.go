package rounds

import "sync"

func Run(jobs []string, size int, do func(job string)) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	free, left := size, len(jobs)
	for _, j := range jobs {
		go func() {
			mu.Lock()
			for free == 0 {
				c.Wait()
			}
			free--
			mu.Unlock()
			do(j)
			mu.Lock()
			free++
			left--
			mu.Unlock()
			c.Broadcast()
		}()
	}
	mu.Lock()
	for left > 0 {
		c.Wait()
	}
	mu.Unlock()
}
