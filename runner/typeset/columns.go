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
// both. What has no counterpart comes last. Both have as many lines.
func InTurn(left, right Column, width int, colour bool) (l, r []string) {
	if width < 1 {
		return nil, nil
	}
	a, b := left.set(), right.set()
	both := [2][][]cell{{a.title}, {b.title}}
	var alone [2][][]cell
	for _, pair := range pairs(texts(a.code), texts(b.code)) {
		var chunk [2][][]cell
		for _, row := range pair {
			if row.left != none {
				chunk[0] = append(chunk[0], a.code[row.left])
			}
			if row.right != none {
				chunk[1] = append(chunk[1], b.code[row.right])
			}
		}
		for side, code := range chunk {
			switch {
			case len(chunk[1-side]) == 0:
				alone[side] = append(append(alone[side], nil), code...)
			case len(code) > 0:
				both[side] = append(separated(both[side]), code...)
			}
		}
		level(&both)
	}
	for side := range both {
		rest := alone[side]
		if len(both[side]) == 1 && len(rest) > 0 {
			rest = rest[1:] // nothing stands between the title and it
		}
		both[side] = append(both[side], rest...)
	}
	level(&both)
	return render(both[0], width, colour), render(both[1], width, colour)
}

// separated are the lines of a program with an empty one below them, if there
// are any besides the title.
func separated(lines [][]cell) [][]cell {
	if len(lines) == 1 {
		return lines
	}
	return append(lines, nil)
}

// level makes both programs as long as the longer one.
func level(both *[2][][]cell) {
	rows := max(len(both[0]), len(both[1]))
	for side := range both {
		for len(both[side]) < rows {
			both[side] = append(both[side], nil)
		}
	}
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
