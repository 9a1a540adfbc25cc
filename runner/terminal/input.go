package terminal

import (
	"errors"
	"fmt"
)

// ErrStopped says that an Input has been stopped.
var ErrStopped = errors.New("the input has been stopped")

// Woken is the error of a Read that somebody ended for that reason. Reading
// may go on.
type Woken byte

func (w Woken) Error() string { return fmt.Sprintf("woken for %q", byte(w)) }
