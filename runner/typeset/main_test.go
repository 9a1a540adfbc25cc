package typeset

import (
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"gosyncio/lessons"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// source is the Go file of a lesson.
func source(t testing.TB, lesson string) []byte {
	t.Helper()
	l, err := lessons.Find(lesson)
	if err != nil {
		t.Fatal(err)
	}
	return l.Source()
}

// colours says how a golden file's name tells the two apart.
func colours(colour bool) string {
	if colour {
		return "colour"
	}
	return "plain"
}
