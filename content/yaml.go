package content

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	yamlast "github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"
)

// parseHeader reads the front matter. body is the line after it.
func parseHeader(file string, source []byte) (h Header, body int, err error) {
	const fence = "---"
	l := newLines(source)
	if l.count() == 0 || l.text(1, 1) != fence {
		return Header{}, 0, mistake(file, 1, "no front matter; the first line is ---")
	}
	end := 2
	for end <= l.count() && l.text(end, end) != fence {
		end++
	}
	if end > l.count() {
		return Header{}, 0, mistake(file, 1, "front matter has no end; close it with a line of ---")
	}

	var front struct {
		Title, Summary, Asyncio, Go string
		Minutes                     int
	}
	y := yamlText{file: file, line: 1, what: "front matter"}
	if err := y.decode(string(source[l.start(2):l.start(end)]), &front); err != nil {
		return Header{}, 0, err
	}
	for _, key := range []string{"title", "summary", "asyncio", "go", "minutes"} {
		if !y.has(key) {
			return Header{}, 0, y.errorf("", "front matter lacks %s", key)
		}
	}
	if err := cmp.Or(
		y.checkText("title", front.Title), y.checkText("summary", front.Summary),
		y.checkText("asyncio", front.Asyncio), y.checkText("go", front.Go),
	); err != nil {
		return Header{}, 0, err
	}
	if front.Minutes < 1 || front.Minutes > MaxMinutes {
		return Header{}, 0, y.errorf("minutes", "minutes is %d; it must be from 1 to %d", front.Minutes, MaxMinutes)
	}
	return Header{
		Title:   front.Title,
		Summary: front.Summary,
		Asyncio: front.Asyncio,
		Go:      front.Go,
		Minutes: front.Minutes,
	}, end + 1, nil
}

// compare reads the body of a compare fence that opens at line.
func (p *parser) compare(body string, line int) (Block, error) {
	var c struct{ Variant, Python, Go string }
	y := yamlText{file: p.file, line: line, what: "compare"}
	if err := y.decode(body, &c); err != nil {
		return nil, err
	}
	if !y.has("variant") {
		return nil, y.errorf("", "compare lacks variant")
	}
	if !y.has("python") {
		c.Python = c.Variant
	}
	if err := cmp.Or(y.checkText("variant", c.Variant), y.checkText("python", c.Python)); err != nil {
		return nil, err
	}
	if y.has("go") {
		if err := y.checkText("go", c.Go); err != nil {
			return nil, err
		}
	}
	if c.Python == None && c.Go == None {
		return nil, y.errorf("", "compare shows neither side")
	}
	return Compare{Line: line, Variant: c.Variant, Python: c.Python, Go: c.Go}, nil
}

// run reads the body of a run fence that opens at line.
func (p *parser) run(body string, line int) (Block, error) {
	var r struct {
		Variants []string
		Set      map[string]string
		With     string
	}
	y := yamlText{file: p.file, line: line, what: "run"}
	if err := y.decode(body, &r); err != nil {
		return nil, err
	}
	if len(r.Variants) == 0 {
		return nil, y.errorf("variants", "run lacks variants")
	}
	for i, variant := range r.Variants {
		if err := y.checkText("variants", variant); err != nil {
			return nil, err
		}
		if slices.Contains(r.Variants[:i], variant) {
			return nil, y.errorf("variants", "variant %s runs twice", variant)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		if err := cmp.Or(y.checkText("set", name), y.checkText("set", r.Set[name])); err != nil {
			return nil, err
		}
	}
	if y.has("set") && len(r.Set) == 0 {
		return nil, y.errorf("set", "set is empty")
	}
	if y.has("with") && !slices.Contains([]string{languageGo, languagePython, withBoth}, r.With) {
		return nil, y.errorf("with", "with is %q; allowed are go, python and both", r.With)
	}
	return Run{Line: line, Variants: r.Variants, Set: r.Set, With: r.With}, nil
}

// yamlText is a piece of YAML inside a file: one mapping, whose keys are
// the fields of a struct in lower case, or a part of another piece.
type yamlText struct {
	file  string
	line  int    // the line of the file before the first of the text
	begin int    // the line of the file where a part begins; 0 if it is no part
	what  string // what the errors call it
	keys  map[string]int
}

// parse reads the text.
func (y *yamlText) parse(text string) (yamlast.Node, error) {
	file, err := yamlparser.ParseBytes([]byte(text), 0)
	if err != nil {
		return nil, y.wrap(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, y.errorf("", "%s is empty or several documents", y.what)
	}
	return file.Docs[0].Body, nil
}

// decode reads the text into v, a pointer to a struct, strictly.
func (y *yamlText) decode(text string, v any) error {
	root, err := y.parse(text)
	if err != nil {
		return err
	}
	return y.decodeNode(root, v)
}

// decodeNode reads a mapping into v, as decode does.
func (y *yamlText) decodeNode(node yamlast.Node, v any) error {
	mapping, ok := node.(*yamlast.MappingNode)
	if !ok {
		return y.errorf("", "%s must be lines of `key: value`", y.what)
	}
	y.keys = make(map[string]int, len(mapping.Values))
	for _, value := range mapping.Values {
		line := y.line + value.Key.GetToken().Position.Line
		key, ok := value.Key.(*yamlast.StringNode)
		if !ok {
			// The library would leave v empty and say nothing.
			return mistake(y.file, line, "%s: unknown field %q", y.what, value.Key.String())
		}
		y.keys[key.Value] = line
	}
	if err := yaml.NodeToValue(mapping, v, yaml.Strict()); err != nil {
		return y.wrap(err)
	}
	return nil
}

// part is a node inside the text.
func (y *yamlText) part(what string, node yamlast.Node) *yamlText {
	return &yamlText{file: y.file, line: y.line, begin: y.line + node.GetToken().Position.Line, what: what}
}

// list is what a list consists of: the value of a key, or all of the text
// if the key is "".
func (y *yamlText) list(key string, node yamlast.Node) ([]yamlast.Node, error) {
	sequence, ok := node.(*yamlast.SequenceNode)
	if !ok {
		return nil, y.errorf(key, "%s must be a list, lines that begin with -", cmp.Or(key, y.what))
	}
	return sequence.Values, nil
}

func (y *yamlText) has(key string) bool { return y.keys[key] > 0 }

// checkText wants a value of one visible line.
func (y *yamlText) checkText(key, value string) error {
	if strings.TrimSpace(value) == "" {
		return y.errorf(key, "%s is empty", key)
	}
	if r, ok := control(value); ok {
		return y.errorf(key, "control character %U in %s", r, key)
	}
	return nil
}

// errorf is an error at the line of a key, or where the text begins.
func (y *yamlText) errorf(key, format string, args ...any) error {
	line := cmp.Or(y.begin, y.line)
	if y.has(key) {
		line = y.keys[key]
	}
	return mistake(y.file, line, format, args...)
}

// wrap gives an error of the YAML library its place in the file.
func (y *yamlText) wrap(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil || at.GetToken().Position == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return y.errorf("", "%s: %s", y.what, first)
	}
	return mistake(y.file, y.line+at.GetToken().Position.Line, "%s: %s", y.what, at.GetMessage())
}
