package page

// The margins of a page in a window: to its left and right, and the rows
// above it (lesson, blank, title, blank) and below it (keys).
const (
	SideMargin = 2
	HeadRows   = 4
	FootRows   = 1
	// BareHeight is the height below which a page has no head.
	BareHeight = 12
)

// Width is how wide the text of a page may be in a window of so many
// columns; at least 1.
func Width(columns int) int { return max(columns-2*SideMargin, 1) }

// Room is how many lines of a page a window of so many rows has room for;
// at least 1.
func Room(rows int) int {
	if rows < BareHeight {
		return max(rows-1, 1)
	}
	return rows - HeadRows - FootRows
}
