package typeset

import (
	"regexp"
	"strings"
)

// A part is a piece of Markdown that is set in one way.
type part struct {
	kind     partKind
	text     string
	language string // of a fence
}

type partKind int

const (
	prose partKind = iota
	table
	fence
)

// parts takes Markdown apart into fenced blocks, tables and the rest. In
// the rest it joins the lines of a paragraph and of a list's item, which
// end where the author's editor broke them.
func parts(markdown string) []part {
	begins := regexp.MustCompile(`^\s*([-*+] |\d+[.)] |#|>|$)`)
	var result []part
	add := func(kind partKind, line string, joined bool) {
		last := len(result) - 1
		switch {
		case last < 0 || result[last].kind != kind || kind == fence:
			result = append(result, part{kind: kind, text: line})
		case joined:
			result[last].text += " " + strings.TrimSpace(line)
		default:
			result[last].text += "\n" + line
		}
	}
	lines := strings.Split(strings.ReplaceAll(markdown, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		trimmed := strings.TrimSpace(line)
		mark := trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, "`"))]
		switch {
		case len(mark) >= 3:
			indent := line[:strings.Index(line, mark)]
			var body []string
			for i++; i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), mark); i++ {
				body = append(body, strings.TrimPrefix(lines[i], indent))
			}
			add(fence, strings.Join(body, "\n"), false)
			result[len(result)-1].language, _, _ = strings.Cut(strings.TrimSpace(trimmed[len(mark):]), " ")
		case strings.HasPrefix(trimmed, "|"):
			add(table, line, false)
		case i > 0 && quoted(lines[i-1]) && quoted(line):
			add(prose, strings.TrimPrefix(trimmed, ">"), continues(lines[i-1]))
		default:
			add(prose, line, i > 0 && !begins.MatchString(line) && continues(lines[i-1]))
		}
	}
	return result
}

// quoted says whether a line of a quotation has text.
func quoted(line string) bool {
	trimmed := strings.TrimSpace(line)
	return strings.HasPrefix(trimmed, ">") && trimmed != ">"
}

// continues says whether the next line may belong to the same paragraph.
func continues(line string) bool {
	trimmed := strings.TrimSpace(line)
	return trimmed != "" && !strings.HasPrefix(trimmed, "#") && !strings.HasPrefix(trimmed, "|") &&
		!strings.HasSuffix(line, "  ") && !strings.HasSuffix(line, "\\")
}
