package content_test

import (
	"math"
	"strings"
	"testing"

	"gosyncio/content"
)

func TestFormula(t *testing.T) {
	t.Parallel()
	names := map[string]float64{"a": 2, "b": 0.5, "count": 10, "cpus": 4, "none": 0}
	tests := []struct {
		text string
		want float64
	}{
		{"0", 0},
		{"2", 2},
		{"0x10", 16},
		{".25", 0.25},
		{"1e3", 1000},
		{"a", 2},
		{"-a", -2},
		{"-(-a)", 2},
		{"a + b", 2.5},
		{"a - b - b", 1},
		{"a + b * count", 7},
		{"(a + b) * count", 25},
		{"3 / 2", 1.5},
		{"count / cpus / a", 1.25},
		{"min(a, b)", 0.5},
		{"max(a, b)", 2},
		{"max(a)", 2},
		{"max(a, b, count, cpus)", 10},
		{"ceil(count / cpus) * b", 1.5},
		{"floor(count/cpus)*b", 1},
		{"floor(-b)", -1},
		{"none / a", 0},
		{"((((a))))", 2},
	}
	for _, test := range tests {
		if got, err := content.Formula(test.text, names); err != nil || got != test.want {
			t.Errorf("Formula(%q) = %v, %v; want %v", test.text, got, err, test.want)
		}
		if err := content.CheckFormula(test.text); err != nil {
			t.Errorf("CheckFormula(%q): %v", test.text, err)
		}
	}
}

func TestFormulaRefusesWhatIsNone(t *testing.T) {
	t.Parallel()
	const allowed = "allowed are numbers, names, + - * / and parentheses, min, max, ceil and floor"
	tests := []struct{ text, want string }{
		{"", `formula "": expected operand, found 'EOF'`},
		{"a +", `formula "a +": expected operand, found 'EOF'`},
		{"a b", `formula "a b": expected 'EOF', found b`},
		{"(a", `formula "(a": expected ')', found newline`},
		{"max(a, b", `formula "max(a, b": missing ',' before newline in argument list`},
		{"a `b\n\x1b[31m\u202ec`", "formula \"a `b\\n\\x1b[31m\\u202ec`\": expected 'EOF', found `b  [31m c`"},
		{"a \x00", `formula "a \x00": illegal character NUL`},
		{"a % b", `formula "a % b": ` + allowed},
		{"a < b", `formula "a < b": ` + allowed},
		{"+a", `formula "+a": ` + allowed},
		{"!a", `formula "!a": ` + allowed},
		{"*a", `formula "*a": ` + allowed},
		{"&a", `formula "&a": ` + allowed},
		{"a.b", `formula "a.b": ` + allowed},
		{"a[0]", `formula "a[0]": ` + allowed},
		{"a.max(1)", `formula "a.max(1)": ` + allowed},
		{"max(a...)", `formula "max(a...)": ` + allowed},
		{"sqrt(a)", `formula "sqrt(a)": ` + allowed},
		{"func() {}", `formula "func() {}": ` + allowed},
		{"a + 'x'", `formula "a + 'x'": ` + allowed},
		{`"a"`, `formula "\"a\"": ` + allowed},
		{"2i", `formula "2i": ` + allowed},
		{"2s", `formula "2s": expected 'EOF', found s`},
		{"max()", `formula "max()": max of nothing`},
		{"ceil()", `formula "ceil()": ceil of nothing`},
		{"ceil(a, b)", `formula "ceil(a, b)": ceil of more than one number`},
		{"1e999", `formula "1e999": number 1e999: value out of range`},
		{"99999999999999999999", `formula "99999999999999999999": number 99999999999999999999: value out of range`},
		{strings.Repeat("(", 101) + strings.Repeat(")", 100), "formula of 201 bytes; at most 200 are allowed"},
	}
	for _, test := range tests {
		for name, err := range map[string]error{
			"CheckFormula": content.CheckFormula(test.text),
			"Formula":      onlyErr(content.Formula(test.text, map[string]float64{"a": 1, "b": 2})),
		} {
			if err == nil || err.Error() != test.want {
				t.Errorf("%s(%q)\ngot  %v\nwant %s", name, test.text, err, test.want)
			}
		}
	}
}

func onlyErr(_ float64, err error) error { return err }

func TestFormulaRefusesWhatHasNoValue(t *testing.T) {
	t.Parallel()
	names := map[string]float64{"a": 2, "none": 0, "huge": math.MaxFloat64, "inf": math.Inf(1), "nan": math.NaN()}
	tests := []struct{ text, want string }{
		{"a + d", `formula "a + d": unknown name d; there are a, huge, inf, nan, none`},
		{"min(a, cpus)", `formula "min(a, cpus)": unknown name cpus; there are`},
		{"a / 0", `formula "a / 0": division by zero`},
		{"none / none", `formula "none / none": division by zero`},
		{"1 / (a / (1 / none))", `formula "1 / (a / (1 / none))": division by zero`},
		{"huge * 2", `formula "huge * 2": division by zero, or too large a number`},
		{"min(a, inf)", `formula "min(a, inf)": division by zero, or too large a number`},
		{"max(a, nan)", `formula "max(a, nan)": division by zero, or too large a number`},
	}
	for _, test := range tests {
		if value, err := content.Formula(test.text, names); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("Formula(%q)\ngot  %v, %v\nwant %s", test.text, value, err, test.want)
		}
		if err := content.CheckFormula(test.text); err != nil {
			t.Errorf("CheckFormula(%q): %v", test.text, err)
		}
	}
	if _, err := content.Formula("a", nil); err == nil || err.Error() != `formula "a": unknown name a; there are none` {
		t.Errorf("without names: %v", err)
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"a": "2s", "b": "{a}"}
	tests := []struct{ text, want, mistake string }{
		{text: "", want: ""},
		{text: "A started", want: "A started"},
		{text: "{a}", want: "2s"},
		{text: "A finished after {a}", want: "A finished after 2s"},
		{text: "{a}{a} or {b}", want: "2s2s or {a}"},
		{text: "{c}", mistake: `text "{c}": unknown name c; there are a, b`},
		{text: "{", mistake: `text "{": { without a name and }`},
		{text: "{}", mistake: `text "{}": { without a name and }`},
		{text: "{ a }", mistake: `text "{ a }": { without a name and }`},
		{text: "{{a}}", mistake: `text "{{a}}": { without a name and }`},
		{text: "{a", mistake: `text "{a": { without a name and }`},
		{text: "a}", mistake: `text "a}": } without {`},
		{text: "{a}}", mistake: `text "{a}}": } without {`},
	}
	for _, test := range tests {
		got, err := content.Fill(test.text, texts)
		switch {
		case test.mistake == "" && (err != nil || got != test.want):
			t.Errorf("Fill(%q) = %q, %v; want %q", test.text, got, err, test.want)
		case test.mistake != "" && (err == nil || !strings.HasPrefix(err.Error(), test.mistake)):
			t.Errorf("Fill(%q)\ngot  %q, %v\nwant %s", test.text, got, err, test.mistake)
		}
	}
}

func FuzzFormula(f *testing.F) {
	for _, text := range []string{
		"max(a, b)", "a / (b - 0.5)", "-ceil(count/cpus) * 1e3", "min()", "a.b[c](d...)", "func(){", "0x1p-2",
		strings.Repeat("(", 200), strings.Repeat("-", 199) + "a", "a /* b */ + \n b", "[]int{1}[a]",
	} {
		f.Add(text, 2.0, 0.5)
	}
	f.Fuzz(func(t *testing.T, text string, a, b float64) {
		wrong := content.CheckFormula(text)
		value, err := content.Formula(text, map[string]float64{"a": a, "b": b})
		switch {
		case wrong != nil && err == nil:
			t.Errorf("a value, and CheckFormula says %v", wrong)
		case err == nil && (math.IsNaN(value) || math.IsInf(value, 0)):
			t.Errorf("the value is %v", value)
		case err != nil && (!strings.HasPrefix(err.Error(), "formula ") || strings.Contains(err.Error(), "\n")):
			t.Errorf("error %q", err)
		}
	})
}
