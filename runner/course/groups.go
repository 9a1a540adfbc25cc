package course

import "slices"

// The groups of the menu. A lesson that is in no other group is in the last.
const (
	GroupArticle  = "the article"
	GroupBreaks   = "when it breaks"
	GroupPrograms = "what real programs need"
)

// Group is the group of the lesson of that id: what the article tells that
// this course began with, what goes wrong, and what a program needs besides.
func Group(id string) string {
	article := []string{
		"eventloop", "coroutines", "tasks", "gather", "fetch", "cpubound", "pools", "sockets", "database", "rules",
	}
	breaks := []string{"leaks", "panics", "races", "deadlock"}
	switch {
	case slices.Contains(article, id):
		return GroupArticle
	case slices.Contains(breaks, id):
		return GroupBreaks
	}
	return GroupPrograms
}
