// Verdict: slow
// Says: Count takes 12s, and could take 3s: count(3, 6) began at 3s, when count(0, 3) had ended

package parts

func Count(n, parts int, count func(from, to int) int) int {
	total := 0
	for i := range parts {
		found := make(chan int)
		go func() {
			found <- count(i*n/parts, (i+1)*n/parts) // here
		}()
		total += <-found
	}
	return total
}
