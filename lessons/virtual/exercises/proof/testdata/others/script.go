package proof

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

func Check(first time.Duration, retry func(call func() error) error) error {
	for fails, want := range []string{
		"0s call, 0s <nil>",
		"0s call, 1 call, 1 <nil>",
		"0s call, 1 call, 3 call, 3 <nil>",
		"0s call, 1 call, 3 call, 7 call, 7 <nil>",
		"0s call, 1 call, 3 call, 7 call, 7 error 4",
	} {
		var diary strings.Builder
		start, calls := time.Now(), 0
		now := func() string {
			passed := time.Since(start)
			if passed == 0 || passed%first != 0 {
				return passed.String()
			}
			return fmt.Sprint(int(passed / first))
		}
		err := retry(func() error {
			calls++
			fmt.Fprintf(&diary, "%s call, ", now())
			if calls > fails {
				return nil
			}
			return fmt.Errorf("error %d", calls)
		})
		fmt.Fprintf(&diary, "%s %v", now(), err)
		if diary.String() != want {
			return errors.New(diary.String())
		}
	}
	return nil
}
