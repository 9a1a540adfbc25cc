// Verdict: leak
// Says: 2 goroutines are left over that wait to send on a channel for ever

package first

import "context"

type Server func(ctx context.Context) (string, error)

func First(ctx context.Context, servers []Server) (string, error) {
	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan string)
	errs := make(chan error)
	for _, server := range servers {
		go func() {
			answer, err := server(asking)
			if err != nil {
				errs <- err // here
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
