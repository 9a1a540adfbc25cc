package typeset

import "strings"

// Omit says what is not shown of what a function uses. The function itself
// always is.
type Omit struct {
	// Before are functions: what is shown with one of them is left out.
	Before []string
	// Folded are functions that are left out, with what they alone use.
	Folded []string
}

// shown says for each of n declarations whether it is shown with that of
// index start: index is that of a function of a name, or -1, and uses are the
// declarations that one uses.
func (o Omit) shown(start, n int, index func(name string) int, uses func(int) []int) []bool {
	folded := map[int]bool{}
	for _, name := range o.Folded {
		folded[index(name)] = true
	}
	unfolded := func(i int) (used []int) {
		for _, j := range uses(i) {
			if !folded[j] {
				used = append(used, j)
			}
		}
		return used
	}
	shown := reachable(start, n, unfolded)
	for _, name := range o.Before {
		before := index(name)
		if before < 0 {
			continue
		}
		for i, was := range reachable(before, n, uses) {
			shown[i] = shown[i] && (!was || i == start)
		}
	}
	return shown
}

// A block is a stretch of a file, from start to before end, in bytes.
type block struct{ start, end int }

// reachable says for each of n things whether it can be reached from
// start by way of uses.
func reachable(start, n int, uses func(int) []int) []bool {
	seen := make([]bool, n)
	todo := []int{start}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[i] {
			continue
		}
		seen[i] = true
		todo = append(todo, uses(i)...)
	}
	return seen
}

// join sets blocks below each other: two that follow each other line on
// line stay together, others get one blank line between them.
func join(source string, blocks []block) string {
	var b strings.Builder
	for i, bl := range blocks {
		if i > 0 {
			b.WriteString("\n")
			between := source[blocks[i-1].end:bl.start]
			if strings.TrimSpace(between) != "" || strings.Count(between, "\n") > 1 {
				b.WriteString("\n")
			}
		}
		b.WriteString(source[bl.start:bl.end])
	}
	code := strings.ReplaceAll(b.String(), "\r", "")
	return strings.ReplaceAll(code, "\t", "    ")
}
