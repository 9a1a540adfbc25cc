// Verdict: wrong
// Says: Start has returned, and A has not begun: it waits for somebody to await it

package future

import "sync"

func Start(f func() string) (await func() string) { // here
	return sync.OnceValue(f)
}
