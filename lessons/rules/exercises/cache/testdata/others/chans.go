package cache

type answer struct {
	value string
	err   error
}

type ask struct {
	key string
	to  chan<- answer
}

func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	type state struct {
		values map[string]answer
		waits  map[string][]chan<- answer
	}
	box := make(chan *state, 1)
	box <- &state{map[string]answer{}, map[string][]chan<- answer{}}
	return func(key string) (string, error) {
		s := <-box
		if a, ok := s.values[key]; ok {
			box <- s
			return a.value, nil
		}
		me := make(chan answer, 1)
		waiters, loading := s.waits[key]
		s.waits[key] = append(waiters, me)
		box <- s
		if !loading {
			go func() {
				v, err := load(key)
				s := <-box
				if err == nil {
					s.values[key] = answer{v, nil}
				}
				for _, w := range s.waits[key] {
					w <- answer{v, err}
				}
				delete(s.waits, key)
				box <- s
			}()
		}
		a := <-me
		return a.value, a.err
	}
}
