package typeset

import (
	"testing"

	"gosyncio/runner/golden"

	"github.com/google/go-cmp/cmp"
)

func TestPythonCutsWhatIsNamed(t *testing.T) {
	t.Parallel()
	for _, fn := range []string{"sequential", "concurrent", "nested", "unused"} {
		code, err := Python(testdata(t, "sample.py"), fn)
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, "python-"+fn, code.String())
	}
}

func TestPythonSmall(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, source, want string }{
		{"after a byte order mark's line", "x = 1\ndef f(): return x\n", "x = 1\ndef f(): return x"},
		{"no newline at the end", "def f(): pass", "def f(): pass"},
		{"windows's lines", "a = 1\r\n\r\ndef f():\r\n\treturn a\r\n", "a = 1\n\ndef f():\n    return a"},
		{"a comparison defines nothing", "a == 1\nif a == 2:\n    pass\ndef f(): a\n", "def f(): a"},
		{"an assignment to a part defines nothing", "a[0] = 1\na.b = 2\na += 1\ndef f(): a\n", "def f(): a"},
		{"several targets", "a = (b, c) = d()\ndef f(): c\n", "a = (b, c) = d()\ndef f(): c"},
		{"a type", "type T = int\ndef f(): T\n", "type T = int\ndef f(): T"},
		{"defined twice", "a = 1\n\nb = 2\n\na = 3\n\ndef f(): a\n", "a = 1\n\na = 3\n\ndef f(): a"},
		{"brackets over lines", "a = [\n1,\n]\ndef f(\n): a\n", "a = [\n1,\n]\ndef f(\n): a"},
		{"an f-string in an f-string", "a = b = 1\ndef f(): f\"{x[f'{a}']} b\"\n", "a = b = 1\ndef f(): f\"{x[f'{a}']} b\""},
		{"text of an f-string", "a = 1\ndef f(): f\"a {{a}}\"\n", "def f(): f\"a {{a}}\""},
		{"a string that is not closed", "a = 1\ndef f():\n    'a\n    a\n", "a = 1\ndef f():\n    'a\n    a"},
		{"a comment at the margin", "def f():\n    a\n# a\n    b\nb = 1\n", "def f():\n    a\n# a\n    b\nb = 1"},
		{"a backslash alone", "\\\ndef f(): a\n\\", "\\\ndef f(): a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Python([]byte(c.source), "f")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestPythonWantsATopLevelFunction(t *testing.T) {
	t.Parallel()
	for _, fn := range []string{"wrapper", "Result", "DELAY", "show", "nothing", ""} {
		if code, err := Python(testdata(t, "sample.py"), fn); err == nil {
			t.Errorf("%s: %q", fn, code)
		}
	}
}

func FuzzPython(f *testing.F) {
	f.Add(testdata(f, "sample.py"))
	f.Add([]byte("f'{\"\"\"{'\\"))
	f.Fuzz(func(t *testing.T, source []byte) {
		code, err := Python(append(source, "\ndef f(): pass\n"...), "f")
		if err == nil && code.String() == "" {
			t.Fatal("nothing")
		}
	})
}

func TestATopLevelTryIsNoName(t *testing.T) {
	t.Parallel()
	const f = "def f():\n    try:\n        g()\n    finally:\n        pass"
	got, err := Python([]byte("try:\n    import x\nexcept ImportError:\n    x = None\nelse:\n    pass\n\n"+f+"\n"), "f")
	if err != nil || got.String() != f {
		t.Errorf("got %q, %v; want %q", got, err, f)
	}
}
