// Verdict: wrong
// Says: await returns "" for A, but its result is "A's result"

package future

func Start(f func() string) (await func() string) { // here
	var result string
	go func() { result = f() }()
	return func() string { return result }
}
