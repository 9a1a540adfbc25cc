// Verdict: leak
// Says: 2 goroutines are left over that wait to send on a channel for ever

package failfast

import "context"

type result struct {
	i      int
	answer string
	err    error
}

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result)
	for i, name := range names {
		go func() {
			answer, err := ask(ctx, name)
			results <- result{i, answer, err} // here
		}()
	}
	answers := make([]string, len(names))
	for range names {
		r := <-results
		if r.err != nil {
			return nil, r.err
		}
		answers[r.i] = r.answer
	}
	return answers, nil
}
