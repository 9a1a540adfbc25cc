package winner

import (
	"context"
	"errors"
	"iter"
)

type Task func(ctx context.Context) (string, error)

func completed(ctx context.Context, tasks []Task) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		type r struct {
			s string
			e error
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		c := make(chan r)
		for _, t := range tasks {
			go func() { s, e := t(ctx); c <- r{s, e} }()
		}
		open := true
		for range tasks {
			x := <-c
			if open && !yield(x.s, x.e) {
				open = false
				cancel()
			}
		}
	}
}

func First(ctx context.Context, tasks []Task) (_ string, err error) {
	next, stop := iter.Pull2(completed(ctx, tasks))
	defer stop()
	for {
		s, e, ok := next()
		switch {
		case !ok:
			return "", err
		case e == nil:
			return s, nil
		}
		err = errors.Join(err, e)
	}
}
