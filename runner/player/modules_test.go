package player

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"

	"gosyncio/lessons/lessontest"
)

// What lessons import is looked for beforehand.
func TestEveryModuleThatLessonsImportIsLookedFor(t *testing.T) {
	t.Parallel()
	module := lessontest.Module(t)
	files, err := fs.Glob(module, "content/*/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %q, %v", files, err)
	}
	imports := regexp.MustCompile(`(?m)^ *(?:import|from) ([\w.]+)`)
	known := append(pythonModules(), "asyncio", "sys", "aiohttp", "resource") // always there, or lessons do without
	for _, file := range files {
		text, err := fs.ReadFile(module, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range imports.FindAllSubmatch(text, -1) {
			if name := string(found[1]); !slices.Contains(known, name) {
				t.Errorf("%s imports %s, which is not looked for", file, name)
			}
		}
	}
}
