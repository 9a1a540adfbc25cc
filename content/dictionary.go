package content

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	yamlast "github.com/goccy/go-yaml/ast"
)

// DictionaryID is the id of the dictionary, which is no lesson: of its own
// programs, and of its folder.
const DictionaryID = "dictionary"

// dictionaryFile has its entries.
const dictionaryFile = DictionaryID + "/entries.yaml"

// An Entry of the dictionary is a thing of asyncio and what stands for it in Go.
type Entry struct {
	Line  int      // where it begins in content/dictionary/entries.yaml
	Names []string // those of asyncio that share it, as the documentation writes them; at least one
	Go    string   // what one writes in Go, or that there is nothing
	// What and Differs are Markdown in one line, as Go is: what it does, and
	// what trips people.
	What, Differs string
	// Since is the first Python that has it, and Gone the first that has it no
	// more, such as "3.13"; "" is any.
	Since, Gone string
	// Lesson and Variant are what runs, in both languages that have it; both
	// "" if nothing does, and None is the reason.
	Lesson, Variant string
	None            string
}

// Title names the entry in a line.
func (e Entry) Title() string { return strings.Join(e.Names, ", ") }

// sorted is by what the entries are in order.
func (e Entry) sorted() string { return strings.ToLower(strings.TrimLeft(e.Names[0], "_")) }

// heading names as many of it as a page has room for in a line, and all says
// whether that is all.
func (e Entry) heading() (heading string, all bool) {
	const room = 74
	if title := e.Title(); len(title) <= room {
		return title, true
	}
	heading = e.Names[0]
	for _, name := range e.Names[1:] {
		if longer := heading + ", " + name; len(longer) <= room-len(", ...") {
			heading = longer
			continue
		}
		break
	}
	return heading + ", ...", false
}

// About says what it does, and since when it does.
func (e Entry) About() string {
	about := e.What
	if e.Since != "" {
		about += " New in Python " + e.Since + "."
	}
	if e.Gone != "" {
		about += " Gone in Python " + e.Gone + "."
	}
	return about
}

// Dictionary reads the entries of the dictionary, in the order of their first
// names.
func Dictionary() ([]Entry, error) {
	source, err := files.ReadFile(dictionaryFile)
	if err != nil {
		return nil, fmt.Errorf("read the dictionary: %w", err)
	}
	return ParseDictionary("content/"+dictionaryFile, source)
}

// ParseDictionary reads the entries of a dictionary. file only serves to begin
// errors, each of which reads "file:line: what is wrong".
func ParseDictionary(file string, source []byte) ([]Entry, error) {
	y := &yamlText{file: file, begin: 1, what: "the dictionary"}
	root, err := y.parse(string(normalise(source)))
	if err != nil {
		return nil, err
	}
	items, err := y.list("", root)
	if err != nil {
		return nil, err
	}
	lines := map[string]int{} // of names
	var entries []Entry
	for _, item := range items {
		e, err := y.entry(item)
		if err != nil {
			return nil, err
		}
		for _, name := range e.Names {
			if line, ok := lines[name]; ok {
				return nil, errorAt(file, e.Line, "%s has an entry at line %d", name, line)
			}
			lines[name] = e.Line
		}
		entries = append(entries, e)
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Compare(a.sorted(), b.sorted()) })
	return entries, nil
}

// entry reads one entry.
func (y *yamlText) entry(node yamlast.Node) (Entry, error) {
	var f struct {
		Names                                     []string
		Go, What, Differs, Since, Gone, Run, None string
	}
	at := y.part("entry", node)
	if err := at.decodeNode(node, &f); err != nil {
		return Entry{}, err
	}
	if len(f.Names) == 0 {
		return Entry{}, at.errorf("names", "entry lacks names")
	}
	for _, name := range f.Names {
		if err := at.checkText("names", name); err != nil {
			return Entry{}, err
		}
	}
	if err := cmp.Or(at.checkGiven("go", f.Go), at.checkGiven("what", f.What), at.checkGiven("differs", f.Differs)); err != nil {
		return Entry{}, err
	}
	for key, version := range map[string]string{"since": f.Since, "gone": f.Gone} {
		if at.has(key) && !regexp.MustCompile(`^3\.\d+$`).MatchString(version) {
			return Entry{}, at.errorf(key, "%s is %q; it must be a version of Python, such as \"3.12\"", key, version)
		}
	}
	e := Entry{Line: at.begin, Names: f.Names, Go: f.Go, What: f.What, Differs: f.Differs, Since: f.Since, Gone: f.Gone, None: f.None}
	switch words := strings.Fields(f.Run); {
	case at.has("run") == at.has("none"):
		return Entry{}, at.errorf("run", "entry %s must say what it runs, or under none why nothing runs", f.Names[0])
	case at.has("none"):
		return e, at.checkText("none", f.None)
	case len(words) == 1:
		e.Lesson, e.Variant = DictionaryID, words[0]
	case len(words) == 2:
		e.Lesson, e.Variant = words[0], words[1]
	default:
		return Entry{}, at.errorf("run", "run is %q; it must be a variant of the dictionary, or a lesson and a variant", f.Run)
	}
	return e, at.checkText("run", f.Run)
}

// Page is the entry as a page. inPython and inGo say in which languages what it
// runs can be run.
func (e Entry) Page(inPython, inGo bool) Page {
	prose := fmt.Sprintf("In Go: %s\n\n%s\n\n**What differs:** %s", e.Go, e.About(), e.Differs)
	heading, all := e.heading()
	if !all {
		prose = "`" + strings.Join(e.Names, "`, `") + "`\n\n" + prose
	}
	if e.Variant == "" {
		prose += "\n\nNothing runs here: " + e.None
	}
	page := Page{Title: heading, Line: e.Line, Blocks: []Block{Prose{e.Line, prose}}}
	if e.Variant == "" {
		return page
	}
	shown := Compare{Line: e.Line, Variant: e.Variant, Python: e.Variant}
	if !inPython {
		shown.Python = None
	}
	if !inGo {
		shown.Go = None
	}
	page.Blocks = append(page.Blocks, shown, Run{Line: e.Line, Variants: []string{e.Variant}, With: Both})
	return page
}

// loadDictionary is the dictionary as a lesson without pages, for its own
// programs.
func loadDictionary() (Lesson, error) {
	python, err := files.ReadFile(DictionaryID + "/" + DictionaryID + ".py")
	if err != nil {
		return Lesson{}, fmt.Errorf("load the dictionary: %w", err)
	}
	return Lesson{ID: DictionaryID, Title: "Dictionary", Summary: "asyncio's words in Go", Asyncio: "its API", Go: "what one writes instead", Python: python}, nil
}
