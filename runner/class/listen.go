package class

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"

	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// loopback is where a class listens that is not told, with a port that is free.
const loopback = "127.0.0.1:0"

// listen listens at an address; "" is loopback. The error is a *fault.Error.
func listen(ctx context.Context, address string) (net.Listener, error) {
	address = cmp.Or(address, loopback)
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err == nil {
		return listener, nil
	}
	f := &fault.Error{
		What: fmt.Sprintf("cannot listen at %s: %v", terminal.Printable(address), cause(err)),
		Next: "name an address of this machine with --listen, such as 127.0.0.1:8080",
		Err:  err,
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		f.What = fmt.Sprintf("another program listens at %s", terminal.Printable(address))
		f.Next = "end it, or name another port with --listen"
	}
	return nil, f
}

// cause is what went wrong, without what was done.
func cause(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}

// url is where a browser finds what listens at an address. One that is none in
// particular is replaced by one that others on the network can use.
func url(address net.Addr) string {
	at, err := netip.ParseAddrPort(address.String())
	if err != nil {
		return "http://" + address.String()
	}
	ip := at.Addr().Unmap()
	if ip.IsUnspecified() {
		ip = ownAddress()
	}
	return "http://" + netip.AddrPortFrom(ip, at.Port()).String()
}

// ownAddress is one of this machine that others can reach: in a private network
// if there is one, or else any, or else loopback.
func ownAddress() netip.Addr {
	own := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	addresses, _ := net.InterfaceAddrs() // without any there is loopback
	for _, a := range addresses {
		p, err := netip.ParsePrefix(a.String())
		switch {
		case err != nil || !p.Addr().Is4() || !p.Addr().IsGlobalUnicast():
		case p.Addr().IsPrivate():
			return p.Addr()
		case own.IsLoopback():
			own = p.Addr()
		}
	}
	return own
}

// again is where a class listens that goes on and was at the address before: at
// the same port, if wanted names none.
func again(wanted, before string) string {
	host, port, err := net.SplitHostPort(cmp.Or(wanted, loopback))
	beforeHost, beforePort, e := net.SplitHostPort(before)
	switch {
	case err != nil || e != nil || port != "0":
		return wanted
	case wanted == "": // whoever does not say it again is not for all to reach
		return net.JoinHostPort(host, beforePort)
	case !sameHost(host, beforeHost):
		return wanted
	}
	return before
}

// sameHost reports whether two hosts are one. A listener at all addresses says
// that in another way than it was told.
func sameHost(a, b string) bool {
	x, errX := netip.ParseAddr(a)
	y, errY := netip.ParseAddr(b)
	if errX != nil || errY != nil {
		return a == b
	}
	return x.Unmap() == y.Unmap() || x.IsUnspecified() && y.IsUnspecified()
}
