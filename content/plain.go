package content

import "strings"

// StripBackticks is Markdown in one line without the marks of code, for
// where text is shown as it is.
func StripBackticks(markdown string) string { return strings.ReplaceAll(markdown, "`", "") }
