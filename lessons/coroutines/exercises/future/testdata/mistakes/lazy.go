// Verdict: slow
// Says: Start takes 3s, and could take 2s: B began at 2s, when A had ended

package future

import "sync"

func Start(f func() string) (await func() string) { // here
	return sync.OnceValue(f)
}
