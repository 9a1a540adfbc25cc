package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"slices"
	"strings"

	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// A reader reads a document piece by piece: lanes, and what is in them, are
// checked one at a time, so that nothing takes more memory than a document
// does.
type reader struct {
	*json.Decoder
	texts map[string]string // as they are, to as they can be shown
}

// inWords is err in the learner's words.
func (r *reader) inWords(err error) error {
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("it is not JSON, see its byte %d", r.InputOffset()+1)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("it has a %s where none belongs", e.Value)
	}
	switch {
	case (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)) && r.InputOffset() == 0:
		return errors.New("it is empty")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errCut
	}
	return err
}

// document reads the object.
func (r *reader) document() (*Document, error) {
	d := &Document{}
	err := r.object(&d.object, func(key string) (bool, error) {
		switch key {
		case "format":
			return true, r.format()
		case "runs":
			return true, r.runs(d)
		case "displayTimeUnit": // as traces have it
			return true, errTrace
		}
		return false, nil
	})
	switch {
	case err != nil:
		return nil, err
	case d.object.Lesson == "" || d.lanes == nil:
		return nil, errForeign
	case len(d.object.Settings) > maxNames:
		return nil, fmt.Errorf("it has more than %d settings", maxNames)
	}
	d.object.Format = format
	return d, nil
}

// format reads the number of the format, which stands in front of what may
// have changed with it.
func (r *reader) format() error {
	var n int
	if err := r.Decode(&n); err != nil {
		return err
	}
	switch {
	case n > format:
		return &newerError{fmt.Sprintf("it is of format %d, and this gosyncio knows formats up to %d", n, format)}
	case n < 0:
		return errForeign
	}
	return nil
}

// runs reads the runs of a document.
func (r *reader) runs(d *Document) error {
	if d.lanes != nil {
		return errTwice("runs")
	}
	d.lanes = []iter.Seq[jsonLane]{}
	return r.list(func(i int) error {
		if i == maxRuns {
			return fmt.Errorf("it has more than %d runs", maxRuns)
		}
		run, err := r.run()
		if err != nil {
			return within("run", i+1, err)
		}
		d.lanes = append(d.lanes, slices.Values(run.Lanes))
		run.Lanes = []jsonLane{}
		d.object.Runs = append(d.object.Runs, run)
		return nil
	})
}

func (r *reader) run() (run jsonRun, err error) {
	var output []jsonLine
	var lanes []jsonLane
	err = r.object(&run, func(key string) (ok bool, err error) {
		switch key {
		case "output":
			output, err = r.output(output)
			return true, err
		case "lanes":
			lanes, err = r.lanes(lanes)
			return true, err
		}
		return false, nil
	})
	run.Output, run.Lanes = output, lanes
	switch {
	case err != nil:
	case run.Variant == "" || run.Language == "" || output == nil || lanes == nil:
		err = errForeign
	case run.ElapsedNS < 0:
		err = &wrongError{"the time", "is negative"}
	case max(run.ElapsedNS, run.IdealNS) > maxTime:
		err = &wrongError{"the time", tooLong}
	}
	run.close()
	const longest = 20 // names of languages
	if _, ok := player.LanguageOf(run.Language); err == nil && !ok {
		if err = errForeign; len(run.Language) <= longest {
			err = &newerError{fmt.Sprintf("a run is in %s, which this one does not know", run.Language)}
		}
	}
	return run, err
}

// close ends what went on when a run was written down by an earlier version:
// such a span ended never, and such a run had no time.
func (run *jsonRun) close() {
	const never = int64(timeline.Open)
	end := run.ElapsedNS
	for _, line := range run.Output {
		end = max(end, line.AtNS)
	}
	var open []*jsonSpan
	for _, lane := range run.Lanes {
		if len(lane.Spans) == 0 {
			continue
		}
		last := &lane.Spans[len(lane.Spans)-1]
		if last.EndNS == never {
			open = append(open, last)
			end = max(end, last.StartNS)
			continue
		}
		end = max(end, last.EndNS)
	}
	for _, span := range open {
		span.EndNS = end
	}
	if len(open) > 0 && run.ElapsedNS == 0 {
		run.ElapsedNS, run.Going = end, true
	}
}

// tooLong is said of times that cannot be.
const tooLong = "is of more than 100 days"

func (r *reader) output(before []jsonLine) ([]jsonLine, error) {
	if before != nil {
		return nil, errTwice("output")
	}
	lines := []jsonLine{}
	return lines, r.list(func(i int) error {
		line := jsonLine{AtNS: -1} // what is not there
		if err := r.Decode(&line); err != nil {
			return err
		}
		if line.AtNS < 0 {
			return &wrongError{fmt.Sprintf("line %d of the output", i+1), "has no time"}
		}
		if line.AtNS > maxTime {
			return &wrongError{fmt.Sprintf("the time of line %d of the output", i+1), tooLong}
		}
		line.Text = shownText(line.Text)
		lines = append(lines, line)
		return nil
	})
}

func (r *reader) lanes(before []jsonLane) ([]jsonLane, error) {
	if before != nil {
		return nil, errTwice("lanes")
	}
	lanes := []jsonLane{}
	return lanes, r.list(func(i int) error {
		lane, err := r.lane()
		if err != nil {
			return within("lane", i+1, err)
		}
		lanes = append(lanes, lane)
		return nil
	})
}

func (r *reader) lane() (lane jsonLane, err error) {
	var spans []jsonSpan
	named := false
	err = r.object(&lane, func(key string) (ok bool, err error) {
		named = named || key == "name"
		if key != "spans" {
			return false, nil
		}
		spans, err = r.spans(spans)
		return true, err
	})
	lane.Spans = spans
	switch w := lane.Woken; {
	case err != nil:
	case spans == nil || !named:
		err = errForeign
	case w != nil && w.AtNS < 0:
		err = &wrongError{"the waking", "has a negative time"}
	case w != nil && w.AtNS > maxTime:
		err = &wrongError{"the waking", "has a time that " + tooLong}
	}
	return lane, err
}

func (r *reader) spans(before []jsonSpan) ([]jsonSpan, error) {
	if before != nil {
		return nil, errTwice("spans")
	}
	spans := []jsonSpan{}
	var latest int64
	err := r.list(func(i int) error {
		span := jsonSpan{StartNS: -1, EndNS: -1} // what is not there
		if err := r.Decode(&span); err != nil {
			return err
		}
		span.State, span.Reason, span.Where = r.text(span.State), r.text(span.Reason), r.text(span.Where)
		var wrong string
		switch {
		case span.State == "":
			wrong = "has no state"
		case span.StartNS < 0:
			wrong = "does not say when it starts"
		case span.EndNS < span.StartNS:
			wrong = "ends before it starts"
		case span.StartNS < latest:
			wrong = "starts before the last one has ended"
		case span.StartNS > maxTime || span.EndNS > maxTime && span.EndNS != int64(timeline.Open):
			wrong = "has a time that " + tooLong
		}
		if wrong != "" {
			return &wrongError{fmt.Sprintf("span %d", i+1), wrong}
		}
		latest = span.EndNS
		spans = append(spans, span)
		return nil
	})
	return slices.Clip(spans), err
}

// text is a text as it can be shown. There may be millions of spans, but few
// texts in them.
func (r *reader) text(text string) string {
	shown, ok := r.texts[text]
	if !ok {
		shown = shownText(text)
		if len(r.texts) < maxTexts {
			r.texts[text] = shown
		}
	}
	return shown
}

// list reads a list, of which next reads the item of that index.
func (r *reader) list(next func(i int) error) error {
	if err := r.open('['); err != nil {
		return err
	}
	for i := 0; r.More(); i++ {
		if err := next(i); err != nil {
			return err
		}
	}
	_, err := r.Token()
	return err
}

// object reads an object. What field does not read goes into rest, which points
// to a struct; its texts can be shown then.
func (r *reader) object(rest any, field func(key string) (ok bool, err error)) error {
	if err := r.open('{'); err != nil {
		return err
	}
	others := []byte{'{'}
	for r.More() {
		token, err := r.Token()
		if err != nil {
			return err
		}
		key := token.(string) // or there would have been an error
		if ok, err := field(key); err != nil {
			return err
		} else if ok {
			continue
		}
		var value json.RawMessage
		if err := r.Decode(&value); err != nil {
			return err
		}
		if len(value)+len(others) > maxField {
			return fmt.Errorf("its fields are too long")
		}
		quoted, err := json.Marshal(key)
		if err != nil {
			return err
		}
		if len(others) > 1 {
			others = append(others, ',')
		}
		others = append(append(append(others, quoted...), ':'), value...)
	}
	if _, err := r.Token(); err != nil {
		return err
	}
	if err := json.Unmarshal(append(others, '}'), rest); err != nil {
		return err
	}
	show(reflect.ValueOf(rest).Elem())
	return nil
}

// open reads what a list or an object begins with.
func (r *reader) open(want json.Delim) error {
	token, err := r.Token()
	switch {
	case err != nil:
		return err
	case token != want:
		return errForeign
	}
	return nil
}

// shownText is a text as it can be shown, of which too much is left out.
func shownText(text string) string {
	const more = "…"
	text = terminal.Printable(text)
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText-len(more)], "") + more // without half of a letter
}

// show makes the texts in a value such that they can be shown, those in fields
// that will be added as well.
func show(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(shownText(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			show(v.Elem())
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			show(field)
		}
	case reflect.Slice:
		for i := range v.Len() {
			show(v.Index(i))
		}
	case reflect.Map: // of texts
		shown := reflect.MakeMapWithSize(v.Type(), v.Len())
		for entry := v.MapRange(); entry.Next(); {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			key.Set(entry.Key())
			value.Set(entry.Value())
			show(key)
			show(value)
			shown.SetMapIndex(key, value)
		}
		if !v.IsNil() {
			v.Set(shown)
		}
	}
}

// A wrongError says what is wrong with a part of a document.
type wrongError struct{ part, what string }

func (e *wrongError) Error() string { return e.part + " " + e.what }

// within is err for what is in a larger part.
func within(part string, number int, err error) error {
	if e, ok := errors.AsType[*wrongError](err); ok {
		return &wrongError{fmt.Sprintf("%s of %s %d", e.part, part, number), e.what}
	}
	return err
}

func errTwice(field string) error { return fmt.Errorf("it has its %s twice", field) }
