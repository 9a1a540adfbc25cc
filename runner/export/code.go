package export

import (
	"strings"

	"gosyncio/runner/player"
	"gosyncio/runner/typeset"
)

// codeOf is what of a lesson's file a run uses, and the file's name as places
// in it have it. There is none if the file is not the lesson's.
func codeOf(job player.Job) (file string, lines []jsonCode) {
	var code typeset.Code
	var err error
	switch {
	case len(job.Source) == 0, job.Program != nil: // which is a learner's own
		return "", nil
	case job.Language == player.Python:
		file = job.Lesson.Package() + ".py"
		code, err = typeset.Python(job.Source, job.Variant.Name)
	default:
		file = job.Lesson.ID + ".go"
		code, err = typeset.Go(job.Source, job.Variant.Func)
	}
	if err != nil {
		return "", nil
	}
	for _, piece := range code {
		for i, text := range strings.Split(piece.Text(), "\n") {
			lines = append(lines, jsonCode{piece.Line + i, text})
		}
	}
	return file, lines
}
