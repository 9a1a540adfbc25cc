package typeset

import (
	"charm.land/glamour/v2/ansi"
)

// proseStyle is glamour's style sheet: what is bold, what is coloured, and
// the signs that say the same where there is no colour.
func proseStyle(colour bool) ansi.StyleConfig {
	yes, cyan, separator, cross, row := true, "6", "│", "┼", "─"
	style := ansi.StyleConfig{
		Heading: ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{BlockSuffix: "\n"}},
		List:    ansi.StyleList{LevelIndent: 2},
		BlockQuote: ansi.StyleBlock{
			Indent: new(uint(1)), IndentToken: new("│ "),
		},
		Item:           ansi.StylePrimitive{BlockPrefix: "• "},
		Enumeration:    ansi.StylePrimitive{BlockPrefix: ". "},
		Task:           ansi.StyleTask{Ticked: "[x] ", Unticked: "[ ] "},
		HorizontalRule: ansi.StylePrimitive{Format: "\n────────\n"},
		Table: ansi.StyleTable{
			CenterSeparator: &cross, ColumnSeparator: &separator, RowSeparator: &row,
		},
		DefinitionDescription: ansi.StylePrimitive{BlockPrefix: "\n  "},
	}
	if !colour {
		code := ansi.StylePrimitive{Prefix: "`", Suffix: "`"}
		style.Code = ansi.StyleBlock{StylePrimitive: code}
		for i, heading := range []*ansi.StyleBlock{&style.H1, &style.H2, &style.H3, &style.H4, &style.H5, &style.H6} {
			heading.Prefix = "######"[:i+1] + " "
		}
		return style
	}
	style.Heading.Bold = &yes
	style.Strong.Bold = &yes
	style.Emph.Italic = &yes
	style.Strikethrough.CrossedOut = &yes
	style.Code.Color = &cyan
	style.Link.Color = &cyan
	style.DefinitionTerm.Bold = &yes
	return style
}
