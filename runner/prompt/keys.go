package prompt

import (
	"time"
	"unicode"
	"unicode/utf8"
)

// What survey is given: these, less Esc, and printable characters.
const (
	interrupt  = "\x03"
	up         = "\x10"
	down       = "\x0e"
	enter      = "\r"
	tab        = "\t"
	erase      = "\x7f"
	eraseAll   = "\x18"
	escape     = "\x1b"
	escapeByte = 0x1b
)

// What survey does not hear of: Ctrl-L, with which the question is put anew,
// and Ctrl-Z, with which the program stops for a while.
const (
	redraw  = "\x0c"
	suspend = "\x1a"
)

// keys tells the keys apart in what a terminal sends, byte by byte, and
// translates those that are understood. Everything else it drops
// whole: Alt with a key, function keys, keys with Ctrl, reports of
// the mouse, of focus and of pasting, answers to questions that another
// program asked the terminal, invalid UTF-8. What is pasted counts as
// typed. Ctrl-C, and Ctrl-D, which stands for it, are heard in whatever
// they interrupt.
type keys struct {
	state state
	first bool   // no byte of a sequence yet after its introduction
	skip  int    // how many bytes are to be skipped
	alt   bool   // the character in rune came with Alt
	rune  []byte // the beginning of a character in UTF-8
}

type state int

const (
	ground     state = iota
	escaped          // after ESC
	csi              // after ESC [
	ss3              // after ESC O
	text             // in a string: after ESC ], P, X, ^ or _
	textEscape       // after an ESC in a string
	skipping         // in what follows ESC [ M or ESC [ [
)

// timeout is how long to wait for the next byte before giving up on what
// has come so far; 0 means for ever. A key sends its bytes at once, only
// a slow line takes them apart.
func (k *keys) timeout() time.Duration {
	switch k.state {
	case ground:
		return 0
	case escaped:
		return 50 * time.Millisecond
	}
	return 500 * time.Millisecond
}

// expire is called when nothing came for so long. It returns the key that it
// was: Esc, or none, if what looked like a sequence was none.
func (k *keys) expire() string {
	pressed := ""
	if k.state == escaped {
		pressed = escape
	}
	*k = keys{}
	return pressed
}

// feed takes a byte and returns the key that it completes, "" for none.
func (k *keys) feed(b byte) string {
	if b == 0x03 || b == 0x04 {
		*k = keys{}
		return interrupt
	}
	switch k.state {
	case escaped:
		return k.afterEscape(b)
	case csi, ss3:
		return k.inSequence(b)
	case text:
		switch b {
		case 0x07:
			*k = keys{}
		case escapeByte:
			k.state = textEscape
		}
		return ""
	case textEscape:
		*k = keys{}
		if b == '\\' {
			return ""
		}
		return k.afterEscape(b)
	case skipping:
		if b < ' ' {
			return k.again(b)
		}
		if k.skip--; k.skip == 0 {
			*k = keys{}
		}
		return ""
	}
	return k.typed(b)
}

// again drops what has come so far and takes b for a beginning.
func (k *keys) again(b byte) string {
	*k = keys{}
	return k.typed(b)
}

// typed is for a byte outside of sequences.
func (k *keys) typed(b byte) string {
	if b >= utf8.RuneSelf {
		return k.character(b)
	}
	*k = keys{} // with what was not completed
	switch b {
	case escapeByte:
		k.state = escaped
	case '\r', '\n':
		return enter
	case '\t':
		return tab
	case 0x10: // Ctrl-P
		return up
	case 0x0e: // Ctrl-N
		return down
	case 0x08, 0x7f:
		return erase
	case 0x15, 0x17, 0x18: // Ctrl-U, Ctrl-W, Ctrl-X
		return eraseAll
	case 0x0c:
		return redraw
	case 0x1a:
		return suspend
	default:
		if b >= ' ' {
			return string(rune(b))
		}
	}
	return ""
}

// character is for a byte of a character of several.
func (k *keys) character(b byte) string {
	if !utf8.RuneStart(b) && len(k.rune) == 0 {
		return "" // the middle of a character without its beginning
	}
	if utf8.RuneStart(b) && len(k.rune) > 0 {
		*k = keys{} // the beginning of another one
	}
	k.rune = append(k.rune, b)
	if !utf8.FullRune(k.rune) {
		return ""
	}
	r, size := utf8.DecodeRune(k.rune)
	whole, alt := size == len(k.rune) && r != utf8.RuneError, k.alt
	*k = keys{}
	if !whole || alt || !unicode.IsPrint(r) {
		return ""
	}
	return string(r)
}

// afterEscape is for the byte after ESC.
func (k *keys) afterEscape(b byte) string {
	*k = keys{}
	switch b {
	case escapeByte:
		k.state = escaped
	case '[':
		k.state, k.first = csi, true
	case 'O':
		k.state, k.first = ss3, true
	case ']', 'P', 'X', '^', '_':
		k.state = text
	default:
		if b >= utf8.RuneSelf {
			k.alt = true
			return k.character(b)
		}
	}
	return ""
}

// inSequence is for a byte after ESC [ or ESC O.
func (k *keys) inSequence(b byte) string {
	first, sequence := k.first, k.state
	switch {
	case b < ' ' || b >= 0x7f:
		return k.again(b)
	case b < '@': // a parameter
		k.first = false
		return ""
	}
	*k = keys{}
	switch {
	case !first: // a key with Ctrl or Shift, or none that survey knows
	case b == 'A':
		return up
	case b == 'B':
		return down
	case b == 'M' && sequence == ss3: // Enter on the keypad
		return enter
	case b == 'M': // the mouse, in the oldest manner: three bytes
		k.state, k.skip = skipping, 3
	case b == '[' && sequence == csi: // a function key on Linux's console
		k.state, k.skip = skipping, 1
	}
	return ""
}
