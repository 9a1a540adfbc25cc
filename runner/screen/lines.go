package screen

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/charmbracelet/x/term"

	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
)

// Lines is a screen made of lines of text, each below the one before, for a
// terminal that cannot move its cursor, or for somebody who listens to it.
// Questions have numbered answers, and what is typed counts with Enter. The
// end of the input is as if the learner quits.
type Lines struct {
	streams terminal.Streams
	colours bool

	in      *terminal.Input
	reader  sync.WaitGroup
	asking  sync.Mutex     // held by whoever waits for a line
	pending chan typedLine // of who reads the input now; nil if nobody does
	told    []string       // by the model that ran last
}

// typedLine is a line that was typed, without its end.
type typedLine struct {
	text string
	err  error
}

// NewLines are the lines of streams, whatever those are. The caller must
// Close them.
func NewLines(streams terminal.Streams, colours bool) (*Lines, error) {
	in, err := terminal.NewInput(streams.In)
	if err != nil {
		return nil, err
	}
	return &Lines{streams: streams, colours: colours, in: in}, nil
}

// Close ends reading the input.
func (l *Lines) Close() {
	l.in.Stop()
	l.reader.Wait()
	l.in.Close()
}

// Colours reports whether what is told has colours.
func (l *Lines) Colours() bool { return l.colours }

// Size is how wide a line may be, which is not so wide that things stand
// beside each other; there is no end to the rows.
func (l *Lines) Size() (columns, rows int) {
	const widest, endless = 80, 100_000
	columns, _ = l.streams.Size()
	return min(columns, widest), endless
}

// print prints lines.
func (l *Lines) print(lines ...string) error {
	return l.write(strings.Join(lines, "\n") + "\n")
}

func (l *Lines) write(text string) error {
	_, err := io.WriteString(l.streams.Out, l.streams.Shown(text))
	return err
}

// ask prints what is asked for, and returns the line that is typed.
func (l *Lines) ask(ctx context.Context, what string) (string, error) {
	if err := l.write(what + ": "); err != nil {
		return "", err
	}
	text, err := l.line(ctx)
	l.endLine(err)
	return text, err
}

// endLine ends the line behind which something was to be typed. A terminal
// shows the Enter itself, if there was one.
func (l *Lines) endLine(err error) {
	if err != nil || !term.IsTerminal(l.streams.In.Fd()) {
		l.print()
	}
}

// line waits for a line. It is prompt.ErrQuit if there are no more. If ctx
// ends before, the line is for who asks next.
func (l *Lines) line(ctx context.Context) (string, error) {
	l.asking.Lock()
	defer l.asking.Unlock()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if l.pending == nil {
		pending := make(chan typedLine, 1)
		l.pending = pending
		l.reader.Go(func() { pending <- l.read() })
	}
	select {
	case typed := <-l.pending:
		if ctx.Err() != nil {
			l.pending <- typed
			return "", ctx.Err()
		}
		l.pending = nil
		return typed.text, typed.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// unread gives back a line that was not used.
func (l *Lines) unread(typed *typedLine) {
	l.asking.Lock()
	defer l.asking.Unlock()
	if typed != nil && l.pending == nil {
		l.pending = make(chan typedLine, 1)
		l.pending <- *typed
	}
}

// read reads a line.
func (l *Lines) read() typedLine {
	const longest = 4096
	var line []byte
	for {
		var b [1]byte // what comes behind the line is not ours
		n, err := l.in.Read(b[:], 0)
		switch {
		case err != nil && len(line) > 0:
			return typedLine{text: string(line)}
		case err != nil:
			return typedLine{err: prompt.ErrQuit}
		case n == 1 && b[0] == '\n':
			return typedLine{text: strings.TrimSpace(terminal.Printable(string(line)))}
		case len(line) < longest:
			line = append(line, b[:n]...)
		}
	}
}

// Choose asks and returns the index of the choice. The errors are those of
// prompt.Select.
func (l *Lines) Choose(ctx context.Context, q Question) (int, error) {
	if err := l.put(q); err != nil {
		return 0, err
	}
	current := q.Current
	if current < 0 || current >= len(q.Choices) {
		current = 0
	}
	for {
		typed, err := l.ask(ctx, fmt.Sprintf("number (enter is %d, b back, q quit)", current+1))
		if err != nil {
			return 0, err
		}
		switch typed {
		case "":
			return current, nil
		case "q":
			return 0, prompt.ErrQuit
		case "b":
			return 0, prompt.ErrBack
		}
		chosen, problem := q.named(typed)
		if problem == "" {
			return chosen, nil
		}
		if err := l.print(problem); err != nil {
			return 0, err
		}
	}
}

// ChooseSeveral asks and returns the indexes of the choices, perhaps none.
// The errors are those of prompt.MultiSelect.
func (l *Lines) ChooseSeveral(ctx context.Context, q Question) ([]int, error) {
	if err := l.put(q); err != nil {
		return nil, err
	}
	for {
		typed, err := l.ask(ctx, "numbers, with spaces between them (enter is none, b back, q quit)")
		if err != nil {
			return nil, err
		}
		switch typed {
		case "q":
			return nil, prompt.ErrQuit
		case "b":
			return nil, prompt.ErrBack
		}
		chosen, problem := q.numbered(typed)
		if problem == "" {
			return chosen, nil
		}
		if err := l.print(problem); err != nil {
			return nil, err
		}
	}
}

// put prints a question with its choices.
func (l *Lines) put(q Question) error {
	columns, _ := l.Size()
	lines := []string{""}
	if !l.hasTold(q.Above) {
		lines = append(lines, q.Above...)
	}
	lines = append(lines, terminal.Wrap(terminal.Printable(q.Text), 0, columns-1)...)
	digits := len(strconv.Itoa(len(q.Choices)))
	for i, choice := range q.Choices {
		label := fmt.Sprintf("  %*d", digits, i+1)
		lines = append(lines, terminal.Hanging(label, terminal.Printable(cmp.Or(choice.Spoken, strings.TrimSpace(choice.Label))), len(label)+2, columns-1)...)
	}
	return l.print(lines...)
}

// hasTold reports whether all of these lines have just been told: what stands
// above a question is mostly the page that leads to it.
func (l *Lines) hasTold(lines []string) bool {
	return !slices.ContainsFunc(lines, func(line string) bool { return line != "" && !slices.Contains(l.told, line) })
}

// named is the index of the choice with that number, or of the one choice
// that contains what was typed; or else the problem.
func (q Question) named(typed string) (chosen int, problem string) {
	if _, err := strconv.Atoi(typed); err == nil {
		numbers, problem := q.numbered(typed)
		if problem != "" {
			return 0, problem
		}
		return numbers[0], ""
	}
	var found []int
	for i, choice := range q.Choices {
		if id, _, _ := strings.Cut(choice.Match, " "); strings.EqualFold(typed, id) {
			return i, "" // its own name, whoever else speaks of it
		}
		if strings.Contains(strings.ToLower(choice.Label+"\x00"+choice.Match), strings.ToLower(typed)) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return 0, fmt.Sprintf("no answer contains %q: type a number from 1 to %d", typed, len(q.Choices))
	case 1:
		return found[0], ""
	}
	return 0, fmt.Sprintf("%d answers contain %q: type a number from 1 to %d", len(found), typed, len(q.Choices))
}

// numbered are the indexes of the choices with these numbers, in ascending
// order, each once; or else the problem.
func (q Question) numbered(typed string) (chosen []int, problem string) {
	marked := make([]bool, len(q.Choices))
	for _, field := range strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r == ',' }) {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 || n > len(q.Choices) {
			return nil, fmt.Sprintf("%q is no answer: type a number from 1 to %d", field, len(q.Choices))
		}
		marked[n-1] = true
	}
	for i, is := range marked {
		if is {
			chosen = append(chosen, i)
		}
	}
	return chosen, ""
}
