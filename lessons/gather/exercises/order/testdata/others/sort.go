package order

import (
	"context"
	"slices"
)

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) string) (out []string) {
	type got struct {
		i int
		s string
	}
	c := make(chan got)
	for i, n := range names {
		go func() { c <- got{i, ask(ctx, n)} }()
	}
	var all []got
	for range names {
		all = append(all, <-c)
	}
	slices.SortFunc(all, func(a, b got) int { return a.i - b.i })
	for _, g := range all {
		out = append(out, g.s)
	}
	return
}
