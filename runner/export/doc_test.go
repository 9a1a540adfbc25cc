package export

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// fields are the names of all fields of a struct's JSON, and of those in it.
func fields(of reflect.Type) (names []string) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice:
		return fields(of.Elem())
	case reflect.Struct:
		for field := range of.Fields() {
			name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			if options != "" {
				name += "?"
			}
			names = append(append(names, name), fields(field.Type)...)
		}
	}
	return names
}

func TestEachFieldOfARecordingIsExplained(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, said, _ := strings.Cut(string(text), "# The recording")
	explained := regexp.MustCompile(`[a-z_]+\??`).FindAllString(said, -1)
	names := fields(reflect.TypeFor[jsonComparison]())
	if len(names) < 40 {
		t.Errorf("there are only the fields %v", names)
	}
	for _, name := range names {
		if !slices.Contains(explained, name) {
			t.Errorf("doc.go does not explain %s", name)
		}
	}
}
