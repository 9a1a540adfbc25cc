package class

import (
	"crypto/rand"
	"crypto/subtle"
	"math/big"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// codeLetters are those that look like no other across a room: no B, I, L, O,
// S, U, Z, and no 0, 1, 2, 5, 8.
const codeLetters = "ACDEFGHJKMNPQRTVWXY34679"

const codeLength = 6

// newCode is one of 191 million.
func newCode() string {
	code := make([]byte, codeLength)
	for i := range code {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeLetters))))
		if err != nil {
			panic(err) // crypto/rand promises that there is none
		}
		code[i] = codeLetters[n.Int64()]
	}
	return string(code)
}

// typed is a code as somebody typed it, without what does not matter.
func typed(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(code))
}

// guesses limits wrong codes. Right ones are not counted, so that a school
// behind one address gets in. At its most an address tries 10 a second, and
// needs months for all codes.
//
// All together have a limit, too. It holds for addresses that had a wrong code
// lately: however many there are, they do not keep out somebody who has the
// right one at hand.
type guesses struct {
	now func() time.Time

	mu   sync.Mutex
	all  *rate.Limiter
	from map[netip.Addr]*rate.Limiter // addresses that had a wrong code
}

const (
	guessRate, guessBurst       = 10, 60
	guessRateAll, guessBurstAll = 50, 500
	maxGuessers                 = 4096 // addresses that are told apart
)

func newGuesses(now func() time.Time) *guesses {
	return &guesses{now: now, all: rate.NewLimiter(guessRateAll, guessBurstAll), from: map[netip.Addr]*rate.Limiter{}}
}

// check reports whether a code is right. If there were too many wrong ones it
// does not look, and limited is true.
func (g *guesses) check(from netip.Addr, code, right string) (ok, limited bool) {
	if typed(code) == "" { // a page that asks whether it has joined already
		return false, false
	}
	from = block(from)
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	own := g.from[from]
	if own != nil && (own.TokensAt(now) < 1 || g.all.TokensAt(now) < 1) {
		return false, true
	}
	if subtle.ConstantTimeCompare([]byte(typed(code)), []byte(right)) == 1 {
		return true, false
	}
	if own == nil {
		own = g.add(from, now)
	}
	own.AllowN(now, 1)
	g.all.AllowN(now, 1)
	return false, false
}

// add begins to count the wrong codes of an address. Those are forgotten that
// had none lately; if there are too many all the same, all are.
func (g *guesses) add(from netip.Addr, now time.Time) *rate.Limiter {
	if len(g.from) >= maxGuessers {
		for address, own := range g.from {
			if own.TokensAt(now) >= guessBurst {
				delete(g.from, address)
			}
		}
	}
	if len(g.from) >= maxGuessers {
		clear(g.from)
	}
	g.from[from] = rate.NewLimiter(guessRate, guessBurst)
	return g.from[from]
}

// block is an address, or in IPv6 the network that one machine may choose its
// addresses from.
func block(a netip.Addr) netip.Addr {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.Addr()
		}
	}
	return a
}
