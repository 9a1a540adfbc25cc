package player

import (
	"slices"
	"testing"

	"gosyncio/runner/environ"
)

func TestWhatGODEBUGPrintsIsTakenOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		env, want environ.Environ
		changed   bool
	}{
		{environ.Environ{"A=1", "GODEBUG=netdns=go"}, environ.Environ{"A=1", "GODEBUG=netdns=go"}, false},
		{environ.Environ{"GODEBUG=gctrace=1", "A=1"}, environ.Environ{"GODEBUG=", "A=1"}, true},
		{environ.Environ{"GODEBUG=schedtrace=100,netdns=go,inittrace=1"}, environ.Environ{"GODEBUG=netdns=go"}, true},
		{environ.Environ{"NOTGODEBUG=gctrace=1"}, environ.Environ{"NOTGODEBUG=gctrace=1"}, false},
		{nil, nil, false},
	} {
		got, changed := withoutPrinting(tt.env)
		if !slices.Equal(got, tt.want) || changed != tt.changed {
			t.Errorf("%q: %q, %v; want %q, %v", tt.env, got, changed, tt.want, tt.changed)
		}
		if _, again := withoutPrinting(got); again {
			t.Errorf("%q: it would be started for ever", tt.env)
		}
	}
}
