// Verdict: slow
// Says: Either takes 2s, and could take 1s

package either

func Either(a, b func() string) string { // here
	as, bs := make(chan string, 1), make(chan string, 1)
	go func() { as <- a() }()
	go func() { bs <- b() }()
	resultA, resultB := <-as, <-bs
	if resultB != "" {
		return resultB
	}
	return resultA
}
