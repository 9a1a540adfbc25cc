package first

import "context"

type Server func(ctx context.Context) (string, error)

type outcome struct {
	answer string
	err    error
}

func First(ctx context.Context, servers []Server) (answer string, err error) {
	asking, cancel := context.WithCancel(ctx)
	outcomes := make(chan outcome)
	for _, server := range servers {
		go func() {
			answer, err := server(asking)
			outcomes <- outcome{answer, err}
		}()
	}
	left := len(servers)
	defer func() {
		cancel()
		go func() { // takes what nobody wants
			for range left {
				<-outcomes
			}
		}()
	}()
	for left > 0 {
		select {
		case o := <-outcomes:
			left--
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
