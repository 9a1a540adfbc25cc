package typeset

import (
	"math"
	"strings"
)

// A row is a line of the left program and a line of the right one that
// stand beside each other, by their indices; none is an empty place.
type row struct{ left, right int }

const none = -1

// What it costs to set a line beside an empty place, and what the lines of
// two chunks must be worth for these to stand beside each other, on the
// scale of likeness.
const (
	emptyPlace = 30
	kinship    = 800
)

// align sets two programs beside each other by idea rather than by line
// number. It pairs up their chunks first, such as functions: those that
// define the same thing, and those of different names that are much alike.
// Then it pairs up the lines of such chunks. A chunk without a counterpart
// stands alone, unless it is all there is on both sides.
//
// Every line stands in exactly one row and the lines of a program keep
// their order, but between two chunks is always one empty row, however
// many empty lines a program has there.
func align(left, right []string) []row {
	var rows []row
	for i, pair := range pairs(left, right) {
		if i > 0 {
			rows = append(rows, row{none, none})
		}
		rows = append(rows, pair...)
	}
	return rows
}

// pairs are the rows of each pair of chunks, and of each chunk that stands
// alone.
func pairs(left, right []string) [][]row {
	a, b := chunks(left), chunks(right)
	rarity := rarities(a, b)
	lines := func(l, r chunk) ([]row, int) {
		return match(len(l), len(r), emptyPlace, func(i, j int) int {
			return likeness(l[i], r[j], rarity)
		})
	}
	matched, _ := match(len(a), len(b), 0, func(i, j int) int {
		if len(a) == 1 && len(b) == 1 {
			return 0
		}
		_, worth := lines(a[i], b[j])
		return worth - kinship
	})
	var all [][]row
	for _, pair := range matched {
		var l, r chunk
		if pair.left != none {
			l = a[pair.left]
		}
		if pair.right != none {
			r = b[pair.right]
		}
		inside, _ := lines(l, r)
		for i, line := range inside {
			if line.left != none {
				inside[i].left = l[line.left].index
			}
			if line.right != none {
				inside[i].right = r[line.right].index
			}
		}
		all = append(all, inside)
	}
	return all
}

// match sets n things on the left and m on the right in the rows that are
// worth most in all: a row with one thing costs gap, for a row with both
// worth says what it is worth. Of several ways it takes the one that sets
// the first things beside each other.
//
// This is global sequence alignment: Saul B. Needleman and Christian D.
// Wunsch, "A general method applicable to the search for similarities in
// the amino acid sequence of two proteins", Journal of Molecular Biology
// 48 (1970), 443-453.
func match(n, m, gap int, worth func(i, j int) int) ([]row, int) {
	best := make([][]int, n+1)  // for the things from i and from j on
	first := make([][]row, n+1) // the first row of these
	for i := n; i >= 0; i-- {
		best[i], first[i] = make([]int, m+1), make([]row, m+1)
		for j := m; j >= 0; j-- {
			if i == n && j == m {
				continue
			}
			best[i][j] = math.MinInt
			consider := func(total int, r row) {
				if total > best[i][j] {
					best[i][j], first[i][j] = total, r
				}
			}
			if i < n && j < m {
				consider(worth(i, j)+best[i+1][j+1], row{i, j})
			}
			if i < n {
				consider(best[i+1][j]-gap, row{i, none})
			}
			if j < m {
				consider(best[i][j+1]-gap, row{none, j})
			}
		}
	}
	var rows []row
	for i, j := 0, 0; i < n || j < m; {
		r := first[i][j]
		rows = append(rows, r)
		if r.left != none {
			i++
		}
		if r.right != none {
			j++
		}
	}
	return rows, best[0][0]
}

// A chunk is a stretch of a program that begins at the margin, such as a
// function with the comment above it.
type chunk []codeLine

// chunks parts a program at its empty lines, unless the line after them is
// indented or closes a bracket.
func chunks(lines []string) []chunk {
	var result []chunk
	var empty chunk
	for i, text := range lines {
		if text == "" {
			empty = append(empty, codeLine{index: i})
			continue
		}
		if result == nil || empty != nil && !strings.Contains(" )]}", text[:1]) {
			result, empty = append(result, nil), nil
		}
		last := &result[len(result)-1]
		*last = append(append(*last, empty...), newCodeLine(i, text))
		empty = nil
	}
	return result
}
