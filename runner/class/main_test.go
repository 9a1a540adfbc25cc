package class

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"gosyncio/runner/player"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // or each child with -race takes a second to end
	goleak.VerifyTestMain(m)
}
