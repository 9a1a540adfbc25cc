package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	fetchall "gosyncio/lessons/groups/exercises/fetchall/given"
	"gosyncio/lessons/verify"
)

// Demo fetches four pages, of which two fail.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	times := map[string]time.Duration{"A": 9 * unit, "B": 3 * unit, "C": 6 * unit, "D": 3 * unit}
	_, err := fetchall.All(ctx, []string{"A", "B", "C", "D"}, func(group context.Context, name string) (string, error) {
		fails := name == "B" || name == "D"
		if fails {
			group = ctx // both at the same moment, whoever is told of it first
		}
		if err := verify.Take(group, name, times[name]); err != nil || !fails {
			return name, err
		}
		return "", errors.New("no answer from " + name)
	})
	if err != nil {
		for _, line := range slices.Sorted(strings.SplitSeq(err.Error(), "\n")) {
			fmt.Println("error:", line)
		}
	}
	return ctx.Err()
}
