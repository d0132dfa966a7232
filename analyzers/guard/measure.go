package guard

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/tri"
)

// An amount is a number, or a time in seconds. One of a stranger's is beyond all that anybody names.
type amount struct {
	number *big.Rat
	// beyond is negative below all numbers and positive above them.
	beyond int
}

// maxAmount bounds the digits of a number.
const maxAmount = 64

// What is beyond all numbers and times.
const (
	aboveAll = string(Stranger) + "+"
	belowAll = string(Stranger) + "-"
)

// numberOf reads a number. AWS: "Numeric condition operators": integers and decimals.
func numberOf(text string) (amount, bool) {
	switch text {
	case aboveAll:
		return amount{beyond: 1}, true
	case belowAll:
		return amount{beyond: -1}, true
	}
	if text == "" || len(text) > maxAmount || strings.Trim(text, "0123456789.-+") != "" {
		return amount{}, false
	}
	n, ok := new(big.Rat).SetString(text)
	return amount{number: n}, ok
}

// timeForms are those of ISO 8601 that IAM takes. AWS: "Date condition operators", W3C's profile.
var timeForms = [...]string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly, "2006-01", "2006"}

// timeOf reads a time: a date, or the seconds since 1970.
func timeOf(text string) (amount, bool) {
	if text == aboveAll || text == belowAll {
		return numberOf(text)
	}
	for _, form := range timeForms {
		if t, err := time.Parse(form, text); err == nil {
			n := new(big.Rat).SetInt64(t.Unix())
			return amount{number: n.Add(n, big.NewRat(int64(t.Nanosecond()), int64(time.Second)))}, true
		}
	}
	return numberOf(text)
}

func (a amount) cmp(b amount) int {
	if a.beyond != 0 || b.beyond != 0 {
		return a.beyond - b.beyond
	}
	return a.number.Cmp(b.number)
}

// A relation is how one amount has to stand to another.
type relation uint8

const (
	equalTo relation = iota
	lessThan
	atMost
	greaterThan
	atLeast
)

// relationOf returns what an operator on amounts asks for, without its negation.
func relationOf(name string) relation {
	switch {
	case strings.HasSuffix(name, "LessThan"):
		return lessThan
	case strings.HasSuffix(name, "LessThanEquals"):
		return atMost
	case strings.HasSuffix(name, "GreaterThan"):
		return greaterThan
	case strings.HasSuffix(name, "GreaterThanEquals"):
		return atLeast
	}
	return equalTo
}

func (r relation) holds(order int) bool {
	switch r {
	case lessThan:
		return order < 0
	case atMost:
		return order <= 0
	case greaterThan:
		return order > 0
	case atLeast:
		return order >= 0
	}
	return order == 0
}

// unlike says whether a relation holds of an amount and one that isn't known: only what is beyond all stands so for certain.
func (r relation) unlike(a amount) tri.Bool {
	if a.beyond == 0 {
		return tri.Unknown
	}
	return tri.Of(r.holds(a.beyond))
}

// amounts returns a text for each way in which some amounts compare with another: themselves, one between each two, and one
// beyond either end.
func amounts(texts []string, read func(string) (amount, bool), write func(*big.Rat) string) []string {
	var named []amount
	var out []string
	for _, text := range texts {
		if a, ok := read(text); ok && a.beyond == 0 {
			named = append(named, a)
			out = append(out, text)
		}
	}
	slices.SortFunc(named, amount.cmp)
	one := big.NewRat(1, 1)
	for i, a := range named {
		above := new(big.Rat).Add(a.number, one)
		if i == 0 {
			out = append(out, write(new(big.Rat).Sub(a.number, one)))
		}
		if i+1 < len(named) && above.Cmp(named[i+1].number) >= 0 {
			above.Add(a.number, named[i+1].number)
			above.Quo(above, big.NewRat(2, 1))
		}
		out = append(out, write(above))
	}
	if len(named) == 0 {
		out = append(out, write(one))
	}
	return out
}

// asNumberText writes a number as policies and requests do.
func asNumberText(n *big.Rat) string {
	if n.IsInt() {
		return n.Num().String()
	}
	digits, exact := n.FloatPrec()
	if !exact {
		return n.FloatString(maxAmount / 2)
	}
	return n.FloatString(digits)
}

// asTimeText writes a time as policies and requests do.
func asTimeText(n *big.Rat) string {
	whole := new(big.Int).Div(n.Num(), n.Denom())
	if !whole.IsInt64() || whole.Int64() > maxUnix || whole.Int64() < -maxUnix {
		return whole.String()
	}
	rest := new(big.Rat).Sub(n, new(big.Rat).SetInt(whole))
	nanos, _ := rest.Mul(rest, big.NewRat(int64(time.Second), 1)).Float64()
	return time.Unix(whole.Int64(), int64(nanos)).UTC().Format(time.RFC3339Nano)
}

// maxUnix bounds the seconds since 1970 that have a date of four digits.
const maxUnix = 60_000_000_000
