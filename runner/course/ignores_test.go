package course

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"gosyncio/lessons"
)

var argument = regexp.MustCompile(`(\w+)\s*(?:=[^,)]*)?[,)]`)

// taken are the names that the functions of a Python file take, by the
// functions.
func taken(source []byte) map[string][]string {
	functions := map[string][]string{}
	for _, def := range regexp.MustCompile(`(?m)^async def (\w+)\(\*, ([^:]*\)):`).FindAllSubmatch(source, -1) {
		for _, name := range argument.FindAllSubmatch(def[2], -1) {
			functions[string(def[1])] = append(functions[string(def[1])], string(name[1]))
		}
	}
	return functions
}

// A variant ignores the settings that its function in Python does not take,
// and that of another variant does. No other setting is missing in a caption.
func TestVariantsIgnoreWhatTheyDoNotTake(t *testing.T) {
	t.Parallel()
	for _, lesson := range lessons.All() {
		course, err := Load(lesson.ID)
		if err != nil {
			t.Fatal(err)
		}
		functions := taken(course.Text.Python)
		some := slices.Concat(slices.Collect(maps.Values(functions))...)
		for _, variant := range lesson.Variants {
			names, ok := functions[variant.Name]
			if !ok {
				continue // there is none in Python
			}
			for _, setting := range lesson.Settings {
				ignored := slices.Contains(some, setting.Name) && !slices.Contains(names, setting.Name)
				if got := slices.Contains(variant.Ignores, setting.Name); got != ignored {
					t.Errorf("%s %s: ignores %s is %v, want %v", lesson.ID, variant.Name, setting.Name, got, ignored)
				}
			}
		}
		for name := range functions {
			if len(lesson.Settings) > 0 && len(functions[name]) == 0 {
				t.Errorf("%s: %s takes nothing", lesson.ID, name)
			}
		}
	}
}
