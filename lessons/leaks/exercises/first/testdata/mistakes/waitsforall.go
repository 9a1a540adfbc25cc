// Verdict: slow
// Says: First takes 1h0m0s, and could take 1s

package first

import (
	"context"
	"sync"
)

type Server func(ctx context.Context) (string, error)

func First(ctx context.Context, servers []Server) (string, error) { // here
	asking, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	answers := make(chan string, len(servers))
	errs := make(chan error, len(servers))
	for _, server := range servers {
		wg.Go(func() {
			answer, err := server(asking)
			if err != nil {
				errs <- err
			} else {
				answers <- answer
			}
		})
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
