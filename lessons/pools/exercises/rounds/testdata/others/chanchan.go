package rounds

import "sync/atomic"

func Run(jobs []string, size int, do func(job string)) {
	idle := make(chan chan string, size)
	for range size {
		mine := make(chan string)
		idle <- mine
		go func() {
			for j := range mine {
				do(j)
				idle <- mine
			}
		}()
	}
	var n atomic.Int32
	for _, j := range jobs {
		w := <-idle
		w <- j
		n.Add(1)
	}
	for range size {
		close(<-idle)
	}
}
