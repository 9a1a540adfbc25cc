package order

import (
	. "context"
)

func All(ctx Context, names []string,
	ask func(ctx Context, name string) string) []string {
	var futures []<-chan string
	for _, n := range names {
		f := make(chan string, 1)
		futures = append(futures, f)
		go func() { defer close(f); f <- ask(ctx, n) }()
	}
	out := make([]string, 0, len(names))
	for _, f := range futures {
		out = append(out, <-f)
	}
	return out
}
