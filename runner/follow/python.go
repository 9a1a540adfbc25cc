package follow

import (
	"context"
	"errors"

	"gosyncio/runner/player"
)

// Python makes an asyncio script ready.
func Python(ctx context.Context, p *player.Player, script string, args []string) (*Program, error) {
	return nil, errors.New("not yet")
}
