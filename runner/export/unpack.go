package export

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"

	"golang.org/x/net/html"
)

// What is wrong with a page or a picture.
var (
	errNoRecording = errors.New("it was too large for a page to hold")
	errOtherPage   = errors.New("it is a page of another kind")
	errDamaged     = errors.New("the recording in it is not whole")
	errPicture     = errors.New("it is a picture, for other programs")
	errTrace       = errors.New("it is a trace, for other programs")
)

// A markup is what a file is that is no JSON.
type markup int

const (
	noMarkup markup = iota
	isPage
	isPicture
)

// markupOf looks at how a file begins. A browser that saves a page writes that
// beginning anew, in its own way.
func markupOf(file *bufio.Reader) markup {
	start, _ := file.Peek(256) // of less there is less to see
	start = bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\uFEFF")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(start, []byte("<svg")), bytes.HasPrefix(start, []byte("<?xml")):
		return isPicture
	case bytes.HasPrefix(start, []byte("<")):
		return isPage
	}
	return noMarkup
}

// recordingID is the ID of what holds the recording in a page.
const recordingID = "recording"

// packing is how it stands there: in characters that mean nothing in HTML.
var packing = base64.RawURLEncoding

// unpacked is the recording in a page that HTML has written.
func unpacked(page io.Reader) (io.Reader, error) {
	tokens := html.NewTokenizer(page)
	tokens.SetMaxBuf(maxField)
	ours := false
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); !errors.Is(err, io.EOF) && !errors.Is(err, html.ErrBufferExceeded) {
				return nil, err
			}
			if ours {
				return nil, errCut
			}
			return nil, errOtherPage
		case html.StartTagToken:
			name, more := tokens.TagName()
			if string(name) == "meta" && has(tokens, more, "content", madeBy) {
				ours = true
				continue
			}
			if string(name) != "script" || !has(tokens, more, "id", recordingID) {
				continue
			}
			if tokens.Next() != html.TextToken {
				return nil, errNoRecording
			}
			packed := base64.NewDecoder(packing, bytes.NewReader(bytes.TrimSpace(tokens.Text())))
			recording, err := gzip.NewReader(packed)
			if err != nil {
				return nil, errDamaged
			}
			return sound{recording}, nil
		}
	}
}

// sound is a reader of what was packed: what is wrong with that is errDamaged,
// unless it breaks off.
type sound struct{ io.Reader }

func (s sound) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, errTooLarge) {
		err = errDamaged
	}
	return n, err
}

// has reports whether the tag has an attribute of that value.
func has(tokens *html.Tokenizer, more bool, attribute, wanted string) bool {
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		if string(key) == attribute && string(value) == wanted {
			return true
		}
	}
	return false
}
