package runner

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPageIsSplitAtEmptyLines(t *testing.T) {
	tests := []struct {
		name, lines string
		room        int
		want        []string
	}{
		{"it fits", "a b c", 3, []string{"a b c"}},
		{"at the last empty line", "a b - c d e", 4, []string{"a b", "c d e"}},
		{"exactly behind a full screen", "a b c - d", 3, []string{"a b c", "d"}},
		{"not where it would leave half a screen empty", "a - c d e f", 4, []string{"a - c d", "e f"}},
		{"several empty lines in a row", "a b c - - - d", 3, []string{"a b c", "d"}},
		{"three screens", "a b - c d - e f", 3, []string{"a b", "c d", "e f"}},
		{"one line at a time", "a b", 1, []string{"a", "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := strings.Fields(tt.lines)
			for i, line := range lines {
				lines[i] = strings.Trim(line, "-")
			}
			var got []string
			for _, screen := range split(lines, tt.room) {
				for i, line := range screen {
					if line == "" {
						screen[i] = "-"
					}
				}
				got = append(got, strings.Join(screen, " "))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
