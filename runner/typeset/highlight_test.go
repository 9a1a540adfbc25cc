package typeset

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// marked is code with its styles written out: <k for> is for as a keyword.
// Numbers and decorators look like builtins.
func marked(code, language string) string {
	text := strings.Join(render(highlight(code, language), 1000, true), "\n")
	for letter, k := range map[string]kind{
		"c": kindComment, "k": kindKeyword, "s": kindString, "b": kindBuiltin, "d": kindDeclared,
	} {
		text = strings.ReplaceAll(text, k.style(), "<"+letter+" ")
	}
	return strings.ReplaceAll(text, reset, ">")
}

func TestHighlight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, language, code, want string }{
		{
			"a function of Go", "go",
			"func F(n int) error { return nil } // f",
			"<k func> <d F>(n <b int>) <b error> { <k return> <b nil> } <c // f>",
		},
		{"a method", "go", "func (l list[T]) len() int {", "<k func> (l list[T]) <d len>() <b int> {"},
		{"a generic function", "go", "func Map[T any](t T)", "<k func> <d Map>[T <b any>](t T)"},
		{
			"functions without a name", "go",
			"x := f(func() { g() }, func(int) {})",
			"x := f(<k func>() { g() }, <k func>(<b int>) {})",
		},
		{"functions of the language where they are called", "go", "max := max(1, x) + copy", "max := <b max>(<b 1>, x) + copy"},
		{"fields and methods of such names", "go", "x.close(x.string, close(c))", "x.close(x.string, <b close>(c))"},
		{"literals", "go", `f('a', "b", 0x1p-2, 1_000)`, `f(<s 'a'>, <s "b">, <b 0x1p-2>, <b 1_000>)`},
		{"strings over lines", "go", "x := `a\n\n  b` + c", "x := <s `a>\n\n  <s b`> + c"},
		{"comments over lines", "go", "/* a\nb */ c", "<c /* a>\n<c b */> c"},
		{"carriage returns", "go", "// a\r\nb", "<c // a>\nb"},
		{"what is not Go", "go", "x := \"a\n§ 'ab", "x := <s \"a>\n§ <s 'ab>"},

		{
			"a function of Python", "python",
			"async def f(n: int) -> None:  # f",
			"<k async> <k def> <d f>(n: <b int>) -> <b None>:  <c # f>",
		},
		{"a class", "python", "class int(Exception): pass", "<k class> <d int>(Exception): <k pass>"},
		{"decorators", "python", "@a.b(1)\nx = y @z", "<b @a.b>(<b 1>)\nx = y @z"},
		{"a decorator after brackets over lines", "python", "f(\n@a)\n@b", "f(\n@a)\n<b @b>"},
		{"attributes of such names", "python", "x.print(print, x.match, x.True_)", "x.print(<b print>, x.match, x.True_)"},
		{
			"words that are keywords in one place only", "python",
			"match x:\n    case [y]: pass\nmatch = case(match)",
			"<k match> x:\n    <k case> [y]: <k pass>\nmatch = case(match)",
		},
		{"numbers", "python", "1 + .5j - 1e-3 * 0xe-1 / 1_0", "<b 1> + <b .5j> - <b 1e-3> * <b 0xe>-<b 1> / <b 1_0>"},
		{"prefixes of strings", "python", `r'\'' + Rb"a" if'b'`, `<s r'\''> + <s Rb"a"> <k if><s 'b'>`},
		{
			"an f-string", "python",
			`f"a {b!r:>{c}} {{d}} {e['f']:.1f} {g != 1}"`,
			`<s f"a {>b<s !r:>{>c<s }} {{d}} {>e[<s 'f'>]<s :.1f} {>g != <b 1><s }">`,
		},
		{"an f-string in an f-string", "python", `f"{f'{a}'}" b`, `<s f"{f'{>a<s }'}"> b`},
		{
			"strings over lines of Python", "python",
			"x = '''a\n  'b'\n''' + f\"\"\"{\nc}\"\"\"",
			"x = <s '''a>\n  <s 'b'>\n<s '''> + <s f\"\"\"{>\nc<s }\"\"\">",
		},
		{"a string that is not closed", "python", "x = f'a{b\nc", "x = <s f'a{>b\nc"},
		{"another language", "rust", "fn main() {}", "fn main() {}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, marked(c.code, c.language)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
