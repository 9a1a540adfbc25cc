package content

import (
	"cmp"
	"slices"
	"strings"
)

// An Exercise is what the learner reads of something that they make.
type Exercise struct {
	Title, Summary string
	Minutes        int
	Task           string   // Markdown
	Hints          []string // Markdown, from faint to plain
	Solution       string   // Markdown: a word on it
}

// ParseExercise reads an exercise.md: front matter, the task, headings Hint
// and at last a heading Solution. file only serves to begin errors.
func ParseExercise(file string, source []byte) (Exercise, error) {
	source = normalise(source)
	var front struct {
		Title, Summary string
		Minutes        int
	}
	y, body, err := frontMatter(file, source, &front)
	if err != nil {
		return Exercise{}, err
	}
	for _, key := range []string{"title", "summary", "minutes"} {
		if !y.has(key) {
			return Exercise{}, y.errorf("", "front matter lacks %s", key)
		}
	}
	if err := cmp.Or(y.checkText("title", front.Title), y.checkText("summary", front.Summary), y.checkMinutes(front.Minutes)); err != nil {
		return Exercise{}, err
	}
	p := parser{file: file, source: source, lines: newLines(source)}
	if err := cmp.Or(p.checkCharacters(), p.checkTree(p.document(body))); err != nil {
		return Exercise{}, err
	}
	e := Exercise{Title: front.Title, Summary: front.Summary, Minutes: front.Minutes}
	err = e.sections(p, body)
	return e, err
}

// sections reads what stands behind the front matter.
func (e *Exercise) sections(p parser, body int) error {
	heading, from := "", body
	end := func(at int) error {
		text, ok := p.prose(from, at-1)
		if !ok {
			return p.errorf(at-1, "nothing stands below %s", cmp.Or(heading, "the front matter"))
		}
		switch heading {
		case "":
			e.Task = text.Markdown
		case "## Hint":
			e.Hints = append(e.Hints, text.Markdown)
		case "## Solution":
			e.Solution = text.Markdown
		}
		return nil
	}
	fenced := false
	for line := body; line <= p.lines.count(); line++ {
		text := p.lines.text(line, line)
		if strings.HasPrefix(text, "```") {
			fenced = !fenced
		}
		if fenced || !strings.HasPrefix(text, "#") {
			continue
		}
		if !slices.Contains([]string{"## Hint", "## Solution"}, text) {
			return p.errorf(line, "%q is no heading of an exercise; they are ## Hint and ## Solution", text)
		}
		if heading == "## Solution" {
			return p.errorf(line, "the solution stands last")
		}
		if err := end(line); err != nil {
			return err
		}
		heading, from = text, line+1
	}
	if heading != "## Solution" || len(e.Hints) == 0 {
		return p.errorf(p.lines.count(), "an exercise has hints, and ends with ## Solution")
	}
	return end(p.lines.count() + 1)
}
