package parts

func Count(n, parts int, count func(from, to int) int) int {
	return split(0, n, parts, count)
}

func split(from, to, parts int, count func(from, to int) int) int {
	if parts == 1 {
		return count(from, to)
	}
	half := parts / 2
	mid := from + (to-from)*half/parts
	if half*2 != parts {
		mid = from + ((to-from)/parts)*half + min(half, (to-from)%parts)
	}
	left := make(chan int)
	go func() { left <- split(from, mid, half, count) }()
	right := split(mid, to, parts-half, count)
	return <-left + right
}
