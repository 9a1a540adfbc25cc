package terminal

import (
	"context"
	"io"
	"os"
	"time"
)

// patience is how long a reader of what is written may take once nobody wants
// to write any more.
const patience = 500 * time.Millisecond

// Relayed are streams whose Out, if it is a pipe, does not keep who writes to
// it waiting when ctx has ended: whoever reads the pipe may not read at all.
// end is called when all is written. It waits until that was read, or ctx has
// ended.
func (s Streams) Relayed(ctx context.Context) (relayed Streams, end func()) {
	info, err := s.Out.Stat()
	if err != nil || info.Mode()&(os.ModeNamedPipe|os.ModeSocket) == 0 {
		return s, func() {}
	}
	from, to, err := os.Pipe()
	if err != nil {
		return s, func() {}
	}
	out, copied := s.Out, make(chan struct{})
	go func() {
		defer close(copied)
		io.Copy(out, from)
		from.Close() // if nobody reads any more, whoever writes is to know
	}()
	late := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		time.AfterFunc(patience, func() {
			to.SetWriteDeadline(time.Unix(1, 0)) // a pipe of Windows knows none
			close(late)
		})
	})
	s.Out = to
	return s, func() {
		to.Close()
		select {
		case <-copied:
			stop()
		case <-late:
		}
	}
}
