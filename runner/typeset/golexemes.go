package typeset

import (
	"go/scanner"
	"go/token"
	"go/types"
	"strings"
)

// goLexemes takes Go apart, be it a file or a piece of one, and be it
// correct or not.
func goLexemes(code string) []lexeme {
	var lexemes []lexeme
	tokens := scanGo(code)
	depth, declares := 0, false // after a func at the margin, before its name
	for i, t := range tokens {
		k := goKind(t.tok)
		switch {
		case t.tok == token.FUNC && (t.start == 0 || code[t.start-1] == '\n'):
			depth, declares = 0, true
		case t.tok == token.LPAREN:
			depth++
		case t.tok == token.RPAREN:
			depth--
		case t.tok == token.IDENT && declares && depth == 0:
			k, declares = kindDeclared, false
		case t.tok == token.IDENT && (i == 0 || tokens[i-1].tok != token.PERIOD):
			called := i+1 < len(tokens) && tokens[i+1].tok == token.LPAREN
			if isGoBuiltin(code[t.start:t.end], called) {
				k = kindBuiltin
			}
		}
		lexemes = append(lexemes, lexeme{k, t.start, t.end})
	}
	return lexemes
}

func goKind(tok token.Token) kind {
	switch {
	case tok == token.COMMENT:
		return kindComment
	case tok == token.STRING, tok == token.CHAR:
		return kindString
	case tok == token.INT, tok == token.FLOAT, tok == token.IMAG:
		return kindNumber
	case tok.IsKeyword():
		return kindKeyword
	case tok == token.IDENT:
		return kindName
	}
	return kindOperator
}

// isGoBuiltin reports whether a name is a type or a constant of the
// language, or a function of it that is called here: variables are named
// len, max and copy too.
func isGoBuiltin(name string, called bool) bool {
	switch types.Universe.Lookup(name).(type) {
	case nil:
		return false
	case *types.Builtin:
		return called
	}
	return true
}

// A goToken is a token of Go and where it stands.
type goToken struct {
	tok        token.Token
	start, end int
}

// scanGo are the tokens of a program, without the semicolons that are not
// in it.
func scanGo(code string) []goToken {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	var tokens []goToken
	for {
		pos, tok, text := s.Scan()
		start := file.Offset(pos)
		if n := len(tokens); n > 0 { // text lacks carriage returns, so it does not say where it ends
			last := &tokens[n-1]
			last.end = last.start + len(strings.TrimRight(code[last.start:start], " \t\r\n"))
		}
		if tok == token.EOF {
			return tokens
		}
		if tok != token.SEMICOLON || text == ";" {
			tokens = append(tokens, goToken{tok: tok, start: start})
		}
	}
}
