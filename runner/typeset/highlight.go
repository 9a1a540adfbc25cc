package typeset

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// The styles of code. They are few, and each is told from its neighbours
// without colour too: by its place, its quotes or its comment sign.
const (
	reset   = "\x1b[0m"
	bold    = "\x1b[1m"
	faint   = "\x1b[2m"
	green   = "\x1b[32m"
	magenta = "\x1b[35m"
	cyan    = "\x1b[36m"
)

// Highlight colours code of a language that chroma knows by that name;
// code of another comes back as it is, and so does all of it without
// colour. It only adds styles: without them the result is the code, and
// every line closes the styles that it opens.
func Highlight(code, language string, colour bool) string {
	if !colour {
		return code
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return code
	}
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		return code
	}
	var b strings.Builder
	p := painter{out: &b}
	declaring := false // in a line that declares a function, before its name
	for t := tokens(); t != chroma.EOF; t = tokens() {
		style := codeStyle(t.Type)
		switch {
		case t.Value == "func" || t.Value == "def" || t.Value == "class":
			declaring = true
		case strings.Contains(t.Value, "\n") || t.Value == "{":
			declaring = false
		case declaring && (t.Type.InSubCategory(chroma.NameFunction) || t.Type == chroma.NameClass):
			style, declaring = bold, false
		}
		p.print(t.Value, style)
	}
	p.set("")
	if !strings.HasSuffix(code, "\n") { // some lexers add one
		return strings.TrimSuffix(b.String(), "\n")
	}
	return b.String()
}

// codeStyle is the style of a token, "" for the terminal's own.
func codeStyle(t chroma.TokenType) string {
	switch {
	case t.InCategory(chroma.Comment):
		return faint
	case t == chroma.KeywordType, t == chroma.KeywordConstant,
		t.InSubCategory(chroma.NameBuiltin), t == chroma.NameDecorator:
		return cyan
	case t.InCategory(chroma.Keyword), t == chroma.OperatorWord:
		return magenta
	case t.InSubCategory(chroma.LiteralString):
		return green
	case t.InSubCategory(chroma.LiteralNumber):
		return cyan
	}
	return ""
}

// A painter writes text in styles, with as few sequences as it can, and
// has no style open at the end of a line.
type painter struct {
	out  *strings.Builder
	open string
}

func (p *painter) print(text, style string) {
	for line := range strings.Lines(text) {
		content := strings.TrimSuffix(line, "\n")
		if style == "" || strings.Trim(content, " ") != "" {
			p.set(style)
		}
		p.out.WriteString(content)
		if len(content) < len(line) {
			p.set("")
			p.out.WriteString("\n")
		}
	}
}

func (p *painter) set(style string) {
	if style == p.open {
		return
	}
	if p.open != "" {
		p.out.WriteString(reset)
	}
	p.out.WriteString(style)
	p.open = style
}
