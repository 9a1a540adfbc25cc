package check

import (
	"context"
	"fmt"
	"runtime/trace"
	"time"

	"gosyncio/lessons/timeouts/exercises/nap/given"
)

// Demo has two sleep within a limit of 600 ms.
func Demo(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, 600*time.Millisecond)
	defer cancel()
	sleep(limited, "short", 300*time.Millisecond)
	sleep(limited, "long", 1200*time.Millisecond)
	return ctx.Err()
}

func sleep(ctx context.Context, name string, d time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	if err := nap.Sleep(ctx, d); err != nil {
		fmt.Println(name, "was cut off")
		return
	}
	fmt.Println(name, "slept well")
}
