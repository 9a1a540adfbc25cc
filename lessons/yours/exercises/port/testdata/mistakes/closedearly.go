// Verdict: wrong
// Says: Run returns after 0s, and job

package port

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string {
	queue := make(chan string, len(jobs))
	results := make(chan string, len(jobs))
	for range workers {
		go func() {
			conn := open()
			defer conn.Close()
			for job := range queue {
				results <- conn.Do(job) // here
			}
		}()
	}
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	close(results)
	var all []string
	for result := range results {
		all = append(all, result)
	}
	return all
}
