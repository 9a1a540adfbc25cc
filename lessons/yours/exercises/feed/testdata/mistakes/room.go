// Verdict: deadlock
// Says: nobody can go on: here Run waits to send on a channel

package feed

func Run(next func() (job string, ok bool), workers int, do func(job string) string, save func(result string)) {
	queue, results := make(chan string, 100), make(chan string, 100)
	for range workers {
		go func() {
			for job := range queue {
				results <- do(job)
			}
		}()
	}
	count := 0
	for {
		job, ok := next()
		if !ok {
			break
		}
		queue <- job // here
		count++
	}
	close(queue)
	for range count {
		save(<-results)
	}
}
