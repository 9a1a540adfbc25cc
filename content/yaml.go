package content

import (
	"cmp"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	yamlast "github.com/goccy/go-yaml/ast"
	yamlparser "github.com/goccy/go-yaml/parser"
)

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
	var tags tagFinder
	yamlast.Walk(&tags, file.Docs[0].Body)
	if tags.first != nil {
		// No text needs one, and the library panics over some.
		return nil, errorAt(y.file, y.line+tags.first.GetToken().Position.Line, "%s: the tag %s has no meaning here", y.what, tags.first.GetToken().Value)
	}
	return file.Docs[0].Body, nil
}

// A tagFinder finds the first tag of a YAML text, such as !!map.
type tagFinder struct{ first *yamlast.TagNode }

func (f *tagFinder) Visit(node yamlast.Node) yamlast.Visitor {
	if tag, ok := node.(*yamlast.TagNode); ok && f.first == nil {
		f.first = tag
	}
	return f
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
			return errorAt(y.file, line, "%s: unknown field %q", y.what, value.Key.String())
		}
		y.keys[key.Value] = line
	}
	if err := yaml.NodeToValue(mapping, v, yaml.Strict()); err != nil {
		return y.wrap(err)
	}
	return nil
}

// part returns a node inside the text as a piece of its own.
func (y *yamlText) part(what string, node yamlast.Node) *yamlText {
	return &yamlText{file: y.file, line: y.line, begin: y.line + node.GetToken().Position.Line, what: what}
}

// list returns the items of a list: the value of a key, or all of the text
// if the key is "".
func (y *yamlText) list(key string, node yamlast.Node) ([]yamlast.Node, error) {
	sequence, ok := node.(*yamlast.SequenceNode)
	if !ok {
		return nil, y.errorf(key, "%s must be a list, lines that begin with -", cmp.Or(key, y.what))
	}
	return sequence.Values, nil
}

// has reports whether the mapping has that key.
func (y *yamlText) has(key string) bool { return y.keys[key] > 0 }

// checkText requires a value of one visible line.
func (y *yamlText) checkText(key, value string) error {
	if strings.TrimSpace(value) == "" {
		return y.errorf(key, "%s is empty", key)
	}
	if r, ok := findControl(value); ok {
		return y.errorf(key, "control character %U in %s", r, key)
	}
	return nil
}

// checkGiven requires a key with a value of one visible line.
func (y *yamlText) checkGiven(key, value string) error {
	if !y.has(key) {
		return y.errorf("", "%s lacks %s", y.what, key)
	}
	return y.checkText(key, value)
}

// checkLength requires a value of at most so many characters.
func (y *yamlText) checkLength(key, value string, most int) error {
	if n := utf8.RuneCountInString(value); n > most {
		return y.errorf(key, "%s has %d characters; at most %d are allowed", key, n, most)
	}
	return nil
}

// errorf returns an error at the line of a key, or where the text begins.
func (y *yamlText) errorf(key, format string, args ...any) error {
	line := cmp.Or(y.begin, y.line)
	if y.has(key) {
		line = y.keys[key]
	}
	return errorAt(y.file, line, format, args...)
}

// wrap gives an error of the YAML library its place in the file.
func (y *yamlText) wrap(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil || at.GetToken().Position == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return y.errorf("", "%s: %s", y.what, first)
	}
	return errorAt(y.file, y.line+at.GetToken().Position.Line, "%s: %s", y.what, at.GetMessage())
}
