// Package first takes the answer that comes first.
package first

import "context"

// A Server gives an answer, or an error. It may end when ctx
// does; some servers do not.
type Server func(ctx context.Context) (string, error)

// First asks all servers at the same time, and returns as soon
// as there is an answer, that answer. It tells the other
// servers to stop, and does not wait for them. A server that
// fails is out; if all do, First returns the last error. If
// ctx ends first, First returns its error at once. There is at
// least one server.
func First(ctx context.Context,
	servers []Server) (string, error) {
	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan string, len(servers))
	errs := make(chan error, len(servers))
	for _, server := range servers {
		go func() {
			answer, err := server(asking)
			if err != nil {
				errs <- err
			} else {
				answers <- answer
			}
		}()
	}
	var err error
	for range servers {
		select {
		case answer := <-answers:
			return answer, nil
		case err = <-errs:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", err
}
