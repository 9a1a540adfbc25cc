package order

import "context"

type asker = func(ctx context.Context, name string) string

func All(ctx context.Context, names []string, ask asker) []string {
	if len(names) == 0 {
		return nil
	}
	rest := make(chan []string)
	go func() { rest <- All(ctx, names[1:], ask) }()
	first := ask(ctx, names[0])
	return append([]string{first}, <-rest...)
}
