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
			case <-asking.Done(): // nobody wants it
			}
		}()
	}
	var last error
	for range servers {
		select {
		case o := <-outcomes:
			if o.err == nil {
				return o.answer, nil
			}
			last = o.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", last
}
