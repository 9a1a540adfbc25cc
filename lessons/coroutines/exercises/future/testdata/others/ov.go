package future

import "sync"

func Start(f func() string) (await func() string) {
	await = sync.OnceValue(f)
	go await()
	return
}
