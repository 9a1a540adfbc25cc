package walk

import (
	"slices"

	"gosyncio/content"
	"gosyncio/runner/class"
)

// takeUp opens the lesson at the slide of the question that a class, which broke
// off, is asked still. One that is not of this lesson is asked no longer.
func (w *Walk) takeUp(id string) error {
	q, prediction, ok := class.ParseQuestionID(id)
	if !ok || q.Lesson != w.lesson.ID || !w.findSlide(q.Key, prediction) {
		w.teaching.Clear()
	}
	return w.err
}

// findSlide puts the slide of a question on the screen, with its page behind
// it, and reports whether there is one.
func (w *Walk) findSlide(key string, prediction bool) bool {
	if !prediction {
		return w.findQuiz(key)
	}
	for i, p := range w.pages() {
		if asked, ok := p.Predict(); ok && asked.ID == key {
			w.page = i
			run, _ := w.runBlock()
			w.begin(run) // before a room that is only the slide
			return w.slide != nil
		}
	}
	return false
}

// findQuiz is findSlide for a question of the quiz. Those before it come first,
// so that there is a way back.
func (w *Walk) findQuiz(key string) bool {
	quiz, _ := w.lesson.Text.Quiz()
	i := slices.IndexFunc(quiz.Questions, func(q content.Question) bool { return q.ID == key })
	if i < 0 {
		return false
	}
	w.page = len(w.pages()) - 1
	w.slide = w.quizSlide(0)
	for range i {
		w.slide.next()
	}
	return true
}
