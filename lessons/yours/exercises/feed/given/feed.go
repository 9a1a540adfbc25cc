// Package feed is a script that was ported line by line.
package feed

// Run has so many workers do the jobs that next gives, until
// it gives no more, and hands each result to save as soon as
// it is there. It returns when all are saved, and leaves no
// worker behind.
//
// How many jobs come nobody knows. next and save are never
// called by two at once. All three may take their time.
func Run(next func() (job string, ok bool), workers int,
	do func(job string) string, save func(result string)) {
	queue, results := make(chan string), make(chan string)
	for range workers {
		go func() {
			for {
				job := <-queue
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
		queue <- job
		count++
	}
	for range count {
		save(<-results)
	}
}
