// Verdict: deadlock
// Says: nobody can go on: here the function that Start returned waits to receive from a channel

package future

func Start(f func() string) (await func() string) {
	result := make(chan string, 1)
	go func() { result <- f() }()
	return func() string {
		return <-result // here
	}
}
