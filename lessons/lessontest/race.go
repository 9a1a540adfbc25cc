//go:build race

package lessontest

// Race says that this test was built with the race detector.
const Race = true
