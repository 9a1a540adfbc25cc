package nap

import (
	"context"
	"time"
)

func Sleep(ctx context.Context, d time.Duration) error {
	asleep, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	<-asleep.Done()
	return context.Cause(ctx)
}
