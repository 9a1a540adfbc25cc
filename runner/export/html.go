package export

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"gosyncio/runner/stage"
)

// What pages that show runs are made of: ViewJS draws a View, see there, with
// the looks of ViewCSS.
var (
	//go:embed page/view.js
	ViewJS string
	//go:embed page/view.css
	ViewCSS string

	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageCSS string
	//go:embed page/page.js
	pageJS string
)

// How much a page holds: of the table, and of what there is to open again.
const (
	tableRows    = 300     // of a run
	maxRecording = 500_000 // bytes, as they stand in the page
)

// A pageData is what a page is made of.
type pageData struct {
	View       View
	Shown      View // without what the page has already
	States     []string
	Style      template.CSS
	Script     template.JS
	ScriptHash template.HTMLAttr
	Picture    template.HTML // without script, in place of what that draws
	HasCode    bool
	Tables     []pageTable
	Machine    string
	Recording  string
}

type (
	pageTable struct {
		Name, Result string
		Rows         []pageRow
		More         int
	}
	pageRow struct{ Lane, From, To, State, Reason, Where string }
	// A pageLine is a line of code; before it there may be others that are left
	// out.
	pageLine struct {
		Line        int
		Text, Where string
		Gap         bool
	}
)

// HTML writes the comparison as a page that needs nothing else, of less than a
// megabyte: the timelines to be looked at by mouse, touch and keys, and played,
// with what was printed, the code, and a table of what happened. ReadFile reads
// it again.
func (d *Document) HTML(w io.Writer) error {
	v := d.View()
	page, err := template.New("page").Funcs(template.FuncMap{
		"seconds": func(ns int64) string { return stage.Seconds(time.Duration(ns)) },
		"lines":   viewRun.lines,
	}).Parse(pageHTML)
	if err != nil {
		return err
	}
	var picture strings.Builder
	if err := v.SVG(&picture, false); err != nil {
		return err
	}
	recording, err := d.packed()
	if err != nil {
		return err
	}
	script := ViewJS + pageJS
	hash := sha256.Sum256([]byte(script))
	data := pageData{
		View:       v,
		Shown:      v.withoutOutput(),
		States:     v.states(),
		Style:      template.CSS(ViewCSS + pageCSS),
		Script:     template.JS(script),
		ScriptHash: template.HTMLAttr("'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"),
		Picture:    template.HTML(picture.String()), // in which all text is escaped
		Machine:    d.machine(),
		Recording:  recording,
	}
	for _, r := range v.Runs {
		data.HasCode = data.HasCode || len(r.Code) > 0
		data.Tables = append(data.Tables, r.table())
	}
	return page.Execute(w, data)
}

// machine says what the runs were made with.
func (d *Document) machine() string {
	o := d.object
	made := []string{o.GoVersion}
	if o.PythonVersion != "" {
		made = append(made, "Python "+o.PythonVersion)
	}
	return fmt.Sprintf("Recorded with %s, on %s/%s with %s", strings.Join(made, " and "), o.OS, o.Arch, cmp.Or(map[int]string{1: "1 CPU"}[o.CPUs], fmt.Sprintf("%d CPUs", o.CPUs)))
}

// withoutOutput is a view whose output is on the page.
func (v View) withoutOutput() View {
	v.Runs = slices.Clone(v.Runs)
	for i := range v.Runs {
		v.Runs[i].Output = []jsonLine{}
	}
	return v
}

// lines are the lines of a run's code.
func (r viewRun) lines() (lines []pageLine) {
	for i, c := range r.Code {
		lines = append(lines, pageLine{
			Line: c.Line, Text: c.Text, Where: r.File + ":" + strconv.Itoa(c.Line),
			Gap: i > 0 && c.Line > r.Code[i-1].Line+1,
		})
	}
	return lines
}

// table is what happened in a run.
func (r viewRun) table() pageTable {
	t := pageTable{Name: r.Name, Result: r.Result}
	at := func(ns int64) string { return stage.Seconds(time.Duration(ns)) }
	for _, lane := range r.Lanes {
		for _, span := range lane.Spans {
			if len(t.Rows) == tableRows {
				t.More++
				continue
			}
			state := span.State
			if span.Short > 0 {
				state = fmt.Sprintf("%d short steps, mostly %s", span.Short, state)
			}
			t.Rows = append(t.Rows, pageRow{lane.Name, at(span.StartNS), at(span.EndNS), state, span.Reason, span.Where})
		}
	}
	return t
}

// packed is the recording as it stands in a page; "" if it is too large for one.
func (d *Document) packed() (string, error) {
	var b bytes.Buffer
	text := base64.NewEncoder(packing, &limitedBuffer{&b, maxRecording})
	packed, err := gzip.NewWriterLevel(text, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	err = d.JSON(packed)
	if err == nil {
		err = packed.Close()
	}
	if err == nil {
		err = text.Close()
	}
	if errors.Is(err, errTooLarge) {
		return "", nil
	}
	return b.String(), err
}

// A limitedBuffer takes so many bytes, and no more.
type limitedBuffer struct {
	*bytes.Buffer
	most int
}

func (l *limitedBuffer) Write(p []byte) (int, error) {
	if l.Len()+len(p) > l.most {
		return 0, errTooLarge
	}
	return l.Buffer.Write(p)
}
