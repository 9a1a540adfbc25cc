package export

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

const (
	maxFile  = 200 << 20 // bytes of a file that is read
	maxField = 16 << 20  // bytes of a field that is neither output nor lanes
	maxTexts = 10_000    // texts that are kept, for spans to share them
	maxRuns  = 100       // of a comparison, of which people look at a few
	maxNames = 100       // settings of a lesson
	maxText  = 10_000    // bytes of a text: what is drawn for each key must not take long

	// maxTime is longer than any run; in a browser a number can count its
	// nanoseconds.
	maxTime = int64(100 * 24 * time.Hour)
)

// What is wrong with a file.
var (
	errTooLarge = fmt.Errorf("it has more than %d MB", maxFile>>20)
	errForeign  = errors.New("it is JSON of another kind")
	errCut      = errors.New("it breaks off before its end")
)

// A newerError is the error for a file of a later version of the program.
type newerError struct{ why string }

func (e *newerError) Error() string { return e.why }

// ReadFile reads the file at path, which JSON has written. The error is a
// *fault.Error.
func ReadFile(path string) (*Document, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, explain(path, err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, explain(path, errors.New("it is a folder"))
	}
	return Read(path, file)
}

// Read reads what JSON has written, up to the end of r, whose name is for the
// error, a *fault.Error. What a later version may have added is left out. Spans
// are in order and do not overlap, and all text is printable, whoever wrote it.
func Read(name string, r io.Reader) (*Document, error) {
	d, err := read(r, maxFile)
	if err != nil {
		return nil, explain(name, err)
	}
	return d, nil
}

// explain is the error for a file that cannot be read.
func explain(name string, err error) error {
	name = terminal.Printable(name)
	e := &fault.Error{
		What: fmt.Sprintf("%s is no recording of runs: %s", name, reason(err)),
		Next: "name a file that gosyncio export or gosyncio run --json has written",
		Err:  err,
	}
	_, newer := errors.AsType[*newerError](err)
	_, unread := errors.AsType[*fs.PathError](err)
	switch {
	case newer:
		e.What, e.Next = fmt.Sprintf("%s was made by a newer gosyncio: %v", name, err), "update gosyncio"
	case errors.Is(err, fs.ErrNotExist):
		e.What = "there is no file " + name
	case unread:
		e.What = fmt.Sprintf("%s cannot be read: %s", name, reason(err))
	case errors.Is(err, errTooLarge):
		e.What, e.Next = fmt.Sprintf("%s is too large: %v", name, err), "record fewer runs, or shorter ones"
	case errors.Is(err, errPicture), errors.Is(err, errTrace):
		e.Next = "open the JSON or the page (.html) of these runs"
	case errors.Is(err, errNoRecording):
		e.Next = "export these runs as json, and open that"
	case errors.Is(err, errDamaged):
		e.Next = "export these runs again, or have the file sent again"
	case errors.Is(err, errCut):
		e.Next = "write it again and let that end; if it was sent to you, have it sent again"
	}
	return e
}

// reason is the cause of err without the names of files and system calls.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		err = e.Err
	}
	return terminal.Printable(err.Error())
}

// read is Read of at most so many bytes, with errors in the learner's words.
// UTF-16, which is what some shells of Windows make of a program's output, is
// read as well.
func read(r io.Reader, most int) (*Document, error) {
	begin := bufio.NewReader(r)
	switch markupOf(begin) {
	case isPicture:
		return nil, errPicture
	case isPage:
		recording, err := unpacked(&limited{begin, most})
		if err != nil {
			return nil, err
		}
		return readJSON(recording, most)
	}
	return readJSON(begin, most)
}

// readJSON is read of JSON.
func readJSON(r io.Reader, most int) (*Document, error) {
	text := transform.NewReader(&limited{r, most}, unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	in := &reader{Decoder: json.NewDecoder(filling{text}), texts: map[string]string{}}
	d, err := in.document()
	if err != nil {
		return nil, in.inWords(err)
	}
	if _, err := in.Token(); err == nil {
		return nil, errors.New("there is more behind its end")
	} else if !errors.Is(err, io.EOF) {
		return nil, in.inWords(err)
	}
	return d, nil
}

// limited is a reader of at most so many bytes: more are errTooLarge.
type limited struct {
	io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if l.left -= n; l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// filling is a reader that reads as much as there is room for. In what has room
// for more and more the decoder looks for the end of white space anew after each
// read: with few of them that takes no time to speak of.
type filling struct{ io.Reader }

func (f filling) Read(p []byte) (int, error) {
	n, err := io.ReadFull(f.Reader, p)
	if n > 0 && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)) {
		err = nil // until nothing more comes
	}
	return n, err
}
