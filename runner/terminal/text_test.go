package terminal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestForeignTextCannotCommandATerminal(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"plain", "tasks, Ωmega, 世界", "tasks, Ωmega, 世界"},
		{"colours", "a\x1b[31mred\x1b[0mb", "aredb"},
		{"a title for the window", "a\x1b]0;owned\x07b", "ab"},
		{"an escape alone", "a\x1bcb", "ab"},
		{"controls of eight bits", "a\u009b31mb", "a31mb"},
		{"bell, backspace and return", "a\a\bb\rc", "ab c"},
		{"lines and tabs", "a\n\tb", "a     b"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
		{"marks that turn the direction", "a\u202eb\u200fc", "abc"},
	}
	for _, tt := range tests {
		if got := Printable(tt.text); got != tt.want {
			t.Errorf("%s: Printable(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestTextIsWrappedBehindItsIndent(t *testing.T) {
	t.Parallel()
	want := []string{"  one two", "  three four"}
	if diff := cmp.Diff(want, Wrap("one two three four", 2, 12)); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if got := Wrap("one two", 2, 1); len(got) != 1 {
		t.Errorf("in no room at all: %q", got)
	}
}
