// Verdict: leak
// Says: a goroutine is left over that waits to send on a channel

package future

import "sync"

func Start(f func() string) (await func() string) {
	results := make(chan string)
	go func() {
		results <- f() // here
	}()
	return sync.OnceValue(func() string { return <-results })
}
