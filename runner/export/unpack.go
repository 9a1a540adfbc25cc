package export

import (
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
	errPicture     = errors.New("it is a picture, or a trace, for other programs")
)

// pageBegins is what a page begins with.
const pageBegins = "<!doctype html>"

// recordingID is the ID of what holds the recording in a page.
const recordingID = "recording"

// packing is how it stands there: in characters that mean nothing in HTML.
var packing = base64.RawURLEncoding

// unpacked is the recording in a page that HTML has written.
func unpacked(page io.Reader) (io.ReadCloser, error) {
	tokens := html.NewTokenizer(page)
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return nil, errForeign
		case html.StartTagToken:
			name, more := tokens.TagName()
			if string(name) != "script" || !hasID(tokens, more) {
				continue
			}
			if tokens.Next() != html.TextToken {
				return nil, errNoRecording
			}
			packed := base64.NewDecoder(packing, bytes.NewReader(bytes.TrimSpace(tokens.Text())))
			recording, err := gzip.NewReader(packed)
			if err != nil {
				return nil, errForeign
			}
			return recording, nil
		}
	}
}

// hasID reports whether the tag is that of the recording.
func hasID(tokens *html.Tokenizer, more bool) bool {
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		if string(key) == "id" && string(value) == recordingID {
			return true
		}
	}
	return false
}
