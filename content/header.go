package content

import (
	"cmp"
	"fmt"
	"strings"
)

// A Header is what a lesson.md says about itself before its first page.
type Header struct {
	ID, Title, Summary, Asyncio, Go string
	Minutes                         int
	Pages                           int // how many there are
}

// Headers returns the headers of all lessons in the order of IDs. It only
// counts the pages and is much faster than as many calls of Load.
func Headers() ([]Header, error) {
	ids := IDs()
	headers := make([]Header, len(ids))
	for i, id := range ids {
		source, err := files.ReadFile(id + "/lesson.md")
		if err != nil {
			return nil, fmt.Errorf("header of lesson %s: %w", id, err)
		}
		source = normalise(source)
		var body int
		headers[i], body, err = parseHeader(fileName(id), source)
		if err != nil {
			return nil, err
		}
		headers[i].ID = id
		headers[i].Pages = countPages(string(source[newLines(source).start(body):]))
	}
	return headers, nil
}

// countPages counts the pages of a body that Parse takes: every line that
// begins as a heading outside fences begins one.
func countPages(body string) (pages int) {
	fence := "" // what the fence that a line stands in began with
	for line := range strings.Lines(body) {
		switch {
		case fence != "":
			if strings.HasPrefix(line, fence) {
				fence = ""
			}
		case strings.HasPrefix(line, "```"), strings.HasPrefix(line, "~~~"):
			fence = line[:3]
		case strings.HasPrefix(line, "## "):
			pages++
		}
	}
	return pages
}

// parseHeader reads the front matter. body is the number of the line after
// it.
func parseHeader(file string, source []byte) (h Header, body int, err error) {
	var front struct {
		Title, Summary, Asyncio, Go string
		Minutes                     int
	}
	y, body, err := frontMatter(file, source, &front)
	if err != nil {
		return Header{}, 0, err
	}
	for _, key := range []string{"title", "summary", "asyncio", "go", "minutes"} {
		if !y.has(key) {
			return Header{}, 0, y.errorf("", "front matter lacks %s", key)
		}
	}
	if err := cmp.Or(
		y.checkText("title", front.Title), y.checkText("summary", front.Summary),
		y.checkText("asyncio", front.Asyncio), y.checkText("go", front.Go), y.checkMinutes(front.Minutes),
	); err != nil {
		return Header{}, 0, err
	}
	return Header{
		Title:   front.Title,
		Summary: front.Summary,
		Asyncio: front.Asyncio,
		Go:      front.Go,
		Minutes: front.Minutes,
	}, body, nil
}

// checkMinutes requires a time that a learner has in one go.
func (y *yamlText) checkMinutes(minutes int) error {
	if minutes < 1 || minutes > MaxMinutes {
		return y.errorf("minutes", "minutes is %d; it must be from 1 to %d", minutes, MaxMinutes)
	}
	return nil
}

// frontMatter reads what stands at the beginning of a file between lines of
// --- into front, a pointer to a struct, strictly. body is the number of the
// line after it.
func frontMatter(file string, source []byte, front any) (y *yamlText, body int, err error) {
	const fence = "---"
	l := newLines(source)
	if l.count() == 0 || l.text(1, 1) != fence {
		return nil, 0, errorAt(file, 1, "no front matter; the first line is ---")
	}
	end := 2
	for end <= l.count() && l.text(end, end) != fence {
		end++
	}
	if end > l.count() {
		return nil, 0, errorAt(file, 1, "front matter has no end; close it with a line of ---")
	}
	y = &yamlText{file: file, line: 1, what: "front matter"}
	return y, end + 1, y.decode(string(source[l.start(2):l.start(end)]), front)
}
