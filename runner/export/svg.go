package export

import (
	"bufio"
	"cmp"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/stage"
)

//go:embed page/picture.css
var pictureStyle string

// The measures of a picture, in the units of its coordinates.
const (
	pictureWidth = 960.0
	margin       = 16.0
	headHeight   = 28.0 // of a line of the head
	titleHeight  = 26.0 // of a run's title
	laneHeight   = 24.0
	barHeight    = 16.0
	axisHeight   = 22.0
	runGap       = 14.0
	labelLetters = 12
	letterWidth  = 7.3  // of a lane's name
	lineHeight   = 18.0 // of notes and of the legend
	shortestBar  = 0.8  // that can be seen
)

// pictureBegins is what a picture begins with, and no other does.
const pictureBegins = `<svg data-made-by="gosyncio"`

// SVG draws the comparison as a picture: rectangles on one scale, light or dark
// as the reader's system is, with a title for each span. It needs nothing else,
// and no script. What moves shows the bars as they grew, at the speed of the
// run, again and again, unless the reader's system asks for less motion.
func (d *Document) SVG(w io.Writer, moves bool) error {
	v := d.View()
	return v.SVG(w, moves)
}

// SVG is that of Document.
func (v View) SVG(w io.Writer, moves bool) error {
	p := picture{out: bufio.NewWriter(w), view: v, moves: moves}
	p.draw()
	return p.out.Flush()
}

// A picture is being drawn. What goes wrong is known when it is flushed.
type picture struct {
	out   *bufio.Writer
	view  View
	moves bool
	clips int // of bars that grow, so far
}

func (p *picture) printf(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

// text is text as it may stand in XML.
func text(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// height is how high a run's part is.
func (r viewRun) height() float64 {
	rows := len(r.Lanes)
	if r.Folded != nil {
		rows += len(r.Folded.States) + 1
	}
	return titleHeight + laneHeight*float64(max(rows, 1)) + axisHeight + runGap
}

// rows are the runs as they stand beside each other: the two of a variant that
// was run in two languages, else two by two.
func (v View) rows() (rows [][]int) {
	for i := range v.Runs {
		variant, _, _ := strings.Cut(v.Runs[i].Name, " · ")
		n := len(rows) - 1
		if n >= 0 && len(rows[n]) == 1 {
			first, _, _ := strings.Cut(v.Runs[rows[n][0]].Name, " · ")
			if first == variant || !v.twins() {
				rows[n] = append(rows[n], i)
				continue
			}
		}
		rows = append(rows, []int{i})
	}
	return rows
}

// twins reports whether there are runs in two languages.
func (v View) twins() bool {
	for _, r := range v.Runs {
		if r.Language != v.Runs[0].Language {
			return true
		}
	}
	return false
}

// playing is how long the bars of what moves take to grow: as long as the run,
// or a whole number of times slower or faster where nobody could follow.
func (v View) playing() (playing time.Duration, speed string) {
	const shortest, longest = 2 * time.Second, 12 * time.Second
	scale := time.Duration(v.ScaleNS)
	for _, times := range []time.Duration{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000} {
		if scale*times >= shortest && scale <= longest {
			if times == 1 {
				return scale, ""
			}
			return scale * times, fmt.Sprintf("shown %d times slower than it ran", times)
		}
		if scale > longest && scale/times <= longest {
			return scale / times, fmt.Sprintf("shown %d times faster than it ran", times)
		}
	}
	return shortest, "not shown at the speed at which it ran"
}

func (p *picture) draw() {
	v := p.view
	notes := v.Notes
	if _, speed := v.playing(); p.moves && speed != "" {
		notes = append(notes[:len(notes):len(notes)], speed)
	}
	var lines []string
	for _, note := range notes {
		lines = append(lines, strings.Split(ansi.Wordwrap(note, 130, ""), "\n")...)
	}
	head := headHeight
	if v.Headline != "" {
		head += headHeight
	}
	height := margin + head
	for _, row := range v.rows() {
		height += v.rowHeight(row)
	}
	height += lineHeight*float64(len(lines)+1) + margin
	p.printf(pictureBegins+` xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%[1]g" height="%g" role="img" aria-labelledby="title desc">`+"\n", pictureWidth, height, height)
	p.printf("<title id=\"title\">%s %s</title>\n<desc id=\"desc\">%s</desc>\n", text(v.Title), text(v.Caption), text(v.describe()))
	p.printf("<style>%s</style>\n", pictureStyle)
	p.patterns()
	p.printf(`<rect class="paper" width="%g" height="%g" rx="8"/>`+"\n", pictureWidth, height)
	y := margin + headHeight - 10
	p.printf(`<text class="head" x="%g" y="%g">%s<tspan class="faint" dx="14">%s</tspan></text>`+"\n", margin, y, text(v.Title), text(ansi.Truncate(v.Caption, 100, "…")))
	if v.Headline != "" {
		y += headHeight
		p.printf(`<text class="headline" x="%g" y="%g">%s</text>`+"\n", margin, y, text(v.Headline))
	}
	y += 10
	for _, row := range v.rows() {
		for column, i := range row {
			width := pictureWidth - 2*margin
			if len(v.Runs) > 1 {
				width = (width - margin) / 2
			}
			p.run(v.Runs[i], margin+float64(column)*(width+margin), y, width)
		}
		y += v.rowHeight(row)
	}
	p.legend(y + lineHeight - 4)
	for i, line := range lines {
		p.printf(`<text class="small" x="%g" y="%g">%s</text>`+"\n", margin, y+lineHeight*float64(i+2)-4, text(line))
	}
	p.printf("</svg>\n")
}

func (v View) rowHeight(row []int) (height float64) {
	for _, i := range row {
		height = max(height, v.Runs[i].height())
	}
	return height
}

// describe says in words what the picture shows.
func (v View) describe() string {
	var runs []string
	for _, r := range v.Runs {
		runs = append(runs, r.Name+": "+r.Result)
	}
	return "Timelines of what was running and waiting, on one scale. " + strings.Join(runs, "; ") + "."
}

// run draws one run.
func (p *picture) run(r viewRun, x, y, width float64) {
	p.printf("<g>\n"+`<text class="run" x="%g" y="%g">%s<tspan class="result" dx="12">%s</tspan></text>`+"\n", x, y+titleHeight-9, text(ansi.Truncate(r.Name, 40, "…")), text(ansi.Truncate(r.Result, 44, "…")))
	labels := p.view.labels()
	bars := bars{x: x + labels, width: width - labels - margin/2, scale: float64(p.view.ScaleNS)}
	top := y + titleHeight
	rows := r.height() - titleHeight - axisHeight - runGap
	for _, t := range p.view.Ticks {
		at := bars.at(t.AtNS)
		p.printf(`<path class="grid" d="M%.1f %.1fv%.1f"/><text class="tick" x="%.1f" y="%.1f">%s</text>`+"\n", at, top, rows+4, at, top+rows+16, text(t.Label))
	}
	for _, lane := range r.Lanes {
		p.printf(`<text class="lane" x="%g" y="%g">%s</text>`+"\n", x, top+barHeight-2, text(ansi.Truncate(lane.Name, labelLetters, "…")))
		top += laneHeight
	}
	if len(r.Lanes)+len(r.foldStates()) == 0 {
		p.printf(`<text class="small" x="%g" y="%g">no timeline</text>`+"\n", x, top+barHeight-2)
	}
	foldTop := top
	if r.Folded != nil {
		p.printf(`<text class="small" x="%g" y="%g">%s</text>`+"\n", x, top+barHeight-2, text(r.Folded.says(len(r.Lanes))))
		top += laneHeight
		for _, row := range r.Folded.States {
			p.printf(`<text class="lane" x="%g" y="%g">%s</text>`+"\n", x, top+barHeight-2, row.State)
			top += laneHeight
		}
	}
	p.grows(bars.x, y+titleHeight, bars.width, top-y-titleHeight)
	top = y + titleHeight
	for _, lane := range r.Lanes {
		for _, span := range lane.Spans {
			p.span(bars, lane.Name, span, top)
		}
		top += laneHeight
	}
	if r.Folded != nil {
		p.fold(*r.Folded, bars, foldTop+laneHeight)
	}
	p.printf("</g>\n</g>\n")
}

// labels is how much room the names of lanes take, the same in all runs.
func (v View) labels() float64 {
	longest := 1
	for _, r := range v.Runs {
		for _, lane := range r.Lanes {
			longest = max(longest, ansi.StringWidth(lane.Name))
		}
		for _, row := range r.foldStates() {
			longest = max(longest, len(row.State))
		}
	}
	return letterWidth*float64(min(longest, labelLetters)) + 10
}

func (r viewRun) foldStates() []viewRow {
	if r.Folded == nil {
		return nil
	}
	return r.Folded.States
}

// says is what there is to say of lanes that are folded, beside those that are
// shown.
func (f viewFold) says(shown int) string {
	what := fmt.Sprintf("all %d lanes together, at most %d at a time:", f.Count, f.Most)
	if shown > 0 {
		what = fmt.Sprintf("%d more lanes; ", f.Count-shown) + what
	}
	return what
}

// bars is where bars stand.
type bars struct{ x, width, scale float64 }

// at is the place of a time.
func (b bars) at(ns int64) float64 { return b.x + min(float64(ns)/b.scale, 1)*b.width }

// span draws a span: its state is told by its height and its pattern.
func (p *picture) span(b bars, lane string, s viewSpan, top float64) {
	from, to := b.at(s.StartNS), b.at(s.EndNS)
	p.printf(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s</title></rect>`+"\n",
		cmp.Or(known[s.State], "waiting"), from, top+offset(s.State), max(to-from, shortestBar), thickness(s.State), text(lane+": "+s.says()))
}

// known are the states that have a look.
var known = map[string]string{"running": "running", "ready": "ready", "waiting": "waiting", "syscall": "syscall", "blocking": "blocking"}

// thickness is how high the bar of a state is, and offset how far below the top
// of its lane it begins.
func thickness(state string) float64 {
	switch state {
	case "running", "blocking":
		return barHeight
	case "ready":
		return barHeight * 3 / 4
	case "syscall":
		return barHeight / 2
	}
	return barHeight * 3 / 8
}

func offset(state string) float64 {
	if state == "syscall" {
		return barHeight / 2
	}
	return (barHeight - thickness(state)) / 2
}

// says is a span in words.
func (s viewSpan) says() string {
	says := s.State
	if s.Short > 0 {
		says = fmt.Sprintf("%d short steps, mostly %s", s.Short, s.State)
	}
	for _, more := range []string{s.Reason, s.Where} {
		if more != "" {
			says += ", " + more
		}
	}
	return fmt.Sprintf("%s, %s to %s", says, stage.Seconds(time.Duration(s.StartNS)), stage.Seconds(time.Duration(s.EndNS)))
}

// fold draws how many lanes were in each state.
func (p *picture) fold(f viewFold, b bars, top float64) {
	for _, row := range f.States {
		cell := b.width / float64(len(row.Cells))
		for i, n := range row.Cells {
			if n == 0 {
				continue
			}
			high := max(barHeight*n/float64(max(f.Most, 1)), 1)
			p.printf(`<rect class="%s many" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s</title></rect>`+"\n",
				row.State, b.x+cell*float64(i), top+barHeight-high, cell+0.2, high, text(fmt.Sprintf("%s: %.1f lanes", row.State, n)))
		}
		top += laneHeight
	}
}

// grows begins a group of what grows, if it moves.
func (p *picture) grows(x, y, width, height float64) {
	if !p.moves {
		p.printf("<g>\n")
		return
	}
	const hold = 3 * time.Second // when all is shown
	playing, _ := p.view.playing()
	p.clips++
	p.printf(`<clipPath id="c%d"><rect x="%.1f" y="%.1f" height="%.1f" width="%.1f"><animate attributeName="width" values="0;%[5]g;%[5]g" keyTimes="0;%.4f;1" dur="%.2fs" repeatCount="indefinite"/></rect></clipPath>`+"\n",
		p.clips, x, y, height, width, playing.Seconds()/(playing+hold).Seconds(), (playing + hold).Seconds())
	p.printf(`<g class="grows" clip-path="url(#c%d)">`+"\n", p.clips)
}

// patterns are what tells states apart besides colours.
func (p *picture) patterns() {
	p.printf(`<defs>
<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ready-paper" width="5" height="5"/><rect class="ready-ink" width="2.2" height="5"/></pattern>
<pattern id="checks" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="blocking-paper" width="6" height="6"/><rect class="blocking-ink" width="3" height="3"/><rect class="blocking-ink" x="3" y="3" width="3" height="3"/></pattern>
</defs>
`)
}

// legend says what looks how: of the states that there are.
func (p *picture) legend(y float64) {
	x := margin
	for _, state := range p.view.states() {
		p.printf(`<rect class="%s" x="%g" y="%.1f" width="22" height="%.1f"/><text class="small" x="%g" y="%g">%[1]s</text>`+"\n", state, x, y-barHeight+4+offset(state), thickness(state), x+28, y)
		x += 40 + 8*float64(len(state))
	}
}

// states are those that there are, in their order.
func (v View) states() (states []string) {
	there := map[string]bool{}
	for _, r := range v.Runs {
		for _, lane := range r.Lanes {
			for _, span := range lane.Spans {
				there[span.State] = true
			}
		}
	}
	for _, state := range []string{"running", "ready", "waiting", "syscall", "blocking"} {
		if there[state] {
			states = append(states, state)
		}
	}
	return states
}
