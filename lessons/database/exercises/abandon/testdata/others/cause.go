package abandon

import (
	"context"
	"errors"
)

var errDone = errors.New("done")

func Query(ctx context.Context,
	query func() (string, error)) (string, error) {
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	inner, done := context.WithCancelCause(ctx)
	var s string
	var err error
	go func() {
		defer done(errDone)
		s2, e2 := query()
		if inner.Err() == nil {
			s, err = s2, e2
		}
	}()
	<-inner.Done()
	if context.Cause(inner) == errDone {
		return s, err
	}
	return "", ctx.Err()
}
