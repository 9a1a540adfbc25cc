package overlay

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"

	"gosyncio/runner/child"
)

// withLabels is runtime/pprof's file with SetGoroutineLabels, which also tells
// the labels to the tracer; nil if it is not as it was in Go 1.26 and 1.27.
func withLabels(text []byte) []byte {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", text, parser.SkipObjectResolution)
	if err != nil || len(file.Imports) == 0 {
		return nil
	}
	offset := func(pos token.Pos) int { return files.Position(pos).Offset }
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Name.Name != "SetGoroutineLabels" || len(f.Type.Params.List) != 1 {
			continue
		}
		ctx := f.Type.Params.List[0].Names[0].Name
		first := file.Imports[0]
		var out bytes.Buffer
		out.Write(text[:offset(first.Pos())])
		out.WriteString(`gosyncio_trace "runtime/trace"; `)
		out.Write(text[offset(first.Pos()) : offset(f.Body.Lbrace)+1])
		fmt.Fprintf(&out, ` if gosyncio_trace.IsEnabled() { label := ""; ForLabels(%s, func(_, value string) bool { if label != "" { label += " " }; label += value; return len(label) < 100 }); gosyncio_trace.Log(%s, %q, label) };`, ctx, ctx, child.LabelCategory)
		out.Write(text[offset(f.Body.Lbrace)+1:])
		return out.Bytes()
	}
	return nil
}
