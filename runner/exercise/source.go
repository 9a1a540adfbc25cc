package exercise

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/printer"
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A source is the learner's file, read.
type source struct {
	text      []byte
	imports   []importSpec
	functions map[string]function // by their names, see name
	// doubt is what is wrong if the check does not compile beside the file: a
	// function that it calls is not there, or looks other than it was given.
	doubt *Verdict
}

// An importSpec is where a path is imported: text[begin:end], quotes and all.
type importSpec struct {
	path       string
	begin, end int
}

// A function is one of the file's.
type function struct {
	line      int
	signature string // its types, however its parameters are called
}

// read reads the learner's file. It says what is wrong with it as far as that
// can be seen from the file alone.
func read(e Exercise, text []byte) (source, *Verdict) {
	src, problem := readAny(e.FileName(), text)
	if problem != nil {
		return source{}, problem
	}
	given, problem := readAny(e.FileName(), e.Given())
	if problem != nil {
		return source{}, problem
	}
	for name, want := range given.functions {
		if !ast.IsExported(name) {
			continue
		}
		got, ok := src.functions[name]
		switch {
		case !ok:
			src.doubt = &Verdict{Kind: Compile, Message: fmt.Sprintf("There is no function %s, which the check calls", name),
				Voice: Ours, Detail: []string{"want " + strings.Replace(want.signature, "func", "func "+name, 1)}}
		case got.signature != want.signature:
			src.doubt = &Verdict{Kind: Compile, Line: got.line, Message: fmt.Sprintf("%s must have the parameters and the results that it was given with", name),
				Voice: Ours, Detail: []string{"have " + got.signature, "want " + want.signature}}
		}
	}
	return src, nil
}

func readAny(fileName string, text []byte) (source, *Verdict) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, fileName, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, notGo(err)
	}
	line := func(p token.Pos) int { return fset.PositionFor(p, false).Line }
	want := strings.TrimSuffix(fileName, ".go")
	if got := file.Name.Name; got != want {
		return source{}, &Verdict{Kind: Compile, Line: line(file.Name.Pos()), Message: fmt.Sprintf("The file's package is called %s; it must stay %s", got, want)}
	}
	if at := constrained(file); at != token.NoPos {
		return source{}, &Verdict{Kind: Compile, Line: line(at), Message: "This line keeps the file from being built on some machines; take it away"}
	}
	if at := misleading(file); at != token.NoPos {
		return source{}, &Verdict{Kind: Compile, Line: line(at), Message: "This comment is an order to the compiler that an exercise does not need; take it away"}
	}
	src := source{text: text, functions: map[string]function{}}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if problem := foreign(path); problem != "" {
			return source{}, &Verdict{Kind: Compile, Line: line(spec.Pos()), Message: problem}
		}
		offset := fset.PositionFor(spec.Path.Pos(), false).Offset
		src.imports = append(src.imports, importSpec{path, offset, offset + len(spec.Path.Value)})
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if ok {
			src.functions[name(f)] = function{line(f.Pos()), signature(fset, f.Type)}
		}
	}
	return src, nil
}

// name is what a check calls a function: a method has that of its type before
// its own, as in Counter.Add.
func name(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	of := f.Recv.List[0].Type
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	if ident, ok := of.(*ast.Ident); ok {
		return ident.Name + "." + f.Name.Name
	}
	return f.Name.Name // of a generic type
}

// notGo is the verdict on a file that the parser refuses.
func notGo(err error) *Verdict {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return &Verdict{Kind: Compile, Message: err.Error()}
	}
	v := &Verdict{Kind: Compile, Voice: Compiler, Line: list[0].Pos.Line, Message: list[0].Msg}
	for _, e := range list {
		v.Detail = append(v.Detail, e.Error())
	}
	return v
}

// constrained is where a build constraint stands, token.NoPos if there is
// none.
func constrained(file *ast.File) token.Pos {
	for _, group := range file.Comments {
		if group.Pos() > file.Package {
			break
		}
		for _, comment := range group.List {
			if constraint.IsGoBuild(comment.Text) || constraint.IsPlusBuild(comment.Text) {
				return comment.Pos()
			}
		}
	}
	return token.NoPos
}

// misleading is where a comment gives lines other numbers, or functions other
// bodies, token.NoPos if none does.
func misleading(file *ast.File) token.Pos {
	orders := regexp.MustCompile(`^(//line |/\*line |//go:[a-z])`)
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if orders.MatchString(comment.Text) {
				return comment.Pos()
			}
		}
	}
	return token.NoPos
}

// foreign says why a path cannot be imported, "" if it can.
func foreign(path string) string {
	parts := strings.Split(path, "/")
	first := parts[0]
	switch {
	case !regexp.MustCompile(`^[A-Za-z0-9._/-]+$`).MatchString(path):
		return fmt.Sprintf("%q is the path of no package", path)
	case slices.Contains(parts, "internal"):
		return fmt.Sprintf("%s is internal: only the standard library itself can import it", path)
	case path == "C":
		return "Exercises are written in Go alone, without cgo"
	case strings.Contains(first, "."), first == "gosyncio", strings.HasPrefix(path, "/"):
		return fmt.Sprintf("Exercises use the standard library alone, and %s is not in it", path)
	}
	return ""
}

// signature is what a function takes and returns, without names.
func signature(fset *token.FileSet, f *ast.FuncType) string {
	bare := *f
	bare.Params, bare.Results = unnamed(f.Params), unnamed(f.Results)
	var b bytes.Buffer
	printer.Fprint(&b, fset, &bare)
	return strings.Join(strings.Fields(b.String()), " ")
}

func unnamed(list *ast.FieldList) *ast.FieldList {
	if list == nil {
		return nil
	}
	var fields []*ast.Field
	for _, field := range list.List {
		kind := field.Type
		if f, ok := kind.(*ast.FuncType); ok {
			kind = &ast.FuncType{Params: unnamed(f.Params), Results: unnamed(f.Results)}
		}
		for range max(len(field.Names), 1) {
			fields = append(fields, &ast.Field{Type: kind})
		}
	}
	return &ast.FieldList{List: fields}
}

// code is a line of the file, without what it is indented by.
func code(text []byte, line int) string {
	lines := strings.Split(string(text), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return clipped(strings.TrimSpace(lines[line-1]))
}
