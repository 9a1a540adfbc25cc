package group

import "os"

// rest reads from a pipe, which is closed soon.
func rest(pipe *os.File, p []byte) (int, error) { return pipe.Read(p) }
