// Package typeset lays out what a learner reads: prose and code, as lines
// for a given width. It cuts from a lesson's source the function that is
// shown together with whatever that function uses, colours code, stands
// two programs side by side and sets Markdown.
//
// Everything here is a function of its arguments: nothing looks at the
// terminal, at the environment or at a file. Colours are the terminal's
// own sixteen, and only those of them that read well on a light and on a
// dark background; every line that is returned closes the styles that it
// opens, so that lines may be cut, indented and set beside each other.
package typeset
