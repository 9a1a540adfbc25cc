package walk

import (
	"reflect"
	"testing"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/player"
	"gosyncio/runner/stage"
)

// Ctrl-L draws everything anew, wherever one is.
func TestCtrlLDrawsAnew(t *testing.T) {
	t.Parallel()
	onStage := newWatch(t.Context(), player.New(nil), false)
	onStage.open(stage.Options{})
	for name, m := range map[string]tea.Model{
		"a page": walkOf(t, 2), "the scrollback": &scrollback{watch: onStage}, "a value that is typed": newTyping(t, 80, 24),
	} {
		_, cmd := m.Update(keyPress("ctrl+l"))
		if cmd == nil || reflect.TypeOf(cmd()) != reflect.TypeOf(tea.ClearScreen()) {
			t.Errorf("on %s it does not draw anew", name)
		}
	}
}
