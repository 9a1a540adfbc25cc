package sync

// A Once is a sync.Once.
type Once struct {
	mu   Mutex
	done bool
}

// Do is sync.Once.Do.
func (o *Once) Do(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done {
		return
	}
	defer func() { o.done = true }()
	f()
}

// OnceFunc is sync.OnceFunc.
func OnceFunc(f func()) func() {
	once := OnceValue(func() struct{} { f(); return struct{}{} })
	return func() { once() }
}

// OnceValue is sync.OnceValue.
func OnceValue[T any](f func() T) func() T {
	once := OnceValues(func() (T, struct{}) { return f(), struct{}{} })
	return func() T { v, _ := once(); return v }
}

// OnceValues is sync.OnceValues.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var (
		once     Once
		v1       T1
		v2       T2
		panicked = true
		panics   any
	)
	return func() (T1, T2) {
		once.Do(func() {
			defer func() {
				if panicked {
					panics = recover()
				}
			}()
			v1, v2 = f()
			panicked = false
		})
		if panicked {
			panic(panics)
		}
		return v1, v2
	}
}
