package prompt

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/AlecAivazis/survey/v2/terminal"
	"github.com/google/go-cmp/cmp"
)

// typing is a source made of strings: what comes in one string comes at
// once, after it the terminal is silent for longer than any timeout.
type typing []string

func (t *typing) next(timeout time.Duration) (byte, bool, error) {
	for len(*t) > 0 {
		s := (*t)[0]
		if s != "" {
			(*t)[0] = s[1:]
			return s[0], true, nil
		}
		*t = (*t)[1:]
		if timeout > 0 {
			return 0, false, nil
		}
	}
	return 0, false, io.EOF
}

func TestKeysThatSurveyUnderstandsPass(t *testing.T) {
	for _, c := range []struct {
		name  string
		typed []string
		want  []string
	}{
		{"letters", []string{"aZ?/ ~"}, []string{"a", "Z", "?", "/", " ", "~"}},
		{"letters of several bytes", []string{"ä漢🙂"}, []string{"ä", "漢", "🙂"}},
		{"one taken apart by the line", []string{"\xf0\x9f", "\x99", "\x82"}, []string{"🙂"}},
		{"enter", []string{"\r\n"}, []string{enter, enter}},
		{"enter on the keypad", []string{"\x1bOM"}, []string{enter}},
		{"arrows", []string{"\x1b[A\x1b[B\x1bOA\x1bOB"}, []string{up, down, up, down}},
		{"emacs's arrows", []string{"\x10\x0e"}, []string{up, down}},
		{"erasing", []string{"\x7f\x08\x15\x17\x18"}, []string{erase, erase, eraseAll, eraseAll, eraseAll}},
		{"ctrl-c and ctrl-d", []string{"\x03\x04"}, []string{interrupt, interrupt}},
		{"esc", []string{"\x1b", ""}, []string{escape}},
		{"esc twice", []string{"\x1b", "\x1b", ""}, []string{escape, escape}},
	} {
		t.Run(c.name, func(t *testing.T) { checkKeys(t, c.typed, c.want) })
	}
}

func TestKeysThatConfuseSurveyAreDropped(t *testing.T) {
	for _, c := range []struct {
		name  string
		typed []string
	}{
		{"alt and a letter", []string{"\x1ba"}},
		{"alt and a letter of several bytes", []string{"\x1bä"}},
		{"alt and enter", []string{"\x1b\r"}},
		{"alt and backspace", []string{"\x1b\x7f"}},
		{"alt and a bracket", []string{"\x1b[", ""}},
		{"left, right, home, end", []string{"\x1b[C\x1b[D\x1b[H\x1b[F\x1bOC\x1bOH\x1b[1~\x1b[4~"}},
		{"insert, delete, pages", []string{"\x1b[2~\x1b[3~\x1b[5~\x1b[6~"}},
		{"ctrl and an arrow", []string{"\x1b[1;5A\x1b[1;5C\x1bO5A\x1b[a"}},
		{"function keys", []string{"\x1bOP\x1b[15~\x1b[24~\x1b[[A\x1b[[E"}},
		{"marks around what is pasted", []string{"\x1b[200~\x1b[201~"}},
		{"the mouse", []string{"\x1b[<0;33;12M\x1b[<0;33;12m\x1b[M !!\x1b[32;10;10M"}},
		{"focus", []string{"\x1b[I\x1b[O"}},
		{"kitty's keys", []string{"\x1b[97;5u\x1b[57441;2:3u\x1b[?1u"}},
		{"the cursor's position", []string{"\x1b[24;80R"}},
		{"the background's colour", []string{"\x1b]11;rgb:0000/0000/0000\x1b\\\x1b]11;rgb:ffff/ffff/ffff\x07"}},
		{"the terminal's version", []string{"\x1bP>|xterm(390)\x1b\\\x1b_Gi=1;OK\x1b\\"}},
		{"control bytes", []string{"\x00\x01\x02\x05\x06\x07\x0b\x0c\x0f\x11\x12\x13\x14\x16\x19\x1a\x1c\x1d\x1e\x1f"}},
		{"invalid utf-8", []string{"\xff\x80\xf5\xed\xa0\x80\xc3\xc3\xff\xf0\x9f"}},
		{"characters that show nothing", []string{"\u202e\u200b\u0085\ufeff\u2028"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkKeys(t, append(append([]string{}, c.typed...), "z"), []string{"z"})
		})
	}
}

func TestASequenceTakenApartByTheLineIsStillDropped(t *testing.T) {
	k := keys{}
	for _, b := range []byte("\x1b[200~") {
		if got := k.feed(b); got != "" {
			t.Errorf("got %q", got)
		}
	}
	if k.timeout() != 0 {
		t.Error("still waits")
	}
}

func TestCtrlCIsHeardInAnySequence(t *testing.T) {
	for _, typed := range []string{"\x1b", "\x1b[", "\x1b[1;", "\x1bO", "\x1b]11;", "\x1b]\x1b", "\x1b[M", "\xf0\x9f"} {
		checkKeys(t, []string{typed + "\x03a"}, []string{interrupt, "a"})
	}
}

// Ctrl-L has the question put anew where that can be, Ctrl-Z stops the
// program, and neither is a key to survey.
func TestCtrlLAndCtrlZAreNoKeys(t *testing.T) {
	checkKeys(t, []string{"a\x0cb\x1a", "\x1b\x0c\x1b\x1a"}, []string{"a", "b"})
	source := typing{"a\x0cb\x1ac"}
	r := &keyReader{source: &source, again: true}
	p := make([]byte, 8)
	for _, want := range []struct {
		key string
		err error
	}{{"a", nil}, {"", errAgain}, {"b", nil}, {"", errSuspend}, {"c", nil}} {
		if n, err := r.Read(p); string(p[:n]) != want.key || err != want.err {
			t.Errorf("read %q, %v; want %q, %v", p[:n], err, want.key, want.err)
		}
	}
}

func TestEnterIsHeardAfterABrokenSequence(t *testing.T) {
	for _, typed := range []string{"\x1b[", "\x1b[1;", "\x1bO", "\x1b[M", "\xf0\x9f"} {
		checkKeys(t, []string{typed + "\r"}, []string{enter})
	}
}

func checkKeys(t *testing.T, typed, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, readKeys(t, typed)); diff != "" {
		t.Errorf("%q: (-want +got)\n%s", typed, diff)
	}
}

// readKeys reads all keys, each with one Read.
func readKeys(t *testing.T, typed []string) []string {
	t.Helper()
	source := typing(typed)
	r := &keyReader{source: &source}
	var keys []string
	p := make([]byte, 4096)
	for {
		n, err := r.Read(p)
		if err == io.EOF {
			return keys
		}
		if err != nil || n == 0 {
			t.Fatalf("Read: %d, %v", n, err)
		}
		keys = append(keys, string(p[:n]))
	}
}

func TestKeysAreReadWhateverTheBuffer(t *testing.T) {
	source := typing{"a漢\x1b[A\r"}
	got, err := io.ReadAll(iotest.OneByteReader(&keyReader{source: &source}))
	if want := "a漢" + up + enter; string(got) != want || err != nil {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

func FuzzKeys(f *testing.F) {
	f.Add([]byte("\x1b[1;5C\x1b[200~a\x1b[201~"), byte(3))
	f.Add([]byte("\x1b]11;rgb:0/0/0\x1b\\\x1b[M !!\xf0\x9f\x99\x82"), byte(7))
	f.Add([]byte("\x1b\x1b[[A\x1bOM\x1bP\x1b\x1b"), byte(0))
	allowed := [][]byte{[]byte(interrupt), []byte(up), []byte(down), []byte(enter), []byte(tab), []byte(erase), []byte(eraseAll),
		[]byte(redraw), []byte(suspend)}
	f.Fuzz(func(t *testing.T, typed []byte, pause byte) {
		k := keys{}
		for i, b := range typed {
			if pause > 0 && i%int(pause) == 0 && k.timeout() > 0 {
				k.expire()
			}
			key := k.feed(b)
			if key == "" || len(key) == 1 && key[0] >= ' ' && key[0] < 0x7f {
				continue
			}
			known := false
			for _, a := range allowed {
				known = known || bytes.Equal(a, []byte(key))
			}
			if !known && (!utf8.ValidString(key) || utf8.RuneCountInString(key) != 1 || key[0] < utf8.RuneSelf) {
				t.Fatalf("%q of %q", key, typed[:i+1])
			}
		}
		if k.feed(0x03) != interrupt || k.feed('a') != "a" {
			t.Fatalf("stuck after %q", typed)
		}
	})
}

// bytesInput is an input of bytes for survey, without a terminal.
type bytesInput struct{ keyReader }

func (*bytesInput) Fd() uintptr   { return ^uintptr(0) }
func (*bytesInput) suspend() bool { return true }
func (*bytesInput) close()        {}

func FuzzAsk(f *testing.F) {
	f.Add("xyz\r\x04")
	f.Add("a\x1b[A\x1b[A\x7f\x1b[B\r")
	f.Add("?zz\x15\t\t\r")
	f.Add("漢\x1b[200~b\x1b")
	f.Add(" \x1b[A a \x15\x1b[B  \r")
	f.Add("xyz\x1b[A\x1b[A\x15 \x1b[C\r")
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		f.Fatal(err)
	}
	defer null.Close()
	choices := []Choice{{Label: "a"}, {Label: "ab 漢"}, {Label: "b?"}, {Label: "c", Match: "abc"}}
	f.Fuzz(func(t *testing.T, typed string) {
		o := Options{Out: null}
		l := fit(one, "?", choices, 5, 20)
		l.current = 2
		choice, err := ask[int](o, l, l.chooseOne(), newBytesInput(typed))
		checkEnd(t, typed, err)
		if choice < 0 || choice >= len(choices) {
			t.Fatalf("choice %d", choice)
		}
		l = fit(several, "?", choices, 5, 20)
		marked, err := ask[[]int](o, l, l.chooseSeveral(), newBytesInput(typed))
		checkEnd(t, typed, err)
		last := -1
		for _, i := range marked {
			if i <= last || i >= len(choices) {
				t.Fatalf("marked %v", marked)
			}
			last = i
		}
	})
}

func newBytesInput(typed string) *replay {
	return &replay{input: &bytesInput{keyReader{source: &typing{typed}}}}
}

// checkEnd checks how a question ended: if it was interrupted it was by a
// key, and not because survey panicked.
func checkEnd(t *testing.T, typed string, err error) {
	t.Helper()
	switch {
	case err == nil, err == io.EOF:
	case errors.Is(err, ErrQuit) && strings.Contains(typed, "q"), errors.Is(err, ErrBack) && strings.Contains(typed, "\x1b"):
	case errors.Is(err, terminal.InterruptErr) && strings.ContainsAny(typed, "\x03\x04"):
	default:
		t.Fatal(err)
	}
}
