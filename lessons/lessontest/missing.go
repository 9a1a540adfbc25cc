package lessontest

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Missing says, a line each, which files the lessons with these ids lack in
// a module, and which files there belong to a lesson that is not among them.
func Missing(module fs.FS, ids []string) error {
	var missing []error
	for _, id := range ids {
		for _, file := range []struct{ what, name string }{
			{"its settings and variants", "lessons/" + id + ".go"},
			{"its program in Go", "lessons/" + id + "/" + id + ".go"},
			{"the test of its program", "lessons/" + id + "/" + id + "_test.go"},
			{"its facts for tests", factsFile(id)},
			{"its text", "content/" + id + "/lesson.md"},
			{"its program in Python", "content/" + id + "/" + id + ".py"},
		} {
			name := file.name
			if others, _ := fs.Glob(module, path.Join(path.Dir(name), "*.py")); path.Ext(name) == ".py" && len(others) == 1 {
				name = others[0] // what it is called, a test of the lessons says
			}
			info, err := fs.Stat(module, name)
			if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
				err = fmt.Errorf("lesson %s lacks %s: there is no %s", id, file.what, file.name)
			}
			if err != nil {
				missing = append(missing, err)
			}
		}
	}
	for _, pattern := range []string{factsFile("*"), "content/*/lesson.md"} {
		files, err := fs.Glob(module, pattern)
		if err != nil {
			return err
		}
		for _, file := range files {
			if id := strings.Split(file, "/")[1]; !slices.Contains(ids, id) {
				missing = append(missing, fmt.Errorf("lessons.All lacks lesson %s: there is %s", id, file))
			}
		}
	}
	return errors.Join(missing...)
}
