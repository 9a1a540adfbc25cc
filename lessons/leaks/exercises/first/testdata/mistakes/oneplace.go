// Verdict: leak
// Says: a goroutine is left over that waits to send on a channel for ever

package first

import "context"

type Server func(ctx context.Context) (string, error)

type outcome struct {
	answer string
	err    error
}

func First(ctx context.Context, servers []Server) (string, error) {
	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	outcomes := make(chan outcome, 1)
	for _, server := range servers {
		go func() {
			answer, err := server(asking)
			outcomes <- outcome{answer, err} // here
		}()
	}
	var err error
	for range servers {
		select {
		case o := <-outcomes:
			if o.err == nil {
				return o.answer, nil
			}
			err = o.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", err
}
