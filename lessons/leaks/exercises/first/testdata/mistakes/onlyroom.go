// Verdict: wrong
// Says: First has returned, and A is still under way: nobody told it to stop

package first

import "context"

type Server func(ctx context.Context) (string, error)

func First(ctx context.Context, servers []Server) (string, error) {
	answers := make(chan string, len(servers))
	errs := make(chan error, len(servers))
	for _, server := range servers {
		go func() {
			answer, err := server(ctx) // here
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
