package prompt

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever row the cursor was in, after a change of what is typed it stands on
// the first choice that matches, or on that of the number that was typed.
func TestTypingMovesTheCursorToWhatMatchesBest(t *testing.T) {
	t.Parallel()
	const down, up, erase, esc = "\x1b[B", "\x1b[A", "\x7f", "\x15"
	choices := []Choice{
		{Label: "1  The event loop", Match: "runtime"}, {Label: "2  Coroutines"}, {Label: "3  Tasks"},
		{Label: "10 Rules"}, {Label: "20"}, {Label: "Review"}, {Label: "Quit"},
	}
	for _, rows := range []int{24, 4} {
		for keys, want := range map[string]int{
			down + down + down + down + down + "u":        0, // not Quit, the last of those with a u
			down + down + down + "1":                      0, // not lesson 10
			down + down + down + "10":                     3,
			"10" + erase:                                  0,
			down + down + "1" + down + "0":                3,
			up + "2":                                      1,
			up + "20":                                     4,
			up + "r":                                      0, // by what it is found by
			up + "re":                                     5,
			"r" + down + "u":                              0,
			"r" + down + down + "u" + down:                3,
			down + down + "zz" + esc + "co":               1,
			"zz" + erase + erase:                          2, // where it stood when nothing was typed
			up + up + "e" + esc:                           2,
			"e" + esc + down:                              3,
			"zz" + down + up + esc + "uit":                6,
			"e" + down + "\x0c" /* dropped here */ + "vi": 5,
			"event\x1b[B" + esc + "ta" + down + down + down: 2,
		} {
			l := fit(one, "Which?", choices, rows, 40)
			l.current = 2
			got, err := ask[int](Options{Out: null(t)}, l, l.chooseOne(), newBytesInput(keys+"\r"))
			if err != nil || got != want {
				t.Errorf("%d rows, %q: chose %d (%v), want %d", rows, keys, got, err, want)
			}
		}
		// As it marks.
		l := fit(several, "Which?", choices, rows, 40)
		got, err := ask[[]int](Options{Out: null(t)}, l, l.chooseSeveral(), newBytesInput(up+"1 "+esc+up+"re "+esc+down+" \r"))
		if diff := cmp.Diff([]int{0, 1, 5}, got); err != nil || diff != "" {
			t.Errorf("%d rows: %v %s", rows, err, diff)
		}
	}
}

// A number that begins a longer one gives way to itself, in any order.
func TestTheNumberThatIsTypedIsChosen(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int{"2": 2, "20": 1, "200": 0, "3": 3} {
		l := fit(one, "How many?", []Choice{{Label: "200 of them"}, {Label: "20"}, {Label: "2"}, {Label: "3.5 s"}}, 24, 40)
		got, err := ask[int](Options{Out: null(t)}, l, l.chooseOne(), newBytesInput(typed+"\r"))
		if err != nil || got != want {
			t.Errorf("%q: chose %d (%v), want %d", typed, got, err, want)
		}
	}
}

// null is where survey may draw unseen.
func null(t *testing.T) *os.File {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { null.Close() })
	return null
}
