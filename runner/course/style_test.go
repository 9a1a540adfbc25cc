package course_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/course"
)

// The folder holds the Go files (and, as everywhere, their testdata), and
// for each lesson its text and its Python, and nothing else.
func TestContentHasNoStrayFiles(t *testing.T) {
	allowed := func(name string) bool {
		dir, file := path.Split(name)
		id := strings.TrimSuffix(dir, "/")
		switch {
		case strings.HasPrefix(name, "testdata/"):
			return true
		case id == "":
			return path.Ext(file) == ".go"
		case id == content.DictionaryID:
			return file == "entries.yaml" || file == id+".py"
		}
		program, err := course.Find(id)
		return err == nil && (file == "lesson.md" || file == program.Package()+".py")
	}
	err := fs.WalkDir(os.DirFS("../../content"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !allowed(name) {
			t.Errorf("content/%s does not belong there", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestContentIsWrittenInHouseStyle(t *testing.T) {
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		prose, err := os.ReadFile("../../content/" + lesson.ID + "/lesson.md")
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{
			"content/" + lesson.ID + "/lesson.md":              string(prose),
			"content/" + lesson.ID + "/" + text.Module + ".py": string(text.Python),
			"lessons/" + lesson.ID + "/" + lesson.ID + ".go":   strings.ReplaceAll(string(lesson.Source()), "\t", "    "),
		}
		for name, source := range files {
			for i, line := range strings.Split(source, "\n") {
				if strings.Contains(line, "—") {
					t.Errorf("%s:%d: an em dash", name, i+1)
				}
				if columns := ansi.StringWidth(line); path.Ext(name) != ".md" && columns > demoColumns {
					t.Errorf("%s:%d: %d columns, %d are allowed", name, i+1, columns, demoColumns)
				}
			}
		}
	})
}
