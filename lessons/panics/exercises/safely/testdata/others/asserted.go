package safely

import (
	"errors"
	"fmt"
)

type panicked struct{ value any }

func (p *panicked) Error() string { return fmt.Sprint("panic: ", p.value) }

func (p *panicked) Unwrap() error {
	err, _ := p.value.(error)
	return err
}

func Safely(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = errors.Join(&panicked{v})
		}
	}()
	return f()
}
