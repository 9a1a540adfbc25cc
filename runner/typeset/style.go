package typeset

// The styles, as the sequences that open them. Colours are few, and what
// has one is told from its neighbours without it too: by its place, its
// quotes or its comment sign.
const (
	reset   = "\x1b[0m"
	bold    = "\x1b[1m"
	faint   = "\x1b[2m"
	italic  = "\x1b[3m"
	green   = "\x1b[32m"
	magenta = "\x1b[35m"
	cyan    = "\x1b[36m"
)

// style is that of a lexeme, "" for the terminal's own.
func (k kind) style() string {
	switch k {
	case kindComment:
		return faint
	case kindKeyword:
		return magenta
	case kindString:
		return green
	case kindNumber, kindBuiltin, kindDecorator:
		return cyan
	case kindDeclared:
		return bold
	}
	return ""
}
