package export

import "io"

// HTML is a stub for now.
func (d *Document) HTML(w io.Writer) error { return nil }
