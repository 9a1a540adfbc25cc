package class

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rsc.io/qr"
)

// Each module of the code is half a character, and light ones are drawn.
func TestACodeIsDrawnWhole(t *testing.T) {
	t.Parallel()
	const link = "http://192.168.1.5:41234/#ACDEFG"
	code, err := qr.Encode(link, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	lines := drawn(link)
	wide := code.Size + 2*quiet
	if got := len(lines); got != (wide+1)/2 {
		t.Fatalf("there are %d lines", got)
	}
	for row, line := range lines {
		if got := utf8.RuneCountInString(line); got != wide {
			t.Fatalf("line %d has %d columns, not %d", row, got, wide)
		}
		for column, r := range []rune(line) {
			for half, lit := range []bool{strings.ContainsRune("█▀", r), strings.ContainsRune("█▄", r)} {
				x, y := column-quiet, 2*row+half-quiet
				if y >= code.Size+quiet {
					continue // the last line may be half a one
				}
				if lit == code.Black(x, y) {
					t.Fatalf("the module %d, %d is drawn lit %v", x, y, lit)
				}
			}
		}
	}
	if drawn(strings.Repeat("a", 10_000)) != nil {
		t.Error("what has no room in a code is drawn")
	}
}

func TestCodesDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		code := newCode()
		if len(code) != codeLength || strings.Trim(code, codeLetters) != "" {
			t.Fatalf("a code is %q", code)
		}
		seen[code] = true
	}
	if len(seen) < 990 {
		t.Errorf("of 1000 codes %d differ", len(seen))
	}
}
