// Verdict: wrong
// Says: Two jobs have the name "job 1", but only one of them is done

package rounds

import "sync"

func Run(jobs []string, size int, do func(job string)) { // here
	todo := map[string]bool{}
	for _, job := range jobs {
		todo[job] = true
	}
	queue := make(chan string)
	var wg sync.WaitGroup
	for range size {
		wg.Go(func() {
			for job := range queue {
				do(job)
			}
		})
	}
	for job := range todo {
		queue <- job
	}
	close(queue)
	wg.Wait()
}
