// Verdict: order
// Says: nobody can go on: here First waits

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
	outcomes := make(chan outcome)
	for _, server := range servers {
		go func() {
			answer, err := server(asking)
			select {
			case outcomes <- outcome{answer, err}:
			default: // somebody was faster
			}
		}()
	}
	var err error
	for range servers {
		select { // here
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
