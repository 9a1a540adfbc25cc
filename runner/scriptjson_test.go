package runner

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// json FILE PATH is|has|sorted TEXT, json FILE PATH keys NAME,NAME... and
// json FILE PATH atleast NUMBER|PATH look into a file with one JSON value.
// A PATH is keys, indexes and * for all, with dots between, or a dot for the
// whole. is wants the
// values that it finds to be TEXT, set apart by commas, sorted the same when
// they are sorted; has wants TEXT among them. keys wants an object to
// have exactly these. atleast compares number by number.
func (s *script) json(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: json file path is|has|sorted|keys|atleast value")
	}
	var value any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &value); err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	path, op, want := args[1], args[2], args[3]
	found := lookUp(value, path)
	texts := make([]string, len(found))
	for i, v := range found {
		texts[i] = fmt.Sprint(v)
		if f, ok := v.(float64); ok {
			texts[i] = strconv.FormatFloat(f, 'f', -1, 64)
		}
	}
	ok := false
	switch op {
	case "is":
		ok = strings.Join(texts, ",") == want
	case "sorted":
		slices.Sort(texts)
		ok = strings.Join(texts, ",") == want
	case "has":
		ok = slices.Contains(texts, want)
	case "keys":
		names := strings.Split(want, ",")
		slices.Sort(names)
		ok = len(found) > 0
		for i, v := range found {
			var keys []string
			object, _ := v.(map[string]any)
			for key := range object {
				keys = append(keys, key)
			}
			slices.Sort(keys)
			ok = ok && slices.Equal(keys, names)
			texts[i] = fmt.Sprint(keys)
		}
	case "atleast":
		limits := lookUp(value, want)
		if n, err := strconv.ParseFloat(want, 64); err == nil {
			limits = slices.Repeat([]any{n}, len(found))
		}
		ok = len(found) > 0 && len(found) == len(limits)
		for i := 0; ok && i < len(found); i++ {
			f, isNumber := found[i].(float64)
			limit, isLimit := limits[i].(float64)
			ok = isNumber && isLimit && f >= limit
		}
		want = fmt.Sprint(limits)
	default:
		ts.Fatalf("json: unknown operation %q", op)
	}
	if !ok {
		ts.Fatalf("%s: %s, want %s %s", path, strings.Join(texts, ","), op, want)
	}
}

// lookUp is what there is at a path in a JSON value; nothing if there is no
// such place.
func lookUp(value any, path string) []any {
	found := []any{value}
	if path == "." {
		return found
	}
	for step := range strings.SplitSeq(path, ".") {
		var next []any
		for _, v := range found {
			switch v := v.(type) {
			case map[string]any:
				if inner, ok := v[step]; ok {
					next = append(next, inner)
				}
			case []any:
				if step == "*" {
					next = append(next, v...)
				} else if i, err := strconv.Atoi(step); err == nil && i < len(v) {
					next = append(next, v[i])
				}
			}
		}
		found = next
	}
	return found
}
