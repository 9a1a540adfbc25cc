package overlay

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
)

// Names of what is added to the package.
const (
	prefix   = "gosyncio_"
	mainName = prefix + "main"
	testName = prefix + "TestMain"
)

// An edit puts a text in the place of another.
type edit struct {
	from, to int // offsets
	text     string
}

// prepare is the text of a file of the package as the compiler gets it: its
// function entry, if it has it, is called renamed; and where it would end the
// program it is ours that does, which first hands out what is traced. Each line
// stays the line that it was. ok is false if nothing is to change.
func prepare(text []byte, entry, renamed string) (changed []byte, isEntry, ok bool, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", text, parser.SkipObjectResolution&0|parser.ParseComments)
	if err != nil {
		return nil, false, false, err
	}
	offset := func(pos token.Pos) int { return files.PositionFor(pos, false).Offset }
	// The parser leaves out a byte order mark, which is not counted either.
	var edits []edit
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == entry {
			isEntry = true
			edits = append(edits, edit{offset(f.Name.Pos()), offset(f.Name.End()), renamed})
		}
	}
	exits, used := endings(file, offset)
	edits = append(edits, exits...)
	if len(edits) == 0 {
		return nil, false, false, nil
	}
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(text[last:e.from])
		out.WriteString(e.text)
		last = e.to
	}
	out.Write(text[last:])
	for _, use := range used { // or the import would not be used
		out.WriteString("\nvar _ = " + use + "\n")
	}
	return out.Bytes(), isEntry, true, nil
}

// endings are the edits that have os.Exit and log.Fatal call ours, and what
// still uses the imports.
func endings(file *ast.File, offset func(token.Pos) int) (edits []edit, used []string) {
	ours := map[string]map[string]string{
		"os":  {"Exit": prefix + "exit"},
		"log": {"Fatal": prefix + "fatal", "Fatalf": prefix + "fatalf", "Fatalln": prefix + "fatalln"},
	}
	names := map[string]map[string]string{} // by what the file calls the package
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || ours[path] == nil {
			continue
		}
		name := path
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = ours[path]
	}
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := selector.X.(*ast.Ident)
		if !ok || pkg.Obj != nil { // a variable of that name
			return true
		}
		if name := names[pkg.Name][selector.Sel.Name]; name != "" && selector.Pos() < selector.End() {
			edits = append(edits, edit{offset(selector.Pos()), offset(selector.End()), name})
			if use := pkg.Name + "." + selector.Sel.Name; !slices.Contains(used, use) {
				used = append(used, use)
			}
		}
		return true
	})
	return edits, used
}
