package export

import (
	"io"
	"slices"
)

// A Format is a form in which a Document is written down.
type Format struct {
	ID        string // as --to takes it
	What      string // it is, for people
	Extension string // of the names of its files
	Write     func(*Document, io.Writer) error
}

// Key is the key that chooses it: no two formats have the same.
func (f Format) Key() string { return f.ID[:1] }

// Formats are all formats, the ones that most people want first.
func Formats() []Format {
	return []Format{
		{"html", "a page that any browser shows", ".html", (*Document).HTML},
		{"svg", "a picture", ".svg", func(d *Document, w io.Writer) error { return d.SVG(w, false) }},
		{"animated", "a picture that moves", ".animated.svg", func(d *Document, w io.Writer) error { return d.SVG(w, true) }},
		{"json", "the recording, to open again and for programs", ".json", (*Document).JSON},
		{"trace", "a trace for ui.perfetto.dev and chrome://tracing", ".trace.json", (*Document).Trace},
	}
}

// FormatIDs are the IDs of all formats.
func FormatIDs() (ids []string) {
	for _, f := range Formats() {
		ids = append(ids, f.ID)
	}
	return ids
}

// FindFormat is the format of that ID; ok is false if there is none.
func FindFormat(id string) (f Format, ok bool) {
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.ID == id })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}
