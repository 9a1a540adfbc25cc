package overlay

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// places are where the names of a file are as the compiler tells it, with those
// that were replaced as they were; behind the last line of the file there are
// none.
func places(t *testing.T, text []byte, lines int) (places []string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "x.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if ident, ok := node.(*ast.Ident); ok {
			pos := files.Position(ident.Pos())
			name := strings.NewReplacer(mainName, "main", prefix+"exit", "os", prefix+"fatalf", "log", prefix+"fatalln", "log", prefix+"fatal", "log").Replace(ident.Name)
			if name != "Exit" && !strings.HasPrefix(name, "Fatal") && pos.Line <= lines {
				places = append(places, pos.String()+" "+name)
			}
		}
		return true
	})
	return places
}

// Whatever is changed in a file, each name stays where it was: tried with
// the commands of Go, and with what is written strangely.
func TestNothingMoves(t *testing.T) {
	t.Parallel()
	texts := map[string]string{
		"lines":   "package main\nimport \"os\"\nfunc\nmain(\n) { os.\n\tExit(f(1)); g() }\nfunc f(int) int { return 1 }\nfunc g() {}\n",
		"CRLF":    "package main\r\nimport (\"os\"; \"log\")\r\nfunc main() { if true { os.Exit(f()) }; log.Fatal(f(), f()); g()\r\n g() }\r\nfunc f() int { return 1 }\r\nfunc g() {}",
		"line":    "package main\nimport \"os\"\n//line y.go:100\nfunc main() { os.Exit(1); main()\n main() }\n/*line z.go:7:3*/var x = os.Exit\n",
		"comment": "package main; import \"os\"; func main() { os /* a */ . /* b */ Exit /* c */ (1); main() } // end",
	}
	files, err := filepath.Glob(filepath.Join(runtime.GOROOT(), "src", "cmd", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(text)
	}
	changes := 0
	for name, text := range texts {
		changed, _, ok, err := prepare([]byte(text), "main", mainName, true)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !ok {
			continue
		}
		changes++
		const whole = 1 << 30
		lines := strings.Count(text, "\n") + 1
		if strings.Contains(text, "//line ") || strings.Contains(text, "/*line ") {
			lines = whole
		}
		want, got := places(t, []byte(text), lines), places(t, changed, lines)
		if lines == whole {
			got = got[:min(len(got), len(want))] // less what is added behind
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			for i := range want {
				if i >= len(got) || got[i] != want[i] {
					t.Errorf("%s: %s is not where it was\n%s", name, want[i], changed)
					break
				}
			}
			if len(got) > len(want) {
				t.Errorf("%s: there is %v", name, got[len(want):])
			}
		}
	}
	if changes < 4 {
		t.Errorf("%d files", changes)
	}
	t.Logf("%d files changed", changes)
}
