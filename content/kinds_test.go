package content_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
)

// eachBlock calls f for every block of the lesson.
func eachBlock(lesson content.Lesson, f func(content.Block)) {
	for _, page := range lesson.Pages {
		for _, block := range page.Blocks {
			f(block)
		}
	}
}

func TestKindsAreThoseOfBlocks(t *testing.T) {
	t.Parallel()
	parsed := map[string]bool{}
	for _, source := range []string{whole, asking, making} {
		lesson, err := content.Parse("lesson.md", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		eachBlock(lesson, func(b content.Block) { parsed[b.Kind()] = true })
	}
	listed := map[string]bool{}
	for _, kind := range content.Kinds() {
		if listed[kind] {
			t.Errorf("kind %s is listed twice", kind)
		}
		listed[kind] = true
	}
	if diff := cmp.Diff(listed, parsed); diff != "" {
		t.Errorf("Kinds (-) and kinds of the blocks of examples (+) differ:\n%s", diff)
	}
}

func TestLessonsHaveBlocksOfEveryKind(t *testing.T) {
	t.Parallel()
	missing := map[string]bool{}
	for _, kind := range content.Kinds() {
		missing[kind] = true
	}
	for _, id := range content.IDs() {
		eachBlock(load(t, id), func(b content.Block) { delete(missing, b.Kind()) })
	}
	if len(missing) > 0 {
		t.Errorf("no lesson has a block of these kinds, so nothing shows that they work: %v", missing)
	}
}

func TestKindsOfFencesAreNamedWhenOneIsRefused(t *testing.T) {
	t.Parallel()
	_, err := content.Parse("x/lesson.md", []byte(front+"## Page\n\n"+fenced("go", "x")))
	if err == nil {
		t.Fatal("no error")
	}
	for _, kind := range append(content.Kinds(), "text", "console") {
		if named := strings.Contains(err.Error(), kind); named != (kind != "prose") {
			t.Errorf("kind %s is named: %v, in %q", kind, named, err)
		}
	}
}
