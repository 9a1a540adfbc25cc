package check

import (
	"context"
	"errors"
	"fmt"
	"time"

	pages "gosyncio/lessons/fetch/exercises/pages/given"
	"gosyncio/lessons/verify"
)

// Demo fetches three pages, one of which is not there.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	times := map[string]time.Duration{"/a": 6 * unit, "/b": 3 * unit, "/c": 9 * unit}
	all := pages.All(ctx, []string{"/a", "/b", "/c"}, func(ctx context.Context, url string) (string, error) {
		if err := verify.Take(ctx, url, times[url]); err != nil || url != "/b" {
			return "body of " + url, err
		}
		return "", errors.New("404")
	})
	for _, page := range all {
		fmt.Printf("%+v\n", page)
	}
	return ctx.Err()
}
