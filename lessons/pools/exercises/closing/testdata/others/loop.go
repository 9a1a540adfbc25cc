package closing

import "context"

func Results(ctx context.Context, jobs []string, size int,
	do func(job string) string) <-chan string {
	out := make(chan string)
	back := make(chan string)
	go func() {
		defer close(out)
		var ready []string
		busy := 0
		done := ctx.Done()
		for {
			for busy < size && len(jobs) > 0 && ctx.Err() == nil {
				j := jobs[0]
				jobs = jobs[1:]
				busy++
				go func() { back <- do(j) }()
			}
			if busy == 0 && (len(ready) == 0 || ctx.Err() != nil) {
				return
			}
			var to chan<- string
			var head string
			if len(ready) > 0 {
				to, head = out, ready[0]
			}
			select {
			case r := <-back:
				busy--
				ready = append(ready, r)
			case to <- head:
				ready = ready[1:]
			case <-done:
				done = nil
			}
		}
	}()
	return out
}
