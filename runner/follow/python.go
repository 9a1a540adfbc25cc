package follow

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"gosyncio/runner/child"
	"gosyncio/runner/fault"
	"gosyncio/runner/player"
)

// Python makes an asyncio script ready. What it prints is kept or, if not, goes
// where the caller says.
func Python(ctx context.Context, p *player.Player, script string, args []string, kept bool) (*Program, error) {
	switch info, err := os.Stat(script); {
	case err != nil:
		return nil, fault.Usage("there is no "+script, "name an asyncio script, or a folder with a Go program")
	case info.IsDir():
		return nil, fault.Usage(script+" is a folder", "name a script in it")
	}
	cmd, clear, err := p.Script(ctx, script, args, kept)
	if err != nil {
		return nil, err
	}
	cmd.Cancel = nil // it is asked to end first
	read := func(r *Run, events io.Reader, ready, changed func()) error {
		b := r.Timeline.AsyncioScript()
		r.slow(b.Slow)
		return player.ReadScript(events, b, player.ScriptReader{
			Prepared: func(version string) {
				r.update(func(s *player.Status) { s.Version = version })
				ready()
			},
			Changed: changed,
			Done: func(d child.Done) {
				r.update(func(s *player.Status) { s.MaxRSS = d.MaxRSS })
			},
		})
	}
	return &Program{Name: filepath.ToSlash(script), Language: player.Python, cmd: cmd, clear: clear, read: read}, nil
}
