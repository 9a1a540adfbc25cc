package both

import "sync"
import s "sync"

func Both(name func() string, age func() int) (n string, a int) {
	var wg s.WaitGroup
	var mu sync.Mutex
	wg.Go(func() { s := name(); mu.Lock(); n = s; mu.Unlock() })
	wg.Go(func() { i := age(); mu.Lock(); a = i; mu.Unlock() })
	wg.Wait()
	return
}
