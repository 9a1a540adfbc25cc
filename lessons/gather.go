package lessons

import (
	_ "embed"

	"gosyncio/lessons/gather"
)

//go:embed gather/gather.go
var gatherSource string

// gatherLesson has the workers of lesson tasks; here their results count.
func gatherLesson() Lesson {
	return define(definition[workerSettings]{
		ID:       "gather",
		Source:   gatherSource,
		Variants: workerVariants(gather.Sequential, gather.Concurrent),
	})
}
