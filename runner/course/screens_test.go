package course_test

import (
	"testing"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/course"
	"gosyncio/runner/page"
	"gosyncio/runner/plan"
)

// Who begins a lesson sees something run before long, in a small window too.
func TestALessonRunsSomethingSoon(t *testing.T) {
	const most = 8
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		setter := page.New(course.Lesson{ID: lesson.ID, Program: lesson, Text: text}, false)
		screens := 0
		for _, p := range text.Pages {
			sheet, err := setter.Sheet(page.WithoutQuestions(p), page.View{Languages: plan.Both}, page.Width(windowColumns))
			if err != nil {
				t.Fatalf("%s: %v", at(text, p.Line), err)
			}
			parts := page.Screens(sheet.Lines, page.Room(windowRows))
			if sheet.Other != nil {
				parts, _ = page.ScreensInTurn(sheet.Lines, sheet.Other, page.Room(windowRows))
			}
			screens += len(parts)
			if _, runs := p.Blocks[len(p.Blocks)-1].(content.Run); runs {
				break
			}
		}
		t.Logf("%d screens", screens)
		if screens > most {
			t.Errorf("%s: the first run ends screen %d; at most %d are allowed", lesson.ID, screens, most)
		}
	})
}
