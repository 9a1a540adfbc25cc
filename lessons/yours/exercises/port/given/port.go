// Package port is a script that was ported line by line.
package port

// A Conn is a connection, for one worker. Do takes its time
// and gives the result of a job; Close may take time, too.
type Conn interface {
	Do(job string) string
	Close()
}

// Run has so many workers do all jobs, and returns their
// results in any order. Each worker opens a connection, does
// its jobs with it, and closes it. When Run returns, all
// connections are closed and no worker is left.
func Run(jobs []string, workers int,
	open func() Conn) []string {
	queue := make(chan string, len(jobs))
	results := make(chan string, len(jobs))
	for range workers {
		go func() {
			conn := open()
			defer conn.Close()
			for {
				job := <-queue
				results <- conn.Do(job)
			}
		}()
	}
	for _, job := range jobs {
		queue <- job
	}
	var all []string
	for range jobs {
		all = append(all, <-results)
	}
	return all
}
