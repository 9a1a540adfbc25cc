package progress

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// errForeign is the error for JSON that no State is written as.
var errForeign = errors.New("it is not as gosyncio writes it")

// unread says what is wrong with data in the learner's words, given what Go's
// decoder has said of it.
func unread(data []byte, err error) error {
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return notJSON(data, err)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		name := e.Field[strings.LastIndex(e.Field, ".")+1:]
		return fmt.Errorf("its %s does not hold what belongs there", quoted(name))
	}
	if e, ok := errors.AsType[*time.ParseError](err); ok {
		return fmt.Errorf("%s is not a time", quoted(e.Value))
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		if name, err := strconv.Unquote(name); err == nil {
			return fmt.Errorf("it has a field %s, which gosyncio does not know", quoted(name))
		}
	}
	return errForeign
}

// notJSON says where data stops being JSON.
func notJSON(data []byte, err error) error {
	var value json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&value); errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it breaks off before its end")
	}
	line := 1
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		line += bytes.Count(data[:min(int(e.Offset), len(data))], []byte("\n"))
	}
	return fmt.Errorf("it is not JSON, see its line %d", line)
}

// quoted is a text as it is named in an error: all of it if it is short.
func quoted(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
