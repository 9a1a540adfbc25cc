package practice

import (
	"bytes"
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/exercise"
)

// How often the learner's file is read, and how long a change must last: some
// editors empty a file before they write it.
const (
	pollEvery = 250 * time.Millisecond
	settled   = 60 * time.Millisecond
)

// A fileMsg is the learner's file as it is now.
type fileMsg struct {
	poll int // which it was
	text []byte
	err  error
}

// A verdictMsg is what a check found.
type verdictMsg struct {
	check   int // which it was
	verdict exercise.Verdict
	err     error
}

// poll waits, and reads the file. A file that has just changed, or is away for
// a moment, is read once more.
func (m *Model) poll(wait time.Duration) tea.Cmd {
	m.polls++
	poll, e, workspace, seen, ctx := m.polls, m.exercise, m.workspace, m.text, m.ctx
	return func() tea.Msg {
		sleep(ctx, wait)
		text, err := workspace.Read(e)
		if err == nil && bytes.Equal(text, seen) || ctx.Err() != nil {
			return fileMsg{poll, text, err}
		}
		for {
			sleep(ctx, settled)
			again, err := workspace.Read(e)
			if err != nil || bytes.Equal(again, text) || ctx.Err() != nil {
				return fileMsg{poll, again, err}
			}
			text = again
		}
	}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// file answers a fileMsg: what has changed is checked.
func (m *Model) file(msg fileMsg) tea.Cmd {
	if msg.poll != m.polls {
		return nil // the learner has gone on to another exercise
	}
	if msg.err != nil {
		m.stop()
		m.text, m.verdict, m.err, m.checking = nil, nil, msg.err, false
		return m.poll(pollEvery)
	}
	if m.text != nil && bytes.Equal(msg.text, m.text) {
		return m.poll(pollEvery)
	}
	m.text = msg.text
	return tea.Batch(m.poll(pollEvery), m.check())
}

// check checks the text that was read last. A check that goes on is ended.
func (m *Model) check() tea.Cmd {
	m.stop()
	m.checks++
	m.err, m.checking = nil, true
	ctx, stop := context.WithCancel(m.ctx)
	m.stop = stop
	check, e, text, checker := m.checks, m.exercise, m.text, m.room.Checker
	found := make(chan verdictMsg, 1)
	m.running.Go(func() {
		v, err := checker.Check(ctx, e, text)
		found <- verdictMsg{check, v, err}
	})
	return func() tea.Msg { return <-found }
}

// found answers a verdictMsg.
func (m *Model) found(msg verdictMsg) {
	if msg.check != m.checks || !m.checking {
		return // the file has changed since
	}
	m.checking = false
	if msg.err != nil {
		m.verdict, m.err = nil, msg.err
		return
	}
	m.verdict, m.scroll = &msg.verdict, 0
	if !msg.verdict.Given {
		m.note(msg.verdict)
	}
}
