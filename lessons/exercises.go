package lessons

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed */exercises/*/exercise.md */exercises/*/given */exercises/*/solution */exercises/*/check */exercises/*/original.py verify
var exerciseFiles embed.FS

// An Exercise is something that the learner makes: one file of Go, a package
// of the exercise's name. The package of its check has Checks, see package
// verify, and
//
//	func Demo(ctx context.Context) error
//
// which calls the learner's functions for a second or two of real time, see
// verify.Take, prints what there is to see of it, and returns the error of ctx
// soon after that has ended.
type Exercise struct {
	Lesson string // its id
	Name   string // no two exercises have the same
}

// Exercises returns those of all lessons in teaching order.
func Exercises() []Exercise {
	var all []Exercise
	for _, lesson := range All() {
		for _, name := range lesson.Exercises {
			all = append(all, Exercise{lesson.ID, name})
		}
	}
	return all
}

// folder is where the exercise's files are, below lessons.
func (e Exercise) folder() string { return path.Join(e.Lesson, "exercises", e.Name) }

// FileName is the name of the file that the learner writes.
func (e Exercise) FileName() string { return e.Name + ".go" }

// Given is the file that the learner starts from: it compiles and fails its
// check.
func (e Exercise) Given() []byte { return e.read("given/" + e.FileName()) }

// Solution is the file as it could be.
func (e Exercise) Solution() []byte { return e.read("solution/" + e.FileName()) }

// Original is a Python file with a coroutine function original, which does as
// the Demo does, as one would with asyncio; nil if there is none.
func (e Exercise) Original() []byte {
	text, err := exerciseFiles.ReadFile(path.Join(e.folder(), "original.py"))
	if err != nil {
		return nil
	}
	return text
}

// Text is its exercise.md.
func (e Exercise) Text() []byte { return e.read("exercise.md") }

func (e Exercise) read(name string) []byte {
	text, err := exerciseFiles.ReadFile(path.Join(e.folder(), name))
	if err != nil {
		panic(fmt.Sprintf("lessons: exercise %s: %v", e.Name, err)) // a test reads all of them
	}
	return text
}

// GivenPath is the path of the learner's file in the module of a check.
func (e Exercise) GivenPath() string {
	return path.Join("lessons", e.folder(), "given", e.FileName())
}

// CheckPackage is the folder of the check's package in the module of a check,
// with slashes.
func (e Exercise) CheckPackage() string { return path.Join("lessons", e.folder(), "check") }

// CheckFiles are the files of the check, and what it imports, by their paths
// in the module of a check: all but the learner's own. The module is called
// gosyncio, so that the check imports what it imports here.
func (e Exercise) CheckFiles() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, root := range []string{path.Join(e.folder(), "check"), "verify"} {
		err := fs.WalkDir(exerciseFiles, root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
				return err
			}
			files[path.Join("lessons", name)], err = exerciseFiles.ReadFile(name)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("files of exercise %s: %w", e.Name, err)
		}
	}
	return files, nil
}
