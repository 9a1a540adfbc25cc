// Gosyncio teaches Go concurrency, in the terminal, to people who know
// Python's asyncio.
package main

import (
	"context"
	"os"

	"gosyncio/runner"
	"gosyncio/runner/terminal"
)

func main() {
	os.Exit(runner.Main(context.Background(), os.Args[1:], terminal.System()))
}
