// Verdict: slow
// Says: Run takes 4s, and could take 3s: job 3 began at 2s, when job 2 had ended

package rounds

import "sync"

func Run(jobs []string, size int, do func(job string)) {
	for len(jobs) > 0 {
		n := min(size, len(jobs))
		var wg sync.WaitGroup
		for _, job := range jobs[:n] {
			wg.Go(func() { do(job) }) // here
		}
		wg.Wait()
		jobs = jobs[n:]
	}
}
