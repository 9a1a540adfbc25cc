package overlay_test

import (
	"errors"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"gosyncio/runner/fault"
	"gosyncio/runner/follow"
	"gosyncio/runner/overlay"
)

// Nothing is fetched, whatever the learner's settings are: what is missing is
// told, with the command that fetches it.
func TestNothingIsFetched(t *testing.T) {
	t.Parallel()
	needGo(t)
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	accepted := make(chan bool)
	go func() {
		defer close(accepted)
		for {
			conn, err := server.Accept()
			if err != nil {
				return
			}
			t.Error("somebody has asked for something")
			conn.Close()
		}
	}()
	defer func() { server.Close(); <-accepted }()
	address := "http://" + server.Addr().String()
	env := surroundings("GOPROXY="+address, "GOSUMDB=sum.golang.org "+address, "GOPRIVATE=*", "GOVCS=*:all", "GOINSECURE=*", "GOTOOLCHAIN=auto",
		"HTTP_PROXY="+address, "HTTPS_PROXY="+address, "ALL_PROXY="+address, "http_proxy="+address, "https_proxy="+address, "NO_PROXY=", "no_proxy=")
	const sum = "h1:0000000000000000000000000000000000000000000="
	program := `
-- main.go --
package main

import "example.org/dep"

func main() { dep.X() }
`
	for _, p := range []struct{ name, archive, flags, what, next string }{
		{"not required", "-- go.mod --\nmodule m\ngo 1.26\n", "", "main.go:3:8: no required module provides package example.org/dep", "go mod tidy"},
		{"to be added", "-- go.mod --\nmodule m\ngo 1.26\n", "-mod=mod", "module lookup disabled", "go mod download"},
		{"without a sum", "-- go.mod --\nmodule m\ngo 1.26\nrequire example.org/dep v1.0.0\n", "", "missing go.sum entry", "go mod tidy"},
		{"not there", "-- go.mod --\nmodule m\ngo 1.26\nrequire example.org/dep v1.0.0\n-- go.sum --\nexample.org/dep v1.0.0 " + sum + "\nexample.org/dep v1.0.0/go.mod " + sum + "\n", "", "module lookup disabled", "go mod download"},
	} {
		folder := unpacked(t, p.archive+program)
		_, err := follow.Go(t.Context(), append(env, "GOFLAGS="+p.flags), overlay.Options{Target: folder}, nil)
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || e.Usage || !strings.Contains(e.What, p.what) || !strings.Contains(e.Next, p.next+" ") || strings.Contains(e.What+e.Next, "\n") {
			t.Errorf("%s: %#v", p.name, err)
		}
		same(t, p.archive+program, folder)
	}
	folder := unpacked(t, "-- go.mod --\nmodule m\ngo 1.99\ntoolchain go1.99.1\n"+program)
	_, err = follow.Go(t.Context(), env, overlay.Options{Target: filepath.Join(folder, "main.go")}, nil)
	if err == nil || !strings.Contains(err.Error(), "go1.99.1") {
		t.Error(err)
	}
}
