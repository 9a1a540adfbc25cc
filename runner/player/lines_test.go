package player

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
)

func linesOf(t *testing.T, input string) (lines []string) {
	t.Helper()
	ReadLines(iotest.OneByteReader(strings.NewReader(input)), printable, func(text string) { lines = append(lines, text) })
	return lines
}

func TestReadLines(t *testing.T) {
	long := strings.Repeat("x", 10*maxLine)
	tests := []struct {
		name, input string
		want        []string
	}{
		{"nothing", "", nil},
		{"lines", "a\nb\n", []string{"a", "b"}},
		{"an empty line", "a\n\nb\n", []string{"a", "", "b"}},
		{"no end at the end", "a\nb", []string{"a", "b"}},
		{"windows", "a\r\nb\r\n", []string{"a", "b"}},
		{"colours and titles", "\x1b[31mred\x1b[0m \x1b]0;title\x07x\n", []string{"red x"}},
		{"cursor and bell", "a\x1b[2Jb\x08c\x07\n", []string{"abc"}},
		{"C1 control characters", "a\u009b31mb\n", []string{"a31mb"}},
		{"right to left override", "a\u202eb\n", []string{"ab"}},
		{"not UTF-8", "a\xffb\n", []string{"a\uFFFDb"}},
		{"tabs", "a\tb\n", []string{"a    b"}},
		{"a long line, then another", long + "\nb\n", []string{strings.Repeat("x", maxLine-1) + "…", "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := linesOf(t, tt.input); !slices.Equal(got, tt.want) {
				t.Errorf("lines = %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzReadLines(f *testing.F) {
	f.Add([]byte("a\x1b[31mb\x9bc\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ReadLines(bytes.NewReader(data), printable, func(text string) {
			for _, r := range text {
				if !unicode.IsPrint(r) {
					t.Errorf("%q has %U in it", text, r)
				}
			}
		})
	})
}
