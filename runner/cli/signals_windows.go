package cli

import "gosyncio/runner/follow"

// passSignals does nothing: here no signals can be passed on.
func passSignals(*follow.Session) (stop func()) { return func() {} }
