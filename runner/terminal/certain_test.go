package terminal

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
	"golang.org/x/text/width"

	"gosyncio/runner/environ"
)

func TestWhichTerminalsAreAmbiguous(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		environ environ.Environ
		want    bool
	}{
		{nil, false},
		{environ.Environ{"LANG=en_GB.UTF-8"}, false},
		{environ.Environ{"LANG=C.UTF-8"}, false},
		{environ.Environ{"LANG=ja_JP.UTF-8"}, true},
		{environ.Environ{"LANG=zh_CN.UTF-8"}, true},
		{environ.Environ{"LANG=ko_KR"}, true},
		{environ.Environ{"LANG=ja"}, true},
		{environ.Environ{"LANG=jam_JM.UTF-8"}, false},
		{environ.Environ{"LANG=ja_JP.UTF-8", "LC_CTYPE=en_US.UTF-8"}, false},
		{environ.Environ{"LANG=en_US.UTF-8", "LC_ALL=zh_TW.UTF-8"}, true},
		{environ.Environ{"LANG=ja_JP.UTF-8", WideVariable + "=0"}, false},
		{environ.Environ{"LANG=en_US.UTF-8", WideVariable + "=1"}, true},
	} {
		if got := (Streams{Environ: c.environ}).Ambiguous(); got != c.want {
			t.Errorf("%q: %v", c.environ, got)
		}
	}
}

// Whatever the character, what stands for it is one column wide everywhere.
func TestCertainText(t *testing.T) {
	t.Parallel()
	wide := &runewidth.Condition{EastAsianWidth: true}
	for r := rune(0xa0); r < 0x30000; r++ {
		got, was := Certain(string(r)), ansi.StringWidth(string(r))
		if got != string(r) && (wide.StringWidth(got) != was || was > 1) {
			t.Fatalf("%c (%U), %d columns: %q", r, r, was, got)
		}
		if got == string(r) && width.LookupRune(r).Kind() == width.EastAsianAmbiguous && was > 0 {
			t.Errorf("%c (%U) is of ambiguous width", r, r)
		}
	}
	for text, want := range map[string]string{
		"\x1b[1mA ▏▒▒░▄█\x1b[0m … 世界":   "\x1b[1mA |%%░=#\x1b[0m ~ 世界",
		"◆ you said 2 s · 1.50× faster": "^ you said 2 s - 1.50x faster",
		"Tasks ─┼─ “go”, Ω":             `Tasks -+- "go", ?`,
	} {
		if got := Certain(text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
