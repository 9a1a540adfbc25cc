package termtest

import (
	"strings"
	"testing"
)

// However what a program writes comes in pieces, it is shown as if it had come
// at once.
func TestWhatComesInPieces(t *testing.T) {
	t.Parallel()
	text := "\x1b[36m" + strings.Repeat("░", 5) + "\x1b[39m▒\x1b[31mx╵y⣿·→×\x1b[m\x1b[K\r\n" + "│░▀"
	want := NewScreen(40, 4)
	want.Write([]byte(text))
	for i := range len(text) {
		for j := i; j < len(text); j++ {
			s := NewScreen(40, 4)
			s.Write([]byte(text[:i]))
			s.Write([]byte(text[i:j]))
			s.Write([]byte(text[j:]))
			if s.vt.String() != want.vt.String() {
				t.Errorf("split at %d, %d: %q", i, j, s.vt.String())
			}
		}
	}
}
