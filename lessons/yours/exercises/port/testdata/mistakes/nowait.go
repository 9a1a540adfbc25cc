// Verdict: wrong
// Says: Run returns after 3s, and Close is still under way

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
				results <- conn.Do(job)
			}
		}() // here
	}
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	var all []string
	for range jobs {
		all = append(all, <-results)
	}
	return all
}
