package typeset

import "strings"

// A Column is a program beside another. Its Code may hold tabs; it is
// plain, Columns highlights it.
type Column struct{ Title, Code, Language string }

// gutter stands between two columns.
const gutter = " │ "

// Columns sets two programs side by side where the width allows it for
// the longest line of each, with the lines that correspond in one row, and
// else one below the other, left first. A column without code is left out.
// No line is wider than width: what is too long even by itself is cut and
// ends in '…', for wrapped code reads as other code. Lines have no
// trailing spaces.
func Columns(left, right Column, width int, colour bool) []string {
	if width < 1 {
		return nil
	}
	l, r := left.set(), right.set()
	var lines [][]cell
	switch {
	case fit(l, r, width):
		lines = beside(l, r, cells(gutter, faint))
	case left.Code == "":
		lines = r.lines()
	case right.Code == "":
		lines = l.lines()
	default:
		lines = append(append(l.lines(), nil), r.lines()...)
	}
	return render(lines, width, colour)
}

// Fit reports whether two programs stand side by side in that width, or one
// has no code.
func Fit(left, right Column, width int) bool {
	return left.Code == "" || right.Code == "" || fit(left.set(), right.set(), width)
}

func fit(l, r listing, width int) bool {
	return len(l.code) > 0 && len(r.code) > 0 && l.width+len([]rune(gutter))+r.width <= width
}

// InTurn sets two programs for a place that has room for one of them at a
// time: what corresponds, such as two functions, begins in the same line of
// both, and both have as many lines. Else it sets them as Columns does.
func InTurn(left, right Column, width int, colour bool) (l, r []string) {
	if width < 1 {
		return nil, nil
	}
	a, b := left.set(), right.set()
	below := [2][][]cell{{a.title}, {b.title}}
	for i, pair := range pairs(texts(a.code), texts(b.code)) {
		if i > 0 {
			below = [2][][]cell{append(below[0], nil), append(below[1], nil)}
		}
		for _, row := range pair {
			if row.left != none {
				below[0] = append(below[0], a.code[row.left])
			}
			if row.right != none {
				below[1] = append(below[1], b.code[row.right])
			}
		}
		rows := max(len(below[0]), len(below[1]))
		for side := range below {
			for len(below[side]) < rows {
				below[side] = append(below[side], nil)
			}
		}
	}
	return render(below[0], width, colour), render(below[1], width, colour)
}

// A listing is a Column set in lines. Without a title it has none above
// its code.
type listing struct {
	title []cell
	code  [][]cell
	width int // of the widest line, the title included
}

// set sets the column. Behind its title stands a rule as long as its
// widest line.
func (c Column) set() listing {
	if c.Code == "" {
		return listing{}
	}
	l := listing{code: highlight(strings.Trim(c.Code, "\n"), c.Language)}
	for i, line := range l.code {
		l.code[i] = trimRight(line)
		l.width = max(l.width, widthOf(l.code[i]))
	}
	if c.Title != "" {
		l.title = append(cells(c.Title, bold), cells(" ", "")...)
		rule := max(l.width-widthOf(l.title), 0)
		l.title = append(l.title, cells(strings.Repeat("─", rule), faint)...)
		l.width = max(l.width, widthOf(l.title))
	}
	return l
}

// lines are the title and the code below it.
func (l listing) lines() [][]cell {
	if l.title == nil {
		return l.code
	}
	return append([][]cell{l.title}, l.code...)
}

// beside sets two programs beside each other, line by line as align says.
func beside(left, right listing, between []cell) [][]cell {
	var lines [][]cell
	set := func(l, r []cell) {
		line := append(padRight(l, left.width), between...)
		lines = append(lines, append(line, r...))
	}
	at := func(code [][]cell, i int) []cell {
		if i == none {
			return nil
		}
		return code[i]
	}
	if left.title != nil || right.title != nil {
		set(left.title, right.title)
	}
	for _, r := range align(texts(left.code), texts(right.code)) {
		set(at(left.code, r.left), at(right.code, r.right))
	}
	return lines
}
